import { contents } from "./contents";
import { DEEDS, deedOf, ownsKey, type Deed } from "./keys";
import { open } from "./open";
import { pinch } from "./pinch";
import { pageAsked, remember, remembered, type Place } from "./place";
import { search, type Search } from "./search";
import { layOut, type Sheets } from "./sheets";
import { wordsOf, type Words } from "./words";
import { zoomFrom } from "./zoom";

/**
 *     <div class="reader" data-reader data-file="/media/….pdf" data-key="code//1">
 *       … [data-tools] hidden until the book is open, buttons with data-do="next" and the like …
 *       <div class="reader__view" tabindex="0"> the file to open or save, until its pages stand here </div>
 *     </div>
 */
export async function reader(frame: HTMLElement): Promise<void> {
  const words = wordsOf(document.documentElement.lang);
  const view = part(frame, ".reader__view");
  const status = part(frame, ".reader__status");
  const { file, key = "" } = frame.dataset;
  if (!file) return;
  status.textContent = words.opening(0);
  let told = 0;
  try {
    const book = await open(file, (percent) => {
      if (percent >= told + 10) status.textContent = words.opening((told = percent));
    });
    const finder: { search?: Search } = {};
    const sheets = await layOut(book, view, words, {
      moved: () => frame.dispatchEvent(new Event("moved")),
      drawn: (page, spans) => finder.search?.drawn(page, spans),
      lost: () => (status.textContent = words.lost),
    });
    status.textContent = "";
    finder.search = search(part<HTMLFormElement>(frame, ".reader__find"), sheets, words, () => view.focus());
    const side = part(frame, ".reader__side");
    furnish(frame, view, sheets, finder.search, words);
    begin(sheets, key, words, status);
    frame.addEventListener("moved", () => keep(key, sheets));
    pinch(view, sheets);
    for (const hidden of frame.querySelectorAll<HTMLElement>("[data-tools]")) hidden.hidden = false;
    frame.dataset["ready"] = "";
    await contents(side, book.pdf, words, (page) => {
      if (getComputedStyle(side).position === "absolute") shut(frame, side); // a sheet over the pages on a phone
      sheets.show(page);
      view.focus({ preventScroll: true });
    });
  } catch (fault) {
    console.warn("reader:", fault);
    status.textContent = words.broken;
  }
}

/** Takes up the page that the address names, or that the device remembers; the first one otherwise. */
function begin(sheets: Sheets, key: string, words: Words, status: HTMLElement): void {
  const kept: Place | null = withShelf((shelf) => remembered(shelf, key, sheets.count));
  sheets.setZoom(kept?.zoom ?? sheets.zoom());
  if (kept?.single) sheets.setSingle(true);
  const asked = pageAsked(location.hash, sheets.count);
  sheets.show(asked || kept?.page || 1);
  window.addEventListener("hashchange", () => {
    const page = pageAsked(location.hash, sheets.count);
    if (page) sheets.show(page);
  });
  if (asked || !kept || kept.page < 2) return;
  const again = document.createElement("button");
  again.type = "button";
  again.className = "link-button";
  again.textContent = words.fromTheStart;
  again.addEventListener("click", () => {
    sheets.show(1);
    status.textContent = "";
  });
  status.replaceChildren(words.goneOn(kept.page), again);
  window.setTimeout(() => (status.textContent = ""), 12_000);
}

let soon = 0;
function keep(key: string, sheets: Sheets): void {
  clearTimeout(soon);
  soon = window.setTimeout(
    () => withShelf((shelf) => remember(shelf, key, { page: sheets.present(), zoom: sheets.zoom(), single: sheets.single() })),
    400,
  );
}

function withShelf<T>(work: (shelf: Storage) => T): T | null {
  try {
    return work(window.localStorage);
  } catch {
    return null; // storage may be forbidden: nothing is remembered
  }
}

/** Makes the buttons, the fields and the keys work. */
function furnish(frame: HTMLElement, view: HTMLElement, sheets: Sheets, finder: Search, words: Words): void {
  const page = part<HTMLInputElement>(frame, "[name=page]");
  const size = part<HTMLSelectElement>(frame, "[name=zoom]");
  const side = part(frame, ".reader__side");
  const help = part<HTMLDialogElement>(frame, ".reader__keys");
  const menu = frame.querySelector<HTMLDetailsElement>(".reader__menu");
  part(frame, ".reader__count").textContent = String(sheets.count);

  const deeds: Record<Deed, () => void> = {
    next: () => sheets.show(sheets.present() + 1),
    previous: () => sheets.show(sheets.present() - 1),
    first: () => sheets.show(1),
    last: () => sheets.show(sheets.count),
    in: () => sheets.step(1),
    out: () => sheets.step(-1),
    width: () => sheets.setZoom("width"),
    page: () => sheets.setZoom("page"),
    single: () => sheets.setSingle(!sheets.single()),
    contents: () => (side.hidden ? unfold(frame, side) : shut(frame, side)),
    find: () => finder.open(),
    full: () => void (document.fullscreenElement ? document.exitFullscreen() : frame.requestFullscreen?.()),
    help: () => (help.showModal ? help.showModal() : help.setAttribute("open", "")),
    close: () => (finder.isOpen() ? finder.close() : side.hidden ? undefined : shut(frame, side)),
  };
  const known = (name: string | undefined): name is Deed => DEEDS.some((deed) => deed === name);

  frame.addEventListener("click", (event) => {
    const at = event.target as Element;
    const button = at.closest<HTMLElement>("[data-do]");
    if (menu?.open && (button || !menu.contains(at))) menu.open = false;
    if (button && known(button.dataset["do"])) deeds[button.dataset["do"]]();
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented) return;
    // Letters are commands only while the focus is in the reader (WCAG 2.1.4); before that, arrows turn pages already.
    const inside = frame.contains(event.target as Element);
    if (!inside && (event.target !== document.body || event.key.length === 1)) return;
    const deed = deedOf(event.key, sheets.single());
    if (!deed || help.open || ownsKey(event.target as Element, event.key)) return; // the browser closes a dialog
    if (deed === "close" && menu?.open) menu.open = false;
    event.preventDefault();
    deeds[deed]();
  });

  page.form?.addEventListener("submit", (event) => {
    event.preventDefault();
    sheets.show(Number(page.value));
    page.value = String(sheets.present());
  });
  page.addEventListener("change", () => page.form?.requestSubmit?.());
  page.addEventListener("focus", () => page.select());
  size.addEventListener("change", () => sheets.setZoom(zoomFrom(size.value)));

  const own = document.createElement("option"); // a size between the offered ones
  const show = () => {
    if (document.activeElement !== page) page.value = String(sheets.present());
    page.setAttribute("aria-label", words.pageOf(sheets.present(), sheets.count));
    const zoom = String(sheets.zoom());
    own.textContent = `${sheets.percent()}%`;
    own.value = zoom;
    if (![...size.options].some((option) => option !== own && option.value === zoom)) size.prepend(own);
    else own.remove();
    size.value = zoom;
    for (const button of frame.querySelectorAll("[data-do=single]")) button.setAttribute("aria-pressed", String(sheets.single()));
    for (const [name, end] of [["previous", 1], ["next", sheets.count]] as const) {
      frame.querySelector(`[data-do=${name}]`)?.setAttribute("aria-disabled", String(sheets.present() === end));
    }
  };
  frame.addEventListener("moved", show);
  show();
  if (!document.fullscreenEnabled) for (const button of frame.querySelectorAll<HTMLElement>("[data-do=full]")) button.hidden = true;
  help.addEventListener("close", () => view.focus({ preventScroll: true }));
}

function unfold(frame: HTMLElement, side: HTMLElement): void {
  side.hidden = false;
  frame.dataset["side"] = ""; // on a desk the pages make room for it
  frame.querySelector("[data-do=contents]")?.setAttribute("aria-expanded", "true");
  side.querySelector<HTMLElement>("button, a")?.focus();
}

function shut(frame: HTMLElement, side: HTMLElement): void {
  side.hidden = true;
  delete frame.dataset["side"];
  const button = frame.querySelector<HTMLElement>(".reader__tools [data-do=contents]");
  button?.setAttribute("aria-expanded", "false");
  if (side.contains(document.activeElement)) button?.focus();
}

function part<T extends HTMLElement>(frame: HTMLElement, selector: string): T {
  const found = frame.querySelector<T>(selector);
  if (!found) throw new Error(`the reader's page has no ${selector}`);
  return found;
}
