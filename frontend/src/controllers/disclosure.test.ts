import { expect, test } from "vitest";
import { shutOthers } from "./disclosure";

test("opening one shuts the others of the same name only", () => {
  document.body.innerHTML = `<div><details name="stage" open></details><details name="stage"></details><details name="help" open></details></div>`;
  const group = document.querySelector("div")!;
  shutOthers(group);
  const [first, second, help] = [...group.querySelectorAll("details")];
  second!.open = true;
  second!.dispatchEvent(new Event("toggle"));
  expect([first!.open, second!.open, help!.open]).toEqual([false, true, true]);
});

test("Escape shuts the open one and goes back to its name", () => {
  document.body.innerHTML = `<div><details name="stage" open><summary tabindex="0">Primary</summary><a href="#x">Grade 1</a></details></div>`;
  const group = document.querySelector("div")!;
  shutOthers(group);
  group.querySelector("a")!.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true }));
  expect(group.querySelector("details")!.open).toBe(false);
  expect(document.activeElement).toBe(group.querySelector("summary"));
});
