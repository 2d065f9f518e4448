import Hls, { type ErrorData } from "hls.js/light";
import { Qualities } from "./qualities";

const ATTEMPTS = 3; // to take up a broken line before the whole file is tried

/**
 * Plays the film in parts of changing quality from second `start` on; the file that the server named stays the
 * fall-back. Nothing is loaded before someone presses play: on a poor line a page that is only read costs nothing.
 */
export function play(video: HTMLVideoElement, master: string, start: number, trouble: () => void): void {
  const whole = video.getAttribute("src");
  video.addEventListener("error", () => trouble());
  if (!master || !Hls.isSupported()) {
    if (master && video.canPlayType("application/vnd.apple.mpegurl")) video.src = master;
    if (start) video.currentTime = start;
    return;
  }
  // No worker: its script would have to come from a blob, which our content policy need not allow for one film.
  const hls = new Hls({ autoStartLoad: false, startPosition: start || -1, enableWorker: false, capLevelToPlayerSize: true });
  const qualities = new Qualities((level) => (hls.nextLevel = level));
  Object.defineProperty(video, "videoRenditions", { value: qualities });
  let attempts = 0;
  hls.on(Hls.Events.MANIFEST_PARSED, () => qualities.fill(hls.levels));
  hls.on(Hls.Events.FRAG_BUFFERED, () => (attempts = 0));
  hls.on(Hls.Events.ERROR, (_name: string, fault: ErrorData) => {
    if (!fault.fatal) return;
    attempts += 1;
    if (fault.type === Hls.ErrorTypes.MEDIA_ERROR && attempts < ATTEMPTS) return hls.recoverMediaError();
    const at = video.currentTime || start;
    hls.destroy();
    if (!whole) return trouble();
    video.src = whole;
    video.currentTime = at;
    if (begun) void video.play().catch(trouble);
  });
  let begun = false;
  const begin = () => {
    if (begun) return;
    begun = true;
    hls.startLoad(video.currentTime || start || -1);
  };
  video.removeAttribute("src");
  video.addEventListener("play", begin);
  video.addEventListener("seeking", begin);
  hls.loadSource(master);
  hls.attachMedia(video);
  if (start) hls.once(Hls.Events.MEDIA_ATTACHED, () => (video.currentTime = start));
}
