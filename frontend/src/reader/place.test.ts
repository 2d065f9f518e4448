import { beforeEach, expect, test } from "vitest";
import { pageAsked, remember, remembered } from "./place";

beforeEach(() => localStorage.clear());

test("a device remembers the page, the size and the way of reading of each book", () => {
  remember(localStorage, "a/1", { page: 12, zoom: "page", single: true });
  remember(localStorage, "b/1", { page: 3, zoom: 1.5, single: false });
  expect(remembered(localStorage, "a/1", 40)).toEqual({ page: 12, zoom: "page", single: true });
  expect(remembered(localStorage, "b/1", 40)).toEqual({ page: 3, zoom: 1.5, single: false });
  expect(remembered(localStorage, "a/2", 40)).toBeNull();
});

test("a page that the book no longer has is the first", () => {
  remember(localStorage, "a/1", { page: 12, zoom: "width", single: false });
  expect(remembered(localStorage, "a/1", 5)?.page).toBe(1);
});

test("what is no memory is none", () => {
  for (const kept of ["", "{", "7", '[["a/1", null]]', '[["a/1", 5]]', '[7, ["a/1"]]']) {
    localStorage.setItem("smartedu.places", kept);
    expect(remembered(localStorage, "a/1", 5)).toBeNull();
  }
});

test("two hundred books are kept", () => {
  for (let n = 0; n < 205; n++) remember(localStorage, `book ${n}`, { page: 2, zoom: "width", single: false });
  expect(remembered(localStorage, "book 4", 9)).toBeNull();
  expect(remembered(localStorage, "book 5", 9)?.page).toBe(2);
});

test("an address may name a page", () => {
  expect([pageAsked("#page=7", 9), pageAsked("#zoom=1&page=2", 9), pageAsked("#page=70", 9), pageAsked("", 9)]).toEqual([
    7, 2, 0, 0,
  ]);
});
