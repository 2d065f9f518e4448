import { expect, test } from "vitest";
import { clock, wordsOf } from "./words";

test.each([
  [0, "0:00"],
  [7.9, "0:07"],
  [83, "1:23"],
  [3723, "1:02:03"],
  [-2, "0:00"],
])("%d seconds are shown as %s", (seconds, shown) => expect(clock(seconds)).toBe(shown));

test("both languages explain the same keys", () => {
  expect(wordsOf("en").keyList.length).toBe(wordsOf("zh-Hans").keyList.length);
  expect(wordsOf("zh-Hans").language).toBe("zh-CN");
});
