/** What a key or a button does to a book. */
export const DEEDS = [
  "next", "previous", "first", "last", "in", "out", "width", "page", "single", "contents", "find", "full", "help",
  "close",
] as const;
export type Deed = (typeof DEEDS)[number];

/**
 * The deed of a key, or null where the key is the browser's: while pages follow one another, up, down and the page
 * keys scroll by themselves.
 */
export function deedOf(key: string, single: boolean): Deed | null {
  switch (key.length === 1 ? key.toLowerCase() : key) {
    case "ArrowRight":
    case "n":
      return "next";
    case "ArrowLeft":
    case "p":
      return "previous";
    case "PageDown":
    case " ":
      return single ? "next" : null;
    case "PageUp":
      return single ? "previous" : null;
    case "Home":
      return "first";
    case "End":
      return "last";
    case "+":
    case "=":
      return "in";
    case "-":
      return "out";
    case "0":
      return "width";
    case "/":
      return "find";
    case "c":
      return "contents";
    case "s":
      return "single";
    case "f":
      return "full";
    case "?":
      return "help";
    case "Escape":
      return "close";
    default:
      return null;
  }
}

/** Whether a key belongs to the element it was pressed on: letters to fields, arrows to lists, the space bar to buttons. */
export function ownsKey(at: Element, key: string): boolean {
  if (key === "Escape") return false;
  if (at.closest("input, select, textarea, dialog")) return true;
  return (key === " " || key === "Enter") && at.closest("button, a, summary") !== null;
}
