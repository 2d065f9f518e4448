import { places } from "./fold";
import type { Sheets } from "./sheets";
import { stretches } from "./text";
import type { Words } from "./words";

interface Find {
  page: number;
  start: number;
  end: number;
}

/** The search in a book: its field, its count, its marks on the pages. */
export interface Search {
  open(): void;
  close(): void;
  isOpen(): boolean;
  /** A page was drawn; `spans` are the pieces of its text. */
  drawn(page: number, spans: HTMLElement[]): void;
}

/** Makes the search line `bar` (an input, an output, buttons «previous», «next», «close») work over `sheets`. */
export function search(bar: HTMLFormElement, sheets: Sheets, words: Words, back: () => void): Search {
  const field = bar.querySelector("input") as HTMLInputElement;
  const count = bar.querySelector("output") as HTMLOutputElement;
  const layers = new Map<number, HTMLElement[]>();
  let finds: Find[] = [];
  let present = -1;
  let looking = 0;
  let query = "";

  const tell = (text: string) => (count.value = text);
  const told = () => tell(finds.length ? words.found(present + 1, finds.length) : words.nothing);

  const mark = (page: number) => {
    const box = sheets.box(page);
    const spans = layers.get(page);
    if (!spans || !box.contains(spans.find((span) => span.firstChild) ?? null)) return;
    void sheets.text(page).then(({ starts }) => {
      const frame = box.getBoundingClientRect();
      for (const old of box.querySelectorAll(".sheet__mark")) old.remove();
      finds.forEach((find, index) => {
        if (find.page !== page) return;
        for (const [piece, from, to] of stretches(starts, find.start, find.end)) {
          for (const area of areas(spans[piece], from, to)) {
            const sign = document.createElement("mark");
            sign.className = "sheet__mark";
            sign.setAttribute("aria-hidden", "true");
            sign.dataset["find"] = String(index);
            sign.style.left = `${(100 * (area.left - frame.left)) / frame.width}%`;
            sign.style.top = `${(100 * (area.top - frame.top)) / frame.height}%`;
            sign.style.width = `${(100 * area.width) / frame.width}%`;
            sign.style.height = `${(100 * area.height) / frame.height}%`;
            box.append(sign);
          }
        }
      });
      point();
    });
  };

  /** Brings the present find into view, if its page is there; otherwise it comes when the page does. */
  const point = () => {
    for (const old of bar.ownerDocument.querySelectorAll(".sheet__mark[data-here]")) delete (old as HTMLElement).dataset["here"];
    const find = finds[present];
    if (!find) return;
    const signs = sheets.box(find.page).querySelectorAll<HTMLElement>(`.sheet__mark[data-find="${present}"]`);
    signs.forEach((sign) => (sign.dataset["here"] = ""));
    signs[0]?.scrollIntoView({ block: "center", inline: "center" });
  };

  const go = (index: number) => {
    if (!finds.length) return;
    present = (index + finds.length) % finds.length;
    const page = finds[present]?.page ?? 1;
    if (page !== sheets.present() || sheets.single()) sheets.show(page);
    point();
    told();
  };

  const look = async () => {
    const run = ++looking;
    query = field.value.trim();
    finds = [];
    present = -1;
    layers.forEach((_, page) => mark(page));
    if (!query) return tell("");
    const from = sheets.present();
    let letters = 0;
    for (let page = 1; page <= sheets.count; page++) {
      const { folded } = await sheets.text(page);
      if (run !== looking) return;
      letters += folded.text.length;
      const here = places(folded, query).map(([start, end]) => ({ page, start, end }));
      const none = finds.length;
      finds.push(...here);
      if (here.length) mark(page);
      if (present < 0 && here.length && page >= from) go(none);
      else if (page % 8 === 0) tell(present < 0 ? words.looking(Math.round((100 * page) / sheets.count)) : words.found(present + 1, finds.length));
    }
    if (!letters) return tell(words.pictures);
    if (present < 0 && finds.length) go(0);
    told();
  };

  let soon = 0;
  const start = () => look().catch(() => tell(words.lost));
  field.addEventListener("input", () => {
    clearTimeout(soon);
    soon = window.setTimeout(start, 300); // a word is typed to its end before a hundred pages are read for it
  });
  bar.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(soon);
    if (field.value.trim() !== query) void start();
    else go(present + 1);
  });
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !event.shiftKey) return;
    event.preventDefault();
    go(present - 1);
  });
  bar.querySelector("[data-find=previous]")?.addEventListener("click", () => go(present - 1));
  bar.querySelector("[data-find=close]")?.addEventListener("click", () => self.close());

  const self: Search = {
    open() {
      bar.hidden = false;
      field.focus();
      field.select();
      if (field.value.trim() && !finds.length) void start();
    },
    close() {
      bar.hidden = true;
      looking++;
      finds = [];
      query = "";
      layers.forEach((_, page) => mark(page));
      tell("");
      back();
    },
    isOpen: () => !bar.hidden,
    drawn(page, spans) {
      layers.set(page, spans);
      if (finds.some((find) => find.page === page)) mark(page);
    },
  };
  return self;
}

function areas(span: HTMLElement | undefined, from: number, to: number): DOMRect[] {
  const letters = span?.firstChild;
  if (!letters || letters.nodeType !== Node.TEXT_NODE) return [];
  const range = document.createRange();
  const length = letters.nodeValue?.length ?? 0;
  range.setStart(letters, Math.min(from, length));
  range.setEnd(letters, Math.min(to, length));
  return [...range.getClientRects()];
}
