import { describe, expect, test } from "vitest";
import { pageRead } from "./eye";

/** Ten pages of one height in a column, and a view of 700 pixels over it. */
const read = (height: number, top: number) => {
  const step = height + 8;
  return pageRead(10, (page) => ({ top: 8 + (page - 1) * step, height }), { top, height: 700, whole: 8 + 10 * step });
};

describe("the page that is read", () => {
  test("of tall pages is the one in the upper part of the view", () => {
    expect([read(1000, 0), read(1000, 1012), read(1000, 1000 - 300), read(1000, 1000 - 250)]).toEqual([1, 2, 1, 2]);
  });

  test("of slides is the first of which half is to be seen", () => {
    expect([read(210, 0), read(210, 100), read(210, 130), read(210, 4 * 218)]).toEqual([1, 1, 2, 5]);
  });

  test("at the end is the last, and of one page that page", () => {
    expect(read(210, 10 * 218 + 8 - 700)).toBe(10);
    expect(pageRead(1, () => ({ top: 8, height: 300 }), { top: 0, height: 700, whole: 316 })).toBe(1);
  });
});
