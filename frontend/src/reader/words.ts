/** What the reader says by itself; its buttons have their words from the server. */
export interface Words {
  opening: (percent: number) => string;
  page: (number: number) => string;
  pageOf: (number: number, count: number) => string;
  goneOn: (number: number) => string;
  fromTheStart: string;
  broken: string;
  lost: string;
  looking: (percent: number) => string;
  found: (number: number, count: number) => string;
  nothing: string;
  pictures: string;
  contents: string;
  pages: string;
}

const zh: Words = {
  opening: (percent) => (percent ? `正在打开，已到 ${percent}%` : "正在打开"),
  page: (number) => `第 ${number} 页`,
  pageOf: (number, count) => `第 ${number} 页，共 ${count} 页`,
  goneOn: (number) => `上次读到第 ${number} 页，从这里继续。`,
  fromTheStart: "从头读",
  broken: "这里打不开这份文件。可以用上面的按钮直接打开或保存它。",
  lost: "这一页没有取到。请看看网络是否连着，再翻回这一页。",
  looking: (percent) => `正在找 ${percent}%`,
  found: (number, count) => `${number} / ${count}`,
  nothing: "没有找到",
  pictures: "这份文件的页面是图片，里面的字查不了。",
  contents: "目录",
  pages: "页面",
};

const en: Words = {
  opening: (percent) => (percent ? `Opening, ${percent} % so far` : "Opening"),
  page: (number) => `Page ${number}`,
  pageOf: (number, count) => `Page ${number} of ${count}`,
  goneOn: (number) => `You left off on page ${number}; it goes on from there.`,
  fromTheStart: "Read from the start",
  broken: "This file cannot be opened here. Use the buttons above to open or save it.",
  lost: "This page did not arrive. Check that you are online, then turn to it again.",
  looking: (percent) => `Looking, ${percent} %`,
  found: (number, count) => `${number} of ${count}`,
  nothing: "Not found",
  pictures: "The pages of this file are pictures, so their words cannot be searched.",
  contents: "Contents",
  pages: "Pages",
};

/** The words for a page's language tag; Chinese unless the page is English. */
export function wordsOf(language: string): Words {
  return language.startsWith("en") ? en : zh;
}
