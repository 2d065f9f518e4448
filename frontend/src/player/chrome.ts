import { setLanguage } from "media-chrome/dist/utils/i18n.js";
import "media-chrome/lang/zh-CN.js";
import "media-chrome/media-control-bar.js";
import "media-chrome/media-controller.js";
import "media-chrome/media-error-dialog.js";
import "media-chrome/media-fullscreen-button.js";
import "media-chrome/media-loading-indicator.js";
import "media-chrome/media-mute-button.js";
import "media-chrome/media-play-button.js";
import "media-chrome/media-time-display.js";
import "media-chrome/media-time-range.js";
import "media-chrome/media-volume-range.js";
import "media-chrome/menu/media-captions-menu-button.js";
import "media-chrome/menu/media-captions-menu.js";
import "media-chrome/menu/media-chrome-menu-item.js";
import "media-chrome/menu/media-playback-rate-menu-button.js";
import "media-chrome/menu/media-playback-rate-menu.js";
import "media-chrome/menu/media-rendition-menu-button.js";
import "media-chrome/menu/media-rendition-menu.js";
import "./chrome.css";
import { SPEEDS } from "./keys";
import { nameBySight } from "./seen";
import type { Words } from "./words";

/** Puts the controls around the film. The film keeps playing in the same element. */
export function build(frame: HTMLElement, video: HTMLVideoElement, seconds: number, words: Words): void {
  setLanguage(words.language);
  const controller = document.createElement("media-controller");
  // Our own keys (keys.ts) know 0-9 and speeds; two listeners would do everything twice.
  controller.setAttribute("nohotkeys", "");
  controller.setAttribute("lang", words.language);
  if (seconds) controller.setAttribute("defaultduration", String(seconds));
  frame.prepend(controller); // its parts look for styles that exist only in the page
  controller.innerHTML = `
    <media-loading-indicator slot="centered-chrome" noautohide loadingdelay="400"></media-loading-indicator>
    <media-play-button class="player__large" slot="centered-chrome" notooltip></media-play-button>
    <media-error-dialog slot="dialog"></media-error-dialog>
    <media-playback-rate-menu hidden anchor="auto" rates="${SPEEDS.join(" ")}"><span slot="header">${words.speed}</span></media-playback-rate-menu>
    <media-captions-menu hidden anchor="auto"><span slot="header">${words.captions}</span></media-captions-menu>
    <media-rendition-menu hidden anchor="auto"><span slot="header">${words.quality}</span></media-rendition-menu>
    <media-time-range></media-time-range>
    <media-control-bar>
      <media-play-button></media-play-button>
      <media-mute-button></media-mute-button>
      <media-volume-range class="player__wide"></media-volume-range>
      <media-time-display showduration notoggle aria-hidden="true"></media-time-display>
      <span class="player__space"></span>
      <media-playback-rate-menu-button></media-playback-rate-menu-button>
      <media-captions-menu-button></media-captions-menu-button>
      <media-rendition-menu-button></media-rendition-menu-button>
      <media-fullscreen-button></media-fullscreen-button>
    </media-control-bar>`;
  video.slot = "media";
  video.controls = false;
  controller.prepend(video);
  keepFocus(controller, video);
  // The time is told by the time range, which can be focused; the figures beside it are for the eye.
  const rate = controller.querySelector<HTMLElement>("media-playback-rate-menu-button");
  if (rate) nameBySight(rate, () => `${rate.getAttribute("mediaplaybackrate") ?? "1"}x`);
}

// The large button goes away when it is pressed, and takes the focus with it: then the controls as a whole take it over,
// so that its keys go on working.
function keepFocus(controller: HTMLElement, video: HTMLVideoElement): void {
  controller.tabIndex = 0; // never -1: Tab would then pass over every control inside
  const take = () => {
    const at = document.activeElement;
    if (!at || at === document.body || at.matches(".player__large")) controller.focus({ preventScroll: true });
  };
  video.addEventListener("play", take);
}
