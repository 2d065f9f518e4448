// The service worker, asked for as /sw.js. Pages come from the network, and only without a line as they were last
// seen; so nothing here can make a page older than the platform has it. Raise VERSION when what is kept changes shape.
import { filesOf, languageOf, mayKeep, treatmentOf, withNote } from "./rules";

const VERSION = "1";
const PAGES = `pages-${VERSION}`;
const FILES = `files-${VERSION}`;
const PAGES_KEPT = 60; // about a megabyte
const FILES_KEPT = 60; // several releases of the platform's own files
const OFFLINE = { zh: "/offline/zh", en: "/offline/en" } as const;

// TypeScript knows the page's world or the worker's, never both in one project: what is used here is named here.
interface Waiting extends Event {
  waitUntil(work: Promise<unknown>): void;
}
interface Fetching extends Waiting {
  request: Request;
  respondWith(answer: Promise<Response>): void;
}
interface Self {
  location: Location;
  clients: { claim(): Promise<void> };
  skipWaiting(): Promise<void>;
  addEventListener(type: "install" | "activate", listener: (event: Waiting) => void): void;
  addEventListener(type: "fetch", listener: (event: Fetching) => void): void;
}
const worker = self as unknown as Self;

worker.addEventListener("install", (event) => {
  event.waitUntil(Promise.all(Object.values(OFFLINE).map(prepare)).then(() => worker.skipWaiting()));
});

worker.addEventListener("activate", (event) => {
  const old = caches.keys().then((names) => Promise.all(names.filter((n) => n !== PAGES && n !== FILES).map((n) => caches.delete(n))));
  event.waitUntil(old.then(() => worker.clients.claim()));
});

worker.addEventListener("fetch", (event) => {
  const treatment = treatmentOf(event.request, worker.location.origin);
  if (treatment === "page") event.respondWith(page(event));
  if (treatment === "file") event.respondWith(file(event.request));
});

async function page(event: Fetching): Promise<Response> {
  try {
    // Browsers may show a page of the last half minute without asking (stale-while-revalidate): here it is asked for.
    const answer = await fetch(event.request, { cache: "no-cache" });
    if (mayKeep(answer.status, answer.redirected, answer.headers)) {
      const copy = answer.clone();
      event.waitUntil(keep(PAGES, event.request, copy, PAGES_KEPT));
    }
    return answer;
  } catch (fault) {
    return (await seen(event.request)) ?? (await offline(event.request)) ?? Promise.reject(fault);
  }
}

/** The page as it was last seen, with a line that says so. */
async function seen(request: Request): Promise<Response | null> {
  const kept = await (await caches.open(PAGES)).match(request, { ignoreVary: true });
  if (!kept) return null;
  const html = withNote(await kept.text(), new URL(request.url).pathname, kept.headers.get("date"));
  // The policy stays with the page; what told its length and its packing no longer holds.
  const headers = new Headers({ "content-type": "text/html; charset=utf-8" });
  const policy = kept.headers.get("content-security-policy");
  if (policy) headers.set("content-security-policy", policy);
  return new Response(html, { headers });
}

async function offline(request: Request): Promise<Response | null> {
  const told = OFFLINE[languageOf(new URL(request.url).pathname)];
  return (await (await caches.open(FILES)).match(told, { ignoreVary: true })) ?? null;
}

/** Built files bear their content in their name: one that is here is right. */
async function file(request: Request): Promise<Response> {
  const kept = await (await caches.open(FILES)).match(request, { ignoreVary: true });
  if (kept) return kept;
  const answer = await fetch(request);
  if (answer.ok && answer.status === 200) await keep(FILES, request, answer.clone(), FILES_KEPT);
  return answer;
}

/** Takes an offline page with its files, before there is need of it. */
async function prepare(address: string): Promise<void> {
  const answer = await fetch(address, { cache: "no-cache" });
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  const files = await caches.open(FILES);
  await files.put(address, answer.clone());
  await Promise.all(filesOf(await answer.text()).map((name) => files.add(name)));
}

/** Keeps an answer as the newest; the oldest make room, the offline pages never. */
async function keep(name: string, request: Request, answer: Response, most: number): Promise<void> {
  try {
    const cache = await caches.open(name);
    await cache.delete(request, { ignoreVary: true });
    await cache.put(request, answer);
    const rest = (await cache.keys()).filter((kept) => !new URL(kept.url).pathname.startsWith("/offline/"));
    await Promise.all(rest.slice(0, Math.max(0, rest.length - most)).map((old) => cache.delete(old)));
  } catch {
    // the device is full: the page was shown all the same
  }
}
