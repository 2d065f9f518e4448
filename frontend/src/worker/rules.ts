/** What the service worker does with a request: keep a page, keep a built file, or stay out of it. */
export type Treatment = "page" | "file" | "none";

/** The parts of a request that decide. */
export interface Asked {
  method: string;
  mode: string;
  url: string;
}

/**
 * Pages that are the same for everybody may be seen again without a line; whatever is somebody's own (`/me`), the
 * event door, the API, films and other large files never go through here.
 */
export function treatmentOf(asked: Asked, origin: string): Treatment {
  const url = new URL(asked.url);
  if (asked.method !== "GET" || url.origin !== origin) return "none";
  if (url.pathname.startsWith("/static/build/assets/")) return "file";
  if (asked.mode !== "navigate") return "none";
  return /^\/(zh|en)\/(?!(me|sign-in|sign-out)(\/|$))/.test(url.pathname) || url.pathname === "/" ? "page" : "none";
}

/** Whether an answer may be kept on this device: only what the platform calls public, whole and not sent elsewhere. */
export function mayKeep(status: number, redirected: boolean, headers: Headers): boolean {
  return (
    status === 200 &&
    !redirected &&
    /\bpublic\b/.test(headers.get("cache-control") ?? "") &&
    (headers.get("content-type") ?? "").startsWith("text/html")
  );
}

/** The language of an address; Chinese where it names none. */
export function languageOf(path: string): "zh" | "en" {
  return path.startsWith("/en/") ? "en" : "zh";
}

/** The built files that a page names, to be kept beside it. */
export function filesOf(html: string): string[] {
  return [...new Set(html.match(/\/static\/build\/assets\/[\w.-]+\.(?:css|js)/g) ?? [])];
}

/** The page as it was last seen, with a line above it that says so. `seen` is the date of the answer. */
export function withNote(html: string, path: string, seen: string | null): string {
  const english = languageOf(path) === "en";
  const at = seen ? new Date(seen) : null;
  const when =
    at && !Number.isNaN(at.getTime())
      ? at.toLocaleString(english ? "en-GB" : "zh-CN", { day: "numeric", month: "long", hour: "2-digit", minute: "2-digit" })
      : "";
  const words = english
    ? `You are offline. This is the page as it was last seen${when ? ` on ${when}` : ""}.`
    : `现在没有联网。这是${when ? `${when} ` : "上次"}看到的页面。`;
  return html.replace(/<main\b[^>]*>/, (main) => `${main}<p class="offline-note" role="status">${words}</p>`);
}
