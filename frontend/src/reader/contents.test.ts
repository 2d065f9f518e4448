import type { PDFDocumentProxy } from "pdfjs-dist";
import { beforeEach, expect, test } from "vitest";
import { contents } from "./contents";
import { wordsOf } from "./words";

let panel: HTMLElement;
let gone: number[];
const go = (page: number) => void gone.push(page);
const words = wordsOf("zh-CN");

/** As much of a PDF as a table of contents asks of it. */
const book = (outline: unknown) =>
  ({
    numPages: 3,
    getOutline: () => (outline instanceof Error ? Promise.reject(outline) : Promise.resolve(outline)),
    getDestination: (name: string) => Promise.resolve(name === "two" ? [{ num: 7, gen: 0 }] : null),
    getPageIndex: () => Promise.resolve(1),
  }) as unknown as PDFDocumentProxy;

beforeEach(() => {
  document.body.innerHTML = "<nav aria-label='目录'><ol></ol></nav>";
  panel = document.querySelector("nav") as HTMLElement;
  gone = [];
});

const press = async (name: string) => {
  const button = [...panel.querySelectorAll("button")].find((one) => one.textContent === name);
  button?.click();
  await new Promise((done) => setTimeout(done));
};

test("a book's table of contents stands as it is nested and leads to its pages", async () => {
  await contents(
    panel,
    book([
      { title: " 第一章 ", dest: [0], items: [{ title: "1.1", dest: "two", items: [] }] },
      { title: "", dest: "nowhere", items: [] },
    ]),
    words,
    go,
  );
  expect(panel.querySelectorAll("ol ol button")).toHaveLength(1);
  await press("第一章");
  await press("1.1");
  await press("…"); // leads nowhere, and says nothing
  expect(gone).toEqual([1, 2]);
});

test("without one its pages are listed", async () => {
  for (const none of [null, [], new Error("broken")]) {
    panel.querySelector("ol")?.replaceChildren();
    await contents(panel, book(none), words, go);
    expect([...panel.querySelectorAll("button")].map((button) => button.getAttribute("aria-label"))).toEqual([
      "第 1 页",
      "第 2 页",
      "第 3 页",
    ]);
    expect(panel.getAttribute("aria-label")).toBe("页面");
  }
  await press("3");
  expect(gone).toEqual([3]);
});
