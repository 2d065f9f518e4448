/**
 * Opens everything that is folded below, for reading at one go and for paper. Without a script each part opens by
 * itself, so the button is there only with one.
 *
 *     <button data-controller="unfold" data-below="contents" hidden>Open all</button> <ol id="contents">…</ol>
 */
export function unfold(button: HTMLElement): void {
  const below = document.getElementById(button.dataset["below"] ?? "");
  if (!below) return;
  const openAll = () => below.querySelectorAll("details").forEach((part) => (part.open = true));
  button.hidden = false;
  button.addEventListener("click", () => {
    openAll();
    button.hidden = true;
    below.querySelector("summary")?.focus();
  });
  addEventListener("beforeprint", openAll);
}

/**
 * Prints the page; there only with a script.
 *
 *     <button data-controller="print" hidden>Print</button>
 */
export function printPage(button: HTMLElement): void {
  button.hidden = false;
  button.addEventListener("click", () => print());
}
