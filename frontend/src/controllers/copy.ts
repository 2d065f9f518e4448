/**
 * Copies an address and says so; there only where the browser can.
 *
 *     <a id="short-link" data-whole="https://…/s/abc">…/s/abc</a>
 *     <button data-controller="copy" data-from="short-link" data-done="Copied" hidden><span aria-live="polite">Copy</span></button>
 */
export function copy(button: HTMLElement): void {
  const whole = document.getElementById(button.dataset["from"] ?? "")?.dataset["whole"];
  const word = button.querySelector("span");
  // Only pages that came by https (or from this very machine) may write to the clipboard.
  if (!whole || !word || !navigator.clipboard) return;
  const usual = word.textContent;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(whole);
    word.textContent = button.dataset["done"] ?? usual;
    setTimeout(() => (word.textContent = usual), 3000);
  });
}
