import { expect, test } from "vitest";
import { firstZoom, PAPER, scaleOf, sharpness, stepFrom, zoomFrom } from "./zoom";

const A4 = { width: 595, height: 842 };
const PHONE = { width: 390, height: 700 };

test("a page fits the view by its width, or whole", () => {
  expect(A4.width * scaleOf("width", A4, PHONE)).toBeCloseTo(374);
  const whole = scaleOf("page", A4, { width: 1400, height: 700 });
  expect(A4.height * whole).toBeCloseTo(684);
  expect(scaleOf("page", A4, PHONE)).toBe(scaleOf("width", A4, PHONE));
  expect(scaleOf(1, A4, PHONE)).toBe(PAPER);
});

test("a view without room breaks nothing", () => {
  expect(scaleOf("width", A4, { width: 0, height: 0 })).toBeGreaterThan(0);
  expect(scaleOf("page", A4, { width: 0, height: 0 })).toBeGreaterThan(0);
});

test("steps go to the next offered size, and stop at the ends", () => {
  expect(stepFrom(0.63 * PAPER, 1)).toBe(0.75);
  expect(stepFrom(0.63 * PAPER, -1)).toBe(0.5);
  expect(stepFrom(1 * PAPER, 1)).toBe(1.25);
  expect(stepFrom(4 * PAPER, 1)).toBe(4);
  expect(stepFrom(0.1 * PAPER, -1)).toBe(0.25);
});

test("what is no size is the width", () => {
  expect([zoomFrom("page"), zoomFrom("1.5"), zoomFrom("big"), zoomFrom(null), zoomFrom(-1), zoomFrom(99)]).toEqual([
    "page", 1.5, "width", "width", "width", 5,
  ]);
});

test("a canvas is sharp, but never larger than a phone holds", () => {
  expect(sharpness(600, 800, 2)).toBe(2);
  const ratio = sharpness(3000, 4000, 3);
  expect(3000 * ratio * 4000 * ratio).toBeLessThanOrEqual(12_000_001);
});

test("a file is first shown so that it can be read", () => {
  const desk = { width: 1440, height: 800 };
  expect(firstZoom(A4, PHONE)).toBe("width");
  expect(firstZoom(A4, desk)).toBe(1.25);
  expect(firstZoom({ width: 842, height: 595 }, desk)).toBe("page");
  expect(firstZoom({ width: 842, height: 595 }, PHONE)).toBe("width");
});
