import { expect, test } from "vitest";
import { Qualities } from "./qualities";

test("the levels become qualities, and a choice is passed on once", () => {
  const told: number[] = [];
  const qualities = new Qualities((level) => told.push(level));
  let news = 0;
  qualities.addEventListener("addrendition", () => news++);
  qualities.fill([
    { width: 640, height: 360, bitrate: 400_000 },
    { width: 1280, height: 720, bitrate: 1_200_000 },
  ]);
  expect([...qualities].map((q) => `${q.id}:${q.height}`)).toEqual(["0:360", "1:720"]);
  expect(news).toBe(1);
  qualities.selectedIndex = 1;
  qualities.selectedIndex = 1;
  qualities.selectedIndex = -1;
  expect(told).toEqual([1, -1]);
});
