import type { PDFPageProxy } from "pdfjs-dist";
import { fold, type Folded } from "./fold";

type Content = Awaited<ReturnType<PDFPageProxy["getTextContent"]>>;

/** The words of a page: as pdf.js gives them, as one text, and folded for searching. */
export interface PageText {
  content: Content;
  /** Where each piece begins in the one text. */
  starts: number[];
  folded: Folded;
}

/** The pieces of a page as one text: a piece that ends its line is followed by a line's end. */
export function joined(pieces: readonly { str: string; hasEOL: boolean }[]): { whole: string; starts: number[] } {
  const starts: number[] = [];
  let whole = "";
  for (const piece of pieces) {
    starts.push(whole.length);
    whole += piece.str + (piece.hasEOL ? "\n" : "");
  }
  return { whole, starts };
}

/** Reads the words of a page. */
export async function textOf(page: PDFPageProxy): Promise<PageText> {
  const content = await page.getTextContent();
  const { whole, starts } = joined(content.items.filter((item) => "str" in item));
  return { content, starts, folded: fold(whole) };
}

/** A stretch of the one text as stretches of its pieces: [piece, from, to), empty ones left out. */
export function stretches(starts: readonly number[], start: number, end: number): [piece: number, from: number, to: number][] {
  const found: [number, number, number][] = [];
  for (let piece = 0; piece < starts.length; piece++) {
    const begins = starts[piece] ?? 0;
    const next = starts[piece + 1] ?? Infinity;
    if (next <= start) continue;
    if (begins >= end) break;
    const from = Math.max(0, start - begins);
    const to = Math.min(next, end) - begins;
    if (to > from) found.push([piece, from, to]);
  }
  return found;
}
