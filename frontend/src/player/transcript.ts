import { go } from "./go";
import { rove } from "./rove";
import { clock, type Words } from "./words";

/** The index of the line that is spoken at `time`, -1 before the first. `starts` ascend. */
export function lineAt(starts: readonly number[], time: number): number {
  let [low, high] = [0, starts.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((starts[middle] as number) <= time + 0.05) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/**
 * The spoken text follows the film, and a line that is clicked leads the film to it.
 *
 *     <section data-controller="transcript"><div class="transcript__scroll"><details open><ol>
 *       <li data-start="12.5"><span>0:12</span><span>…</span></li>
 */
export function follow(section: HTMLElement, video: HTMLVideoElement, words: Words): void {
  const scroll = section.querySelector<HTMLElement>(".transcript__scroll") ?? section;
  let touched = 0; // whoever scrolls the text themselves is left alone for a while
  for (const name of ["wheel", "touchmove", "keydown"]) {
    scroll.addEventListener(name, () => (touched = Date.now()), { passive: true });
  }
  for (const list of section.querySelectorAll("ol")) {
    const lines = [...list.querySelectorAll<HTMLLIElement>("li[data-start]")];
    const starts = lines.map((line) => Number(line.dataset["start"]));
    rove(list, lines.map((line, i) => clickable(line, starts[i] as number, video, words)));
    let now = -1;
    video.addEventListener("timeupdate", () => {
      const at = video.currentTime > 0 ? lineAt(starts, video.currentTime) : -1;
      if (at === now) return;
      lines[now]?.removeAttribute("aria-current");
      const line = lines[(now = at)];
      if (!line) return;
      line.setAttribute("aria-current", "true");
      if (list.closest("details")?.open !== false && Date.now() - touched > 4000) show(line, scroll);
    });
  }
}

function clickable(line: HTMLLIElement, start: number, video: HTMLVideoElement, words: Words): HTMLButtonElement {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = clock(start);
  button.setAttribute("aria-label", words.jumpTo(clock(start)));
  line.firstElementChild?.replaceWith(button);
  line.dataset["clickable"] = "";
  line.addEventListener("click", () => {
    if (String(getSelection())) return; // someone is marking words to copy
    video.currentTime = start;
    go(video);
  });
  return button;
}

// Moves the text's own box only: the page must not jump under someone who reads on below.
function show(line: HTMLElement, scroll: HTMLElement): void {
  const away = line.getBoundingClientRect().top - scroll.getBoundingClientRect().top;
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  scroll.scrollTo({ top: scroll.scrollTop + away - scroll.clientHeight * 0.4, behavior: still ? "auto" : "smooth" });
}
