import type { PDFPageProxy, RenderTask } from "pdfjs-dist";
import { pageRead } from "./eye";
import type { Book } from "./open";
import { textOf, type PageText } from "./text";
import type { Words } from "./words";
import { firstZoom, PAPER, scaleOf, sharpness, stepFrom, zoomFrom, type Size, type Zoom } from "./zoom";

/** The pages of a book on the screen: only those near the eye are drawn. */
export interface Sheets {
  count: number;
  /** The page that is looked at. */
  present(): number;
  zoom(): Zoom;
  percent(): number;
  single(): boolean;
  show(page: number): void;
  setZoom(zoom: Zoom): void;
  step(way: 1 | -1): void;
  setSingle(single: boolean): void;
  text(page: number): Promise<PageText>;
  box(page: number): HTMLElement;
}

/** What the frame around the pages is told. */
export interface Watcher {
  /** The page, its size or the way of reading has changed. */
  moved(): void;
  /** A page and its layer of text are there. */
  drawn(page: number, spans: HTMLElement[]): void;
  /** A page did not arrive. */
  lost(page: number): void;
}

interface Sheet {
  box: HTMLElement;
  size: Size;
  measured: boolean;
  /** The scale it is drawn at; 0: not drawn. */
  drawn: number;
}

const KEPT = 7; // drawn pages that stay: some 80 MB on a sharp phone, and scrolling back a little costs nothing

/** Lays out the pages of `book` in `view` and keeps those near the eye drawn. */
export async function layOut(book: Book, view: HTMLElement, words: Words, watcher: Watcher): Promise<Sheets> {
  const { pdf } = book;
  const first = sizeOf(await pdf.getPage(1));
  let zoom: Zoom = firstZoom(first, { width: view.clientWidth, height: view.clientHeight });
  let scale = PAPER;
  let present = 1;
  let single = false;

  const sheets: Sheet[] = Array.from({ length: pdf.numPages }, (_, index) => {
    const box = document.createElement("div");
    box.className = "sheet";
    box.dataset["page"] = String(index + 1);
    box.setAttribute("role", "group");
    box.setAttribute("aria-label", words.pageOf(index + 1, pdf.numPages));
    return { box, size: first, measured: index === 0, drawn: 0 };
  });
  view.replaceChildren(...sheets.map((sheet) => sheet.box));
  const at = (page: number) => sheets[Math.min(Math.max(page, 1), sheets.length) - 1] as Sheet;

  const texts = new Map<number, Promise<PageText>>();
  const text = (page: number): Promise<PageText> => {
    const known = texts.get(page) ?? pdf.getPage(page).then(textOf);
    texts.set(page, known);
    known.catch(() => texts.delete(page));
    return known;
  };

  const place = (sheet: Sheet) => {
    sheet.box.style.width = `${Math.round(sheet.size.width * scale)}px`;
    sheet.box.style.height = `${Math.round(sheet.size.height * scale)}px`;
  };

  // One page at a time, the nearest first: what was scrolled past is not drawn at all.
  let task: { page: number; work: RenderTask | null } | null = null;
  const wanted = () => {
    const near = single ? [present, present + 1] : [present, present + 1, present - 1, present + 2];
    return near.filter((page) => page >= 1 && page <= sheets.length && at(page).drawn !== scale);
  };
  const draw = async (): Promise<void> => {
    const page = wanted()[0];
    if (task || page === undefined) return;
    task = { page, work: null };
    const sheet = at(page);
    const drawnAt = scale;
    try {
      const proxy = await pdf.getPage(page);
      if (!sheet.measured) {
        sheet.size = sizeOf(proxy);
        sheet.measured = true;
        place(sheet);
      }
      const canvas = document.createElement("canvas");
      const viewport = proxy.getViewport({ scale: drawnAt });
      const sharp = sharpness(viewport.width, viewport.height, window.devicePixelRatio || 1);
      canvas.width = Math.floor(viewport.width * sharp);
      canvas.height = Math.floor(viewport.height * sharp);
      canvas.setAttribute("aria-hidden", "true");
      task.work = proxy.render({ canvas, viewport, transform: [sharp, 0, 0, sharp, 0, 0] });
      await task.work.promise;
      sheet.drawn = drawnAt;
      const old = sheet.box.querySelector("canvas");
      if (old) {
        old.replaceWith(canvas);
        discard(old);
      } else {
        sheet.box.prepend(canvas);
        await letter(sheet, proxy, page);
      }
    } catch (fault) {
      if ((fault as Error).name !== "RenderingCancelledException") {
        sheet.drawn = drawnAt; // not tried again until it is turned to anew
        watcher.lost(page);
      }
    } finally {
      task = null;
    }
    tidy();
    void draw();
  };

  /** The words of a page over its picture: to be selected, read aloud and marked. */
  const letter = async (sheet: Sheet, proxy: PDFPageProxy, page: number) => {
    const layer = document.createElement("div");
    layer.className = "sheet__text";
    sheet.box.append(layer);
    const { content } = await text(page);
    const made = new book.TextLayer({ textContentSource: content, container: layer, viewport: proxy.getViewport({ scale: 1 }) });
    await made.render();
    watcher.drawn(page, made.textDivs);
  };

  const clear = (sheet: Sheet) => {
    sheet.drawn = 0;
    const canvas = sheet.box.querySelector("canvas");
    if (canvas) discard(canvas);
    sheet.box.replaceChildren();
  };
  const tidy = () => {
    const drawn = sheets.filter((sheet) => sheet.drawn).map((sheet) => Number(sheet.box.dataset["page"]));
    drawn.sort((a, b) => Math.abs(a - present) - Math.abs(b - present));
    for (const page of drawn.slice(KEPT)) clear(at(page));
  };

  const look = () => {
    if (task && !wanted().includes(task.page)) task.work?.cancel();
    void draw();
  };

  const enter = (page: number) => {
    if (page === present) return;
    present = page;
    // Fits by the page that is looked at: a fold-out is wider than the rest.
    if (single) refit();
    watcher.moved();
  };

  // Where a page was turned to, it is the one that is read, though the view may hold several; until one scrolls on.
  let held = -1;
  const find = () => {
    if (single || Math.abs(view.scrollTop - held) < 2) return look();
    held = -1;
    const { scrollTop: top, clientHeight: height, scrollHeight: whole } = view;
    enter(pageRead(sheets.length, (page) => ({ top: at(page).box.offsetTop, height: at(page).box.offsetHeight }), { top, height, whole }));
    look();
  };
  let asked = 0;
  view.addEventListener("scroll", () => {
    cancelAnimationFrame(asked);
    asked = requestAnimationFrame(find);
  });

  const refit = () => {
    const room = { width: view.clientWidth, height: view.clientHeight };
    const next = scaleOf(zoom, at(present).size, room);
    if (next === scale) return;
    const sheet = at(present).box;
    const holds = Math.abs(view.scrollTop - held) < 2;
    const inside = (view.scrollTop - sheet.offsetTop) / Math.max(1, sheet.offsetHeight);
    const across = (view.scrollLeft + room.width / 2) / Math.max(1, view.scrollWidth);
    scale = next;
    view.style.setProperty("--total-scale-factor", String(scale));
    for (const one of sheets) place(one);
    // What was at the top of the view stays there.
    view.scrollTop = sheet.offsetTop + inside * sheet.offsetHeight;
    if (holds) held = view.scrollTop;
    view.scrollLeft = across * view.scrollWidth - room.width / 2;
  };

  const appear = () => sheets.forEach((sheet, index) => (sheet.box.hidden = single && index + 1 !== present));

  let settled = 0;
  const api: Sheets = {
    count: sheets.length,
    present: () => present,
    zoom: () => zoom,
    percent: () => Math.round((100 * scale) / PAPER),
    single: () => single,
    text,
    box: (page) => at(page).box,
    show(page) {
      const target = Math.min(Math.max(Math.trunc(page) || 1, 1), sheets.length);
      if (at(target).drawn === scale && !at(target).box.querySelector("canvas")) at(target).drawn = 0;
      enter(target);
      appear();
      view.scrollTop = single ? 0 : at(target).box.offsetTop - 4;
      held = view.scrollTop;
      look();
    },
    setZoom(next) {
      zoom = zoomFrom(next);
      refit();
      watcher.moved();
      clearTimeout(settled);
      settled = window.setTimeout(look, 120); // the old picture is stretched until the fingers rest
    },
    step: (way) => api.setZoom(stepFrom(scale, way)),
    setSingle(next) {
      single = next;
      view.classList.toggle("reader__view--single", single);
      appear();
      api.show(present);
      watcher.moved();
    },
  };

  view.style.setProperty("--total-scale-factor", String(scale));
  for (const sheet of sheets) place(sheet);
  new ResizeObserver(() => {
    refit();
    watcher.moved();
    look();
  }).observe(view);
  return api;
}

function sizeOf(page: PDFPageProxy): Size {
  const { width, height } = page.getViewport({ scale: 1 });
  return { width, height };
}

// Safari keeps the memory of a canvas that is merely removed.
function discard(canvas: HTMLCanvasElement): void {
  canvas.width = canvas.height = 0;
  canvas.remove();
}
