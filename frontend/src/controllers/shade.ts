/**
 * Lets the reader choose light or dark; kept on this device. `src/shade.ts` does the painting, before the page shows.
 *
 *     <label hidden data-controller="shade">Colours <select><option value="">…<option value="dark">…</select></label>
 */
export function chooseShade(field: HTMLElement): void {
  const select = field.querySelector("select");
  if (!select) return;
  try {
    select.value = localStorage.getItem("smartedu.shade") ?? "";
  } catch {
    return; // what cannot be kept is not offered
  }
  select.addEventListener("change", () => {
    if (select.value) localStorage.setItem("smartedu.shade", select.value);
    else localStorage.removeItem("smartedu.shade");
    document.dispatchEvent(new CustomEvent("shade", { detail: select.value }));
  });
  field.hidden = false;
}
