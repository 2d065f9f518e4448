import { zoomFrom, type Zoom } from "./zoom";

/** Where a reader is in a book, and how they look at it. */
export interface Place {
  page: number;
  zoom: Zoom;
  single: boolean;
}

const SHELF = "smartedu.places";
const KEPT = 200; // books remembered on a device, the oldest forgotten first

function read(shelf: Storage): [book: string, place: unknown][] {
  try {
    const kept: unknown = JSON.parse(shelf.getItem(SHELF) ?? "[]");
    return Array.isArray(kept) ? kept.filter((row) => Array.isArray(row) && row.length === 2) : [];
  } catch {
    return []; // storage may be forbidden or hold something else: then nothing is remembered
  }
}

/** The place in a book that this device remembers; another version of the book is another book. */
export function remembered(shelf: Storage, book: string, pages: number): Place | null {
  const kept = read(shelf).find(([key]) => key === book)?.[1];
  if (typeof kept !== "object" || kept === null) return null;
  const { page, zoom, single } = kept as Partial<Place>;
  const number = Math.trunc(Number(page));
  return { page: number >= 1 && number <= pages ? number : 1, zoom: zoomFrom(zoom), single: single === true };
}

/** Remembers the place in a book. */
export function remember(shelf: Storage, book: string, place: Place): void {
  const others = read(shelf).filter(([key]) => key !== book);
  try {
    shelf.setItem(SHELF, JSON.stringify([...others, [book, place]].slice(-KEPT)));
  } catch {
    // full or forbidden: the book is read all the same
  }
}

/** The page that an address asks for («#page=12», as browsers' own readers have it), or 0. */
export function pageAsked(hash: string, pages: number): number {
  const asked = Number(/[#&]page=(\d{1,5})\b/.exec(hash)?.[1] ?? 0);
  return asked >= 1 && asked <= pages ? asked : 0;
}
