/** What the player says, written in both languages; the server's pages have theirs in the catalogue. */
export interface Words {
  language: "zh-CN" | "en";
  goingOnFrom: (time: string) => string;
  fromTheStart: string;
  jumpTo: (time: string) => string;
  trouble: string;
  speed: string;
  quality: string;
  captions: string;
  keys: string;
  keyList: readonly (readonly [keys: readonly string[], what: string])[];
}

const zh: Words = {
  language: "zh-CN",
  goingOnFrom: (time) => `上次看到 ${time}，从这里继续。`,
  fromTheStart: "从头看",
  jumpTo: (time) => `跳到 ${time}`,
  trouble: "视频断了。请看看网络是否连着；连上以后再按播放，会从断开的地方接着放。",
  speed: "播放速度",
  quality: "清晰度",
  captions: "字幕",
  keys: "键盘操作",
  keyList: [
    [["空格", "K"], "播放或暂停"],
    [["←", "→"], "后退或前进 5 秒"],
    [["J", "L"], "后退或前进 10 秒"],
    [["↑", "↓"], "音量加减"],
    [["0", "9"], "跳到开头至九成处"],
    [["<", ">"], "放慢或加快"],
    [["C"], "字幕开关"],
    [["M"], "静音"],
    [["F"], "全屏"],
  ],
};

const en: Words = {
  language: "en",
  goingOnFrom: (time) => `You left off at ${time}; it goes on from there.`,
  fromTheStart: "Play from the start",
  jumpTo: (time) => `Jump to ${time}`,
  trouble: "The film broke off. Check that you are online, then press play: it goes on where it stopped.",
  speed: "Speed",
  quality: "Picture quality",
  captions: "Captions",
  keys: "Keyboard",
  keyList: [
    [["Space", "K"], "play or pause"],
    [["←", "→"], "5 seconds back or on"],
    [["J", "L"], "10 seconds back or on"],
    [["↑", "↓"], "louder or softer"],
    [["0", "9"], "jump to a tenth of the film"],
    [["<", ">"], "slower or faster"],
    [["C"], "captions on or off"],
    [["M"], "sound on or off"],
    [["F"], "full screen"],
  ],
};

/** The words for a page's language tag; Chinese unless the page is English. */
export function wordsOf(language: string): Words {
  return language.startsWith("en") ? en : zh;
}

/** A position as the player shows it: 0:07, 1:23, 1:02:03. */
export function clock(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const two = (n: number) => String(n).padStart(2, "0");
  const [h, m, s] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  return h ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}
