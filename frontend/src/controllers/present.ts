/**
 * On a phone a row of links runs on sideways: the one the page stands in is brought into view.
 *
 *     <nav data-controller="present"><a href="…">…</a><a href="…" aria-current="true">…</a></nav>
 */
export function showPresent(row: HTMLElement): void {
  const present = row.querySelector<HTMLElement>("[aria-current]");
  const runner = present?.closest<HTMLElement>("ul, nav");
  if (present && runner) runner.scrollLeft = present.offsetLeft - runner.offsetLeft - 24;
}
