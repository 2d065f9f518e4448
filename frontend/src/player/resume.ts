import { go } from "./go";
import { clock, type Words } from "./words";

const SHELF = "smartedu.positions";
const KEPT = 200; // films remembered on a device, the oldest forgotten first
const TOO_EARLY = 5; // seconds: nothing to come back to yet
const TOO_LATE = 10; // seconds before the end: as good as watched

type Positions = [key: string, seconds: number][];

function read(shelf: Storage): Positions {
  try {
    const kept: unknown = JSON.parse(shelf.getItem(SHELF) ?? "[]");
    return Array.isArray(kept) ? (kept as Positions).filter((row) => Array.isArray(row) && row.length === 2) : [];
  } catch {
    return []; // storage may be forbidden or hold something else: then nothing is remembered
  }
}

/** The second to go on from, or 0: at the very start and the very end one begins anew. */
export function remembered(shelf: Storage, key: string, length: number): number {
  const at = Number(read(shelf).find(([film]) => film === key)?.[1] ?? 0);
  return at > TOO_EARLY && (!length || at < length - TOO_LATE) ? at : 0;
}

/** Remembers where a film is; 0 forgets it. */
export function remember(shelf: Storage, key: string, seconds: number): void {
  const others = read(shelf).filter(([film]) => film !== key);
  const kept: Positions = seconds > 0 ? [...others, [key, Math.round(seconds * 10) / 10]] : others;
  try {
    shelf.setItem(SHELF, JSON.stringify(kept.slice(-KEPT)));
  } catch {
    // full or forbidden: the film plays all the same
  }
}

function shelfOfDevice(): Storage | null {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
}

/**
 * Keeps the place on this device and takes it up again, asking nothing; says so in `tell`, with a way back to the
 * start. Returns the second at which to begin.
 */
export function resume(video: HTMLVideoElement, key: string, length: number, words: Words, tell: HTMLElement): number {
  const shelf = shelfOfDevice();
  if (!shelf || !key) return 0;
  let saved = 0;
  const keep = () => {
    if (video.currentTime > 0 && !video.ended) remember(shelf, key, video.currentTime);
    saved = video.currentTime;
  };
  video.addEventListener("timeupdate", () => Math.abs(video.currentTime - saved) >= 5 && keep());
  video.addEventListener("pause", keep);
  video.addEventListener("ended", () => remember(shelf, key, 0));
  window.addEventListener("pagehide", keep);

  const start = remembered(shelf, key, length);
  if (start) {
    const again = document.createElement("button");
    again.type = "button";
    again.className = "link-button";
    again.textContent = words.fromTheStart;
    again.addEventListener("click", () => {
      video.currentTime = 0;
      go(video);
      tell.textContent = "";
    });
    tell.replaceChildren(document.createTextNode(words.goingOnFrom(clock(start))), again);
  }
  return start;
}
