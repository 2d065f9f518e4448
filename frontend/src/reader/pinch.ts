import type { Sheets } from "./sheets";

/** Two fingers, or the wheel with Ctrl, make pages larger and smaller. The picture follows at once, sharp when let go. */
export function pinch(view: HTMLElement, sheets: Sheets): void {
  let began = 0;
  let before = 0;
  const apart = (touches: TouchList) => {
    const [one, two] = [touches[0], touches[1]];
    return one && two ? Math.hypot(one.clientX - two.clientX, one.clientY - two.clientY) : 0;
  };
  view.addEventListener("touchstart", (event) => {
    if (event.touches.length !== 2) return;
    began = apart(event.touches);
    before = sheets.percent() / 100;
  }, { passive: true });
  let asked = 0;
  view.addEventListener("touchmove", (event) => {
    if (event.touches.length !== 2 || !began) return;
    event.preventDefault();
    const now = before * (apart(event.touches) / began);
    cancelAnimationFrame(asked);
    asked = requestAnimationFrame(() => sheets.setZoom(now));
  }, { passive: false });
  view.addEventListener("touchend", (event) => {
    if (event.touches.length < 2) began = 0;
  });
  view.addEventListener("wheel", (event) => {
    if (!event.ctrlKey) return;
    event.preventDefault();
    sheets.setZoom((sheets.percent() / 100) * Math.exp(-event.deltaY / 300));
  }, { passive: false });
}
