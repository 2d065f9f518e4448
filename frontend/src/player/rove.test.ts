import { expect, test } from "vitest";
import { rove } from "./rove";

test("a row is one stop, and arrows walk inside it", () => {
  document.body.innerHTML = "<ol><li><button>1</button></li><li><button>2</button></li><li><button>3</button></li></ol>";
  const list = document.querySelector("ol")!;
  const buttons = [...document.querySelectorAll("button")];
  rove(list, buttons);
  const stops = () => buttons.map((button) => button.tabIndex);
  expect(stops()).toEqual([0, -1, -1]);
  const press = (key: string) =>
    document.activeElement!.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
  buttons[0]!.focus();
  press("ArrowDown");
  expect(document.activeElement).toBe(buttons[1]);
  press("End");
  expect(stops()).toEqual([-1, -1, 0]);
  press("ArrowDown");
  expect(document.activeElement).toBe(buttons[2]);
  press("Home");
  press("ArrowUp");
  expect(document.activeElement).toBe(buttons[0]);
});
