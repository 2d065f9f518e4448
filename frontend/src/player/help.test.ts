import { expect, test } from "vitest";
import { help } from "./help";
import { wordsOf } from "./words";

test.each(["zh-Hans", "en"])("every key is listed with what it does (%s)", (language) => {
  const box = help(wordsOf(language));
  expect(box.open).toBe(false);
  expect([...box.querySelectorAll("kbd")].map((k) => k.textContent)).toContain("<");
  expect(box.querySelectorAll("dd").length).toBe(wordsOf(language).keyList.length);
});
