/**
 * Makes a control's spoken name begin with what is seen on it (WCAG 2.5.3): who says «click 1x» to the computer means
 * the button that shows 1x. The control writes its name anew at every change, so this listens for that.
 */
export function nameBySight(control: HTMLElement, seen: () => string): void {
  const mend = () => {
    const name = control.getAttribute("aria-label") ?? "";
    if (!name.startsWith(seen())) control.setAttribute("aria-label", `${seen()} ${name}`);
  };
  new MutationObserver(mend).observe(control, { attributeFilter: ["aria-label"] });
  mend();
}
