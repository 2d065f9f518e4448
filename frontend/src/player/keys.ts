import { go } from "./go";

/** What a key does to a film. */
export type Deed =
  | { do: "toggle" | "mute" | "captions" | "fullscreen" }
  | { do: "seek"; by: number }
  | { do: "part"; of: number }
  | { do: "volume"; by: number }
  | { do: "speed"; step: 1 | -1 };

export const SPEEDS = [0.5, 0.75, 1, 1.25, 1.5, 2] as const;

/** The deed of a key, or null where the key is not the player's. */
export function deedOf(key: string): Deed | null {
  if (/^[0-9]$/.test(key)) return { do: "part", of: Number(key) / 10 };
  switch (key.length === 1 ? key.toLowerCase() : key) {
    case " ":
    case "k":
      return { do: "toggle" };
    case "ArrowLeft":
      return { do: "seek", by: -5 };
    case "ArrowRight":
      return { do: "seek", by: 5 };
    case "j":
      return { do: "seek", by: -10 };
    case "l":
      return { do: "seek", by: 10 };
    case "ArrowUp":
      return { do: "volume", by: 0.1 };
    case "ArrowDown":
      return { do: "volume", by: -0.1 };
    case "<":
      return { do: "speed", step: -1 };
    case ">":
      return { do: "speed", step: 1 };
    case "m":
      return { do: "mute" };
    case "c":
      return { do: "captions" };
    case "f":
      return { do: "fullscreen" };
    default:
      return null;
  }
}

/** The next of the offered speeds from the present one, which may lie between two of them. */
export function nextSpeed(now: number, step: 1 | -1): number {
  const found = step > 0 ? SPEEDS.find((s) => s > now) : [...SPEEDS].reverse().find((s) => s < now);
  return found ?? now;
}

/**
 * Listens while the focus is inside the player, and only then: letters typed elsewhere are nobody's command
 * (WCAG 2.1.4).
 */
export function listen(frame: HTMLElement, video: HTMLVideoElement): void {
  frame.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented) return;
    const at = event.composedPath()[0] as HTMLElement;
    if (ownsKey(at, event.key)) return;
    const deed = deedOf(event.key);
    if (!deed) return;
    event.preventDefault();
    perform(deed, video, frame);
  });
}

// A button is pressed by the space bar, a slider moved and a menu walked through by arrows: theirs, not the film's.
function ownsKey(at: HTMLElement, key: string): boolean {
  for (let element: HTMLElement | null = at; element; element = element.parentElement ?? hostOf(element)) {
    const used = (element as { keysUsed?: readonly string[] }).keysUsed ?? [];
    if (used.includes(key)) return true;
    if (key === " " && (element.matches("button, [role=button]") || element.localName.endsWith("-button"))) return true;
    if (element.matches("input, media-time-range, media-volume-range") && key.startsWith("Arrow")) return true;
    if (element.localName.endsWith("-menu")) return true;
    if (element.localName === "media-controller") return false;
  }
  return false;
}

function hostOf(element: HTMLElement): HTMLElement | null {
  const root = element.getRootNode();
  return root instanceof ShadowRoot ? (root.host as HTMLElement) : null;
}

export function perform(deed: Deed, video: HTMLVideoElement, frame: HTMLElement): void {
  const end = Number.isFinite(video.duration) ? video.duration : Number(frame.dataset["seconds"] ?? 0);
  switch (deed.do) {
    case "toggle":
      if (video.paused) go(video);
      else video.pause();
      break;
    case "seek":
      video.currentTime = Math.min(Math.max(0, video.currentTime + deed.by), end || Infinity);
      break;
    case "part":
      if (end) video.currentTime = end * deed.of;
      break;
    case "volume":
      video.muted = false;
      video.volume = Math.min(1, Math.max(0, video.volume + deed.by));
      break;
    case "speed":
      video.playbackRate = nextSpeed(video.playbackRate, deed.step);
      break;
    case "mute":
      video.muted = !video.muted;
      break;
    case "fullscreen":
      if (document.fullscreenElement) void document.exitFullscreen();
      else ask("mediaenterfullscreenrequest", frame);
      break;
    case "captions":
      ask("mediatogglesubtitlesrequest", frame);
  }
}

// Captions and full screen have state of their own in the controls.
function ask(request: string, frame: HTMLElement): void {
  frame.querySelector("media-controller")?.dispatchEvent(new CustomEvent(request, { bubbles: true, composed: true }));
}
