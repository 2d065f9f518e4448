import type { PDFDocumentProxy } from "pdfjs-dist";
import type { Words } from "./words";

type Outline = Awaited<ReturnType<PDFDocumentProxy["getOutline"]>>;
type Entry = NonNullable<Outline>[number];

/**
 * Fills the panel with the book's table of contents, or with its pages where it has none. Choosing an entry calls
 * `go` with its page.
 */
export async function contents(panel: HTMLElement, pdf: PDFDocumentProxy, words: Words, go: (page: number) => void): Promise<void> {
  const outline = await pdf.getOutline().catch(() => null);
  const list = panel.querySelector("ol") as HTMLOListElement;
  if (outline?.length) {
    list.className = "reader__outline";
    list.append(...outline.map((entry) => row(entry, pdf, go)));
    return;
  }
  panel.setAttribute("aria-label", words.pages);
  list.className = "reader__pages";
  for (let page = 1; page <= pdf.numPages; page++) {
    const item = document.createElement("li");
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = String(page);
    button.setAttribute("aria-label", words.page(page));
    button.addEventListener("click", () => go(page));
    item.append(button);
    list.append(item);
  }
}

function row(entry: Entry, pdf: PDFDocumentProxy, go: (page: number) => void): HTMLLIElement {
  const item = document.createElement("li");
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = entry.title.trim() || "…";
  button.addEventListener("click", () => void pageOf(entry, pdf).then((page) => page && go(page)));
  item.append(button);
  if (entry.items.length) {
    const inner = document.createElement("ol");
    inner.append(...entry.items.map((one) => row(one, pdf, go)));
    item.append(inner);
  }
  return item;
}

/** The page an entry leads to, looked up when it is chosen; null where it leads nowhere. */
async function pageOf(entry: Entry, pdf: PDFDocumentProxy): Promise<number | null> {
  try {
    const target = typeof entry.dest === "string" ? await pdf.getDestination(entry.dest) : entry.dest;
    const page: unknown = target?.[0];
    if (typeof page === "number") return page + 1;
    return page ? (await pdf.getPageIndex(page as Parameters<PDFDocumentProxy["getPageIndex"]>[0])) + 1 : null;
  } catch {
    return null;
  }
}
