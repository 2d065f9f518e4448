// The offline page lists what this device has seen, newest first. An entry of its own, so that it is kept with the page.
const SHOWN = 20;

async function pagesSeen(): Promise<[address: string, title: string][]> {
  const found: [string, string][] = [];
  for (const name of (await caches.keys()).filter((cache) => cache.startsWith("pages-"))) {
    const cache = await caches.open(name);
    for (const request of [...(await cache.keys())].reverse()) {
      const html = (await (await cache.match(request))?.text()) ?? "";
      const page = new DOMParser().parseFromString(html, "text/html");
      const { pathname, search } = new URL(request.url);
      const title = page.querySelector("h1")?.textContent?.trim() || page.title;
      if (title && page.documentElement.lang === document.documentElement.lang) found.push([pathname + search, title]);
      if (found.length >= SHOWN) return found;
    }
  }
  return found;
}

async function list(section: HTMLElement): Promise<void> {
  const rows = section.querySelector("ul");
  if (!rows || !("caches" in window)) return;
  const pages = await pagesSeen();
  for (const [address, title] of pages) {
    const link = document.createElement("a");
    link.href = address;
    link.textContent = title;
    const row = document.createElement("li");
    row.append(link);
    rows.append(row);
  }
  section.hidden = pages.length === 0;
}

for (const section of document.querySelectorAll<HTMLElement>("[data-kept]")) void list(section);
// Back online, whoever waits is taken on; a page that was asked for stands in the address. «Online» only says that
// there is some network, and it comes in the middle of a visit elsewhere too: the platform itself is asked first, a
// question that a visit elsewhere breaks off, so that nobody who has just chosen a page is taken back to this one.
async function takeOn(): Promise<void> {
  const reached = await fetch("/livez", { cache: "no-store" }).then((answer) => answer.ok).catch(() => false);
  if (reached) location.reload();
}

if (!location.pathname.startsWith("/offline/")) window.addEventListener("online", () => void takeOn());
