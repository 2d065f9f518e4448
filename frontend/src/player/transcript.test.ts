import { beforeEach, expect, test } from "vitest";
import { follow, lineAt } from "./transcript";
import { wordsOf } from "./words";

test.each([
  [-1, -1],
  [0, 0],
  [4.9, 0],
  [5, 1],
  [999, 2],
])("at %d seconds line %d is spoken", (time, line) => expect(lineAt([0, 5, 9.5], time)).toBe(line));

test("before any line nothing is spoken", () => expect(lineAt([], 3)).toBe(-1));

let video: HTMLVideoElement;
beforeEach(() => {
  document.body.innerHTML = `<video></video><section><div class="transcript__scroll"><details open><ol>
    <li data-start="1"><span>0:01</span><span>一</span></li><li data-start="6"><span>0:06</span><span>二</span></li>
  </ol></details></div></section>`;
  video = document.querySelector("video")!;
  video.play = async () => undefined;
  let time = 0;
  Object.defineProperty(video, "currentTime", { get: () => time, set: (to: number) => (time = to) });
  follow(document.querySelector("section")!, video, wordsOf("zh-Hans"));
});

const spoken = () => document.querySelector("[aria-current]")?.textContent ?? "";

test("the text follows the film", () => {
  video.currentTime = 6.2;
  video.dispatchEvent(new Event("timeupdate"));
  expect(spoken()).toContain("二");
  video.currentTime = 1.5;
  video.dispatchEvent(new Event("timeupdate"));
  expect(spoken()).toContain("一");
});

test("a line leads the film to it, by a button with a name", () => {
  const button = document.querySelectorAll<HTMLButtonElement>("li button")[1]!;
  expect(button.getAttribute("aria-label")).toBe("跳到 0:06");
  button.click();
  expect(video.currentTime).toBe(6);
});
