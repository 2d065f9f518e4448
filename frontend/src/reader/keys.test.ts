import { expect, test } from "vitest";
import { deedOf, ownsKey } from "./keys";

test("keys turn pages, zoom and open what there is to open", () => {
  const deeds = ["ArrowRight", "ArrowLeft", "Home", "End", "+", "-", "0", "/", "?", "C", "Escape", "x"];
  expect(deeds.map((key) => deedOf(key, false))).toEqual([
    "next", "previous", "first", "last", "in", "out", "width", "find", "help", "contents", "close", null,
  ]);
});

test("while pages follow one another the browser scrolls", () => {
  expect(["PageDown", "PageUp", " ", "ArrowDown"].map((key) => deedOf(key, false))).toEqual([null, null, null, null]);
  expect(["PageDown", "PageUp", " "].map((key) => deedOf(key, true))).toEqual(["next", "previous", "next"]);
});

test("what is typed into a field is no command", () => {
  document.body.innerHTML = "<input><button><b>x</b></button><p>text</p>";
  const [field, button, text] = ["input", "b", "p"].map((name) => document.querySelector(name) as Element);
  expect(ownsKey(field as Element, "n")).toBe(true);
  expect(ownsKey(field as Element, "Escape")).toBe(false);
  expect([ownsKey(button as Element, " "), ownsKey(button as Element, "n")]).toEqual([true, false]);
  expect(ownsKey(text as Element, " ")).toBe(false);
});
