/**
 * Puts the service worker to work once the page is there and the browser has nothing better to do. Without it
 * everything is as before, but for a page without a line.
 */
export function registerWorker(): void {
  if (!("serviceWorker" in navigator)) return;
  const register = () => {
    navigator.serviceWorker.register("/sw.js").catch(() => undefined); // private windows forbid it: nothing is lost
  };
  const later = () => ("requestIdleCallback" in window ? requestIdleCallback(register, { timeout: 10_000 }) : setTimeout(register, 3_000));
  if (document.readyState === "complete") later();
  else window.addEventListener("load", later, { once: true });
}
