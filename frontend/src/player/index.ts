// The player of a lesson: the server sends a plain <video controls>; this makes it a player that can be worked by
// keyboard, remembers its place and leads the transcript. Loaded on pages with a film only.
import { build } from "./chrome";
import { help } from "./help";
import { listen } from "./keys";
import { resume } from "./resume";
import { play } from "./stream";
import { follow } from "./transcript";
import { wordsOf } from "./words";

/**
 *     <div class="player" data-controller="player" data-key="lesson/part" data-seconds="95" data-hls="…/master.m3u8">
 *       <video controls preload="none" src="….mp4" poster="…"><track kind="captions" …></video>
 *     </div> <div data-player-foot></div>
 */
export function player(frame: HTMLElement): void {
  const video = frame.querySelector("video");
  if (!video) return;
  const words = wordsOf(document.documentElement.lang);
  const { key = "", hls = "", seconds = "0" } = frame.dataset;
  const tell = document.createElement("p");
  tell.className = "resume";
  tell.setAttribute("role", "status");

  const start = resume(video, key, Number(seconds), words, tell);
  play(video, hls, start, () => (tell.textContent = words.trouble));
  build(frame, video, Number(seconds), words);
  listen(frame, video);
  const foot = frame.parentElement?.querySelector("[data-player-foot]");
  // Beside the title stands a place of its own for these: what comes late must push nothing down.
  if (foot) foot.append(tell, help(words));
  else frame.after(tell, help(words));
  for (const transcript of document.querySelectorAll<HTMLElement>('[data-controller~="transcript"]')) {
    follow(transcript, video, words);
  }
}
