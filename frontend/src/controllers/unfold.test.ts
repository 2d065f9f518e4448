import { expect, test, vi } from "vitest";
import { printPage, unfold } from "./unfold";

const setUp = () => {
  document.body.innerHTML = `<button data-below="all" hidden>Open all</button><ol id="all"><details open><summary tabindex="0">1</summary></details><details></details></ol>`;
  const button = document.querySelector("button")!;
  unfold(button);
  return { button, open: () => [...document.querySelectorAll("details")].map((part) => part.open) };
};

test("the button opens all and goes", () => {
  const { button, open } = setUp();
  expect([button.hidden, open()]).toEqual([false, [true, false]]);
  button.click();
  expect([button.hidden, open()]).toEqual([true, [true, true]]);
  expect(document.activeElement).toBe(document.querySelector("summary"));
});

test("paper gets all of it", () => {
  const { open } = setUp();
  dispatchEvent(new Event("beforeprint"));
  expect(open()).toEqual([true, true]);
});

test("the page is printed", () => {
  const printed = vi.fn();
  vi.stubGlobal("print", printed);
  document.body.innerHTML = `<button hidden>Print</button>`;
  const button = document.querySelector("button")!;
  printPage(button);
  button.click();
  expect([button.hidden, printed.mock.calls.length]).toEqual([false, 1]);
});
