import { expect, test } from "vitest";
import { showPresent } from "./present";

const row = (current: string) => {
  document.body.innerHTML = `<nav><a href="#1">One</a><a href="#2"${current}>Two</a></nav>`;
  const nav = document.querySelector("nav")!;
  Object.defineProperty(nav.lastElementChild, "offsetLeft", { value: 300 });
  showPresent(nav);
  return nav.scrollLeft;
};

test("the present one is brought into view, a little from the edge", () => expect(row(` aria-current="true"`)).toBe(276));
test("where none is present the row stays", () => expect(row("")).toBe(0));
