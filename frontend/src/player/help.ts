import type { Words } from "./words";

/** The list of keys, folded up under the film. */
export function help(words: Words): HTMLDetailsElement {
  const box = document.createElement("details");
  box.className = "keys";
  const rows = words.keyList.map(([keys, what]) => `<dt>${keys.map((k) => `<kbd>${escaped(k)}</kbd>`).join("")}</dt><dd>${what}</dd>`);
  box.innerHTML = `<summary>${words.keys}</summary><dl>${rows.join("")}</dl>`;
  return box;
}

const escaped = (key: string) => key.replace("<", "&lt;").replace(">", "&gt;");
