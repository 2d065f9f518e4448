/** How large pages are shown: as wide as the view, whole, or a number where 1 is as large as on paper. */
export type Zoom = "width" | "page" | number;

export interface Size {
  width: number;
  height: number;
}

export const PAPER = 96 / 72; // CSS pixels to a point of print: at 100 % a page is as large as it was printed
export const STEPS = [0.5, 0.75, 1, 1.25, 1.5, 2, 3, 4] as const;
const LEAST = 0.25;
const MOST = 5;
const EDGE = 8; // pixels left free on each side of a page that fits

const within = (value: number) => Math.min(MOST, Math.max(LEAST, value));

/** CSS pixels to a point, for pages of `page` points in a view of `view` pixels. */
export function scaleOf(zoom: Zoom, page: Size, view: Size): number {
  const wide = (view.width - 2 * EDGE) / page.width;
  if (zoom === "width") return Math.max(0.05, Math.min(wide, MOST * PAPER));
  if (zoom === "page") return Math.max(0.05, Math.min(wide, (view.height - 2 * EDGE) / page.height));
  return within(zoom) * PAPER;
}

/** The next larger (1) or smaller (-1) of the offered sizes, by a tenth at least, from a scale that may lie between two of them. */
export function stepFrom(scale: number, way: 1 | -1): number {
  const now = scale / PAPER;
  const next = way > 0 ? STEPS.find((s) => s > now * 1.1) : [...STEPS].reverse().find((s) => s < now / 1.1);
  return next ?? within(now);
}

/**
 * How a file is first shown: on a phone as wide as the screen; on a desk a slide whole, and a page of a book no larger
 * than it is read with ease.
 */
export function firstZoom(page: Size, view: Size): Zoom {
  if (view.width < 900) return "width";
  if (page.width > page.height) return "page";
  const ease = 1.25;
  return scaleOf("width", page, view) > ease * PAPER ? ease : "width";
}

/** What a reader chose before, or may choose: anything else is the width. */
export function zoomFrom(value: unknown): Zoom {
  if (value === "width" || value === "page") return value;
  const number = Number(value);
  return Number.isFinite(number) && number > 0 ? within(number) : "width";
}

/**
 * Pixels of the canvas to a CSS pixel: as sharp as the screen, but never more than a phone can hold at once
 * (Safari gives up at 16 million pixels).
 */
export function sharpness(width: number, height: number, screen: number, most = 12_000_000): number {
  return Math.min(Math.min(screen, 3), Math.sqrt(most / Math.max(1, width * height)));
}
