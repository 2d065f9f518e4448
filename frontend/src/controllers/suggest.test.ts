import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { suggest } from "./suggest";

const FOUND = [
  { text: "勾股定理", lang: "zh-CN", from: 0, to: 2, hint: "Topic", url: "/en/search?q=a" },
  { text: "构造 gou", lang: "zh-CN", from: 3, to: 6, hint: "Lesson", url: "/en/lessons/b" },
];
let asked: string[];
let went: string[];
let answers: () => Promise<unknown>;

beforeEach(() => {
  vi.useFakeTimers();
  asked = [];
  went = [];
  answers = async () => ({ ok: true, json: async () => ({ suggestions: FOUND }) });
  vi.stubGlobal("fetch", (url: string) => {
    asked.push(url);
    return answers();
  });
  vi.stubGlobal("location", { assign: (url: string) => went.push(url) });
  document.body.innerHTML =
    '<form data-from="/en/suggest" data-name="Suggestions" data-told="Some below"><input id="q" name="q"></form>';
  suggest(document.querySelector("form") as HTMLElement);
  input().focus();
});

afterEach(() => vi.unstubAllGlobals());

const input = () => document.querySelector("input") as HTMLInputElement;
const list = () => document.querySelector("[role=listbox]") as HTMLElement;
const active = () => input().getAttribute("aria-activedescendant");

async function type(words: string, init: InputEventInit = {}): Promise<void> {
  input().value = words;
  input().dispatchEvent(new InputEvent("input", init));
  await vi.advanceTimersByTimeAsync(150);
}

function press(key: string): KeyboardEvent {
  const event = new KeyboardEvent("keydown", { key, cancelable: true });
  input().dispatchEvent(event);
  return event;
}

test("what is typed in one go is asked once, and told to those who cannot see it", async () => {
  input().value = "g";
  input().dispatchEvent(new InputEvent("input"));
  await vi.advanceTimersByTimeAsync(50);
  await type("gou");
  expect(asked).toEqual(["/en/suggest?q=gou"]);
  expect(list().hidden).toBe(false);
  expect(input().getAttribute("aria-expanded")).toBe("true");
  expect(input().getAttribute("aria-controls")).toBe(list().id);
  expect(document.querySelector("[role=status]")?.textContent).toBe("Some below");
  expect([...list().querySelectorAll("b")].map((one) => one.textContent)).toEqual(["勾股", "gou"]);
});

test("the same words are not asked twice", async () => {
  await type("gou");
  await type("go");
  await type("gou");
  expect(asked).toHaveLength(2);
});

test("arrows go round through the list and the line, Enter goes there", async () => {
  await type("gou");
  expect(active()).toBeNull();
  press("ArrowDown");
  expect(active()).toBe("q-suggest-0");
  press("ArrowUp");
  expect(active()).toBeNull();
  press("ArrowUp");
  expect(active()).toBe("q-suggest-1");
  expect(list().children[1]?.getAttribute("aria-selected")).toBe("true");
  expect(press("Enter").defaultPrevented).toBe(true);
  expect(went).toEqual(["/en/lessons/b"]);
});

test("Enter without a choice sends the line as it is", async () => {
  await type("gou");
  expect(press("Enter").defaultPrevented).toBe(false);
});

test("the first Escape closes the list and leaves the words", async () => {
  await type("gou");
  expect(press("Escape").defaultPrevented).toBe(true);
  expect([list().hidden, input().value]).toEqual([true, "gou"]);
  expect(press("Escape").defaultPrevented).toBe(false);
});

test("a click goes there", async () => {
  await type("gou");
  (list().children[0] as HTMLElement).click();
  expect(went).toEqual(["/en/search?q=a"]);
});

test("letters of an input method at work are not yet what is meant", async () => {
  await type("gou gu", { isComposing: true });
  expect(asked).toEqual([]);
  input().value = "勾股";
  input().dispatchEvent(new CompositionEvent("compositionend"));
  await vi.advanceTimersByTimeAsync(150);
  expect(asked).toEqual(["/en/suggest?q=%E5%8B%BE%E8%82%A1"]);
});

test("where the line is down nothing is asked, and a failure is silent", async () => {
  vi.spyOn(navigator, "onLine", "get").mockReturnValueOnce(false);
  await type("gou");
  expect(asked).toEqual([]);
  answers = () => Promise.reject(new TypeError("down"));
  await type("gouy");
  expect(list().hidden).toBe(true);
});

test("an answer that comes when more is typed is not shown", async () => {
  let late: (value: unknown) => void = () => {};
  answers = () => new Promise((resolve) => (late = resolve));
  await type("g");
  input().value = "gx";
  late({ ok: true, json: async () => ({ suggestions: FOUND }) });
  await vi.advanceTimersByTimeAsync(10);
  expect(list().hidden).toBe(true);
});

test("leaving the line closes the list", async () => {
  await type("gou");
  input().dispatchEvent(new FocusEvent("blur"));
  expect(list().hidden).toBe(true);
});
