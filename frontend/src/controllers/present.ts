/**
 * On a phone a row of links runs on sideways: the one the page stands in is brought into view.
 *
 *     <nav data-controller="present"><a href="…">…</a><a href="…" aria-current="true">…</a></nav>
 */
export function showPresent(row: HTMLElement): void {
  const present = row.querySelector<HTMLElement>("[aria-current]");
  if (present?.parentElement) present.parentElement.scrollLeft = present.offsetLeft - 24;
}
