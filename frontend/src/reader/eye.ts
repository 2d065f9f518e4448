/** A page in the column of pages, or the view over it, in pixels from the column's top. */
export interface Stretch {
  top: number;
  height: number;
}

const UPPER = 0.4; // of the view: where the eye rests on a page that is taller than the screen

/**
 * The page (from 1) that is read in a view: the first of which half is to be seen, or so much of a tall one that it
 * reaches into the upper part of the view; at the very end the last. `whole` is the height of the column.
 */
export function pageRead(count: number, pageAt: (page: number) => Stretch, view: Stretch & { whole: number }): number {
  if (view.top > 0 && view.top + view.height >= view.whole - 2) return count;
  let low = 1;
  for (let high = count; low < high; ) {
    const middle = (low + high) >> 1;
    const { top, height } = pageAt(middle);
    if (top + height - Math.min(height / 2, view.height * UPPER) >= view.top) high = middle;
    else low = middle + 1;
  }
  return low;
}
