import { expect, test } from "vitest";
import { fold, places } from "./fold";
import { joined, stretches } from "./text";

const PIECES = [
  { str: "直角三角形的勾", hasEOL: true },
  { str: "股定", hasEOL: false },
  { str: "", hasEOL: false },
  { str: "理。", hasEOL: true },
];

test("a find that runs over pieces is marked in each of them", () => {
  const { whole, starts } = joined(PIECES);
  const [place] = places(fold(whole), "勾股定理");
  expect(place).toBeDefined();
  const [start, end] = place as [number, number];
  const marked = stretches(starts, start, end).map(([piece, from, to]) => PIECES[piece]?.str.slice(from, to));
  expect(marked).toEqual(["勾", "股定", "理"]);
});

test("a find within a piece is marked there alone", () => {
  const { starts } = joined(PIECES);
  expect(stretches(starts, 0, 2)).toEqual([[0, 0, 2]]);
  expect(stretches([], 0, 2)).toEqual([]);
});
