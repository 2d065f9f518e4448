/**
 * Makes a row of buttons one stop of the Tab key: arrows, Home and End walk inside it, and it is entered again where it
 * was left. Thirty lines of a transcript would else stand between the film and what comes below it.
 */
export function rove(list: HTMLElement, buttons: readonly HTMLButtonElement[]): void {
  const enterAt = (entry: HTMLButtonElement) => buttons.forEach((b) => (b.tabIndex = b === entry ? 0 : -1));
  if (buttons[0]) enterAt(buttons[0]);
  list.addEventListener("keydown", (event) => {
    const at = buttons.indexOf(event.target as HTMLButtonElement);
    if (at < 0) return;
    const steps: Record<string, number> = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: buttons.length - 1 };
    const next = buttons[steps[event.key] ?? -1];
    if (!next) return;
    event.preventDefault();
    enterAt(next);
    next.focus();
  });
}
