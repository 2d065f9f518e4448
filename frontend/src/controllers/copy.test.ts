import { beforeEach, expect, test, vi } from "vitest";
import { copy } from "./copy";

const written: string[] = [];

beforeEach(() => {
  written.length = 0;
  vi.useFakeTimers();
  document.body.innerHTML =
    '<a id="l" data-whole="https://edu.example.cn/s/abcdefghij">edu.example.cn/s/abcdefghij</a>' +
    '<button data-from="l" data-done="Copied" hidden><span>Copy</span></button>';
});

function clipboard(value: unknown): void {
  Object.defineProperty(navigator, "clipboard", { value, configurable: true });
}

test("the whole address is copied, which is said for a while", async () => {
  clipboard({ writeText: async (text: string) => void written.push(text) });
  const button = document.querySelector("button") as HTMLElement;
  copy(button);
  expect(button.hidden).toBe(false);
  button.click();
  await vi.advanceTimersByTimeAsync(10);
  expect(written).toEqual(["https://edu.example.cn/s/abcdefghij"]);
  expect(button.textContent).toBe("Copied");
  await vi.advanceTimersByTimeAsync(3000);
  expect(button.textContent).toBe("Copy");
});

test("what cannot be done is not offered", () => {
  clipboard(undefined);
  const button = document.querySelector("button") as HTMLElement;
  copy(button);
  expect(button.hidden).toBe(true);
});
