// Browsers have no list of a film's qualities yet; the controls read one from `video.videoRenditions` where it is
// found. This is the smallest such list over the levels of hls.js.

export interface Level {
  width: number;
  height: number;
  bitrate: number;
}

export interface Quality extends Level {
  id: string;
  src: string;
}

export class Qualities extends EventTarget implements Iterable<Quality> {
  private list: Quality[] = [];
  private chosen = -1;

  /** `choose` is told the level's index, or -1 for «as the line allows». */
  constructor(private readonly choose: (level: number) => void) {
    super();
  }

  [Symbol.iterator](): Iterator<Quality> {
    return this.list[Symbol.iterator]();
  }

  get length(): number {
    return this.list.length;
  }

  get selectedIndex(): number {
    return this.chosen;
  }

  set selectedIndex(index: number) {
    if (index === this.chosen) return;
    this.chosen = index;
    this.choose(index);
    this.dispatchEvent(new Event("change"));
  }

  /** Levels as hls.js names them, in its order. */
  fill(levels: readonly Level[]): void {
    this.list = levels.map(({ width, height, bitrate }, i) => ({ id: String(i), src: "", width, height, bitrate }));
    // The controls ask for `videoRenditions[selectedIndex]`.
    this.list.forEach((quality, i) => Object.defineProperty(this, i, { value: quality, configurable: true }));
    this.dispatchEvent(new Event("addrendition"));
  }
}
