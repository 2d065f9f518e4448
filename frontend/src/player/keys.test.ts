import { beforeEach, expect, test } from "vitest";
import { deedOf, listen, nextSpeed } from "./keys";

let frame: HTMLElement;
let video: HTMLVideoElement;

beforeEach(() => {
  document.body.innerHTML = `<input id="elsewhere"><div data-seconds="100"><button>x</button><video></video></div>`;
  frame = document.querySelector("div")!;
  video = document.querySelector("video")!;
  Object.defineProperty(video, "duration", { value: 100 });
  let time = 50;
  Object.defineProperty(video, "currentTime", { get: () => time, set: (to: number) => (time = to) });
  listen(frame, video);
});

const press = (key: string, at: Element = video, more = {}) =>
  at.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, composed: true, cancelable: true, ...more }));

test.each([
  ["ArrowLeft", 45],
  ["ArrowRight", 55],
  ["l", 60],
  ["J", 40],
  ["0", 0],
  ["9", 90],
])("%s moves the film from 50 to %d seconds", (key, second) => {
  press(key);
  expect(video.currentTime).toBe(second);
});

test("the film never leaves its ends", () => {
  press("9");
  press("l");
  press("l");
  expect(video.currentTime).toBe(100);
});

test("keys typed outside, or with a modifier, are nobody's command", () => {
  press("9", document.querySelector("#elsewhere")!);
  press("9", video, { ctrlKey: true });
  expect(video.currentTime).toBe(50);
});

test("the space bar presses the button that has the focus", () => {
  expect(press(" ", document.querySelector("button")!)).toBe(true);
});

test("M turns the sound off and on", () => {
  press("m");
  expect(video.muted).toBe(true);
  press("M");
  expect(video.muted).toBe(false);
});

test("speeds go step by step and stop at the last", () => {
  expect(nextSpeed(1, 1)).toBe(1.25);
  expect(nextSpeed(1.1, -1)).toBe(1);
  expect(nextSpeed(2, 1)).toBe(2);
  expect(nextSpeed(0.5, -1)).toBe(0.5);
});

test("other keys are left to the page", () => {
  for (const key of ["Tab", "Escape", "q", "Enter", "F5"]) expect(deedOf(key)).toBeNull();
});
