import { beforeEach, expect, test } from "vitest";
import { remember, remembered, resume } from "./resume";
import { wordsOf } from "./words";

beforeEach(() => localStorage.clear());

test("a film goes on where it was left, each for itself", () => {
  remember(localStorage, "a/video", 83);
  remember(localStorage, "b/video", 40);
  remember(localStorage, "a/video", 84.44);
  expect(remembered(localStorage, "a/video", 120)).toBe(84.4);
  expect(remembered(localStorage, "b/video", 120)).toBe(40);
});

test("the first and last seconds begin anew", () => {
  remember(localStorage, "a", 3);
  expect(remembered(localStorage, "a", 120)).toBe(0);
  remember(localStorage, "a", 115);
  expect(remembered(localStorage, "a", 120)).toBe(0);
});

test("only so many are kept, the oldest go", () => {
  for (let i = 0; i < 230; i++) remember(localStorage, `film-${i}`, 30);
  expect(remembered(localStorage, "film-0", 0)).toBe(0);
  expect(remembered(localStorage, "film-229", 0)).toBe(30);
});

test.each(["{", "7", '{"a":1}', '[1,2,"x"]', '[["a"]]'])("what is not ours on the shelf (%s) is no harm", (text) => {
  localStorage.setItem("smartedu.positions", text);
  expect(remembered(localStorage, "a", 100)).toBe(0);
  remember(localStorage, "a", 50);
  expect(remembered(localStorage, "a", 100)).toBe(50);
});

test("it says where it goes on, and leads back to the start", () => {
  remember(localStorage, "a", 83);
  document.body.innerHTML = "<video></video><p></p>";
  const video = document.querySelector("video")!;
  video.play = async () => undefined;
  const tell = document.querySelector("p")!;
  expect(resume(video, "a", 200, wordsOf("zh-Hans"), tell)).toBe(83);
  expect(tell.textContent).toContain("1:23");
  tell.querySelector("button")!.click();
  expect(video.currentTime).toBe(0);
  expect(tell.textContent).toBe("");
});
