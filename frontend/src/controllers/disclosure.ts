/**
 * Where the browser does not yet know `<details name>`, opening one shuts the others of its group. Escape shuts the
 * open one.
 *
 *     <div data-controller="disclosure"><details name="stage">…</details><details name="stage">…</details></div>
 */
export function shutOthers(group: HTMLElement): void {
  const all = () => [...group.querySelectorAll<HTMLDetailsElement>("details[name]")];
  group.addEventListener(
    "toggle",
    (event) => {
      const opened = event.target as HTMLDetailsElement;
      if (!opened.open) return;
      for (const other of all()) {
        if (other !== opened && other.getAttribute("name") === opened.getAttribute("name")) other.open = false;
      }
    },
    true, // toggle does not bubble
  );
  group.addEventListener("keydown", (event) => {
    const opened = event.key === "Escape" ? (event.target as Element).closest("details") : null;
    if (!opened?.open) return;
    opened.open = false;
    opened.querySelector("summary")?.focus();
  });
}
