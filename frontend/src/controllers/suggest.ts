interface Suggestion {
  text: string;
  lang: string;
  from: number;
  to: number;
  hint: string;
  url: string;
}

const PAUSE_MS = 120; // between two strokes of a quick typist; shorter asks for what nobody reads
const REMEMBERED = 50;

/**
 * Suggestions under a search line while one types: a combobox with a list (WAI-ARIA 1.2). Without a script, offline or
 * when the server is slow the line is what it always was.
 *
 *     <form data-controller="suggest" data-from="/zh/suggest" data-name="Suggestions" data-told="Suggestions below">
 *       <input type="search" name="q">
 *     </form>
 */
export function suggest(form: HTMLElement): void {
  const input = form.querySelector<HTMLInputElement>("input[name=q]");
  const from = form.dataset["from"];
  if (!input || !from) return;
  const known = new Map<string, Suggestion[]>();
  const list = document.createElement("ul");
  const status = document.createElement("span");
  let asking: AbortController | undefined;
  let pause: ReturnType<typeof setTimeout> | undefined;
  let shown: Suggestion[] = [];
  let active = -1;

  list.className = "suggest";
  list.id = `${input.id || "q"}-suggest`;
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", form.dataset["name"] ?? "");
  status.className = "unseen";
  status.setAttribute("role", "status");
  form.append(list, status);
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-controls", list.id);
  close();

  function close(): void {
    clearTimeout(pause);
    asking?.abort();
    list.hidden = true;
    status.textContent = "";
    input!.setAttribute("aria-expanded", "false");
    choose(-1);
  }

  function open(suggestions: Suggestion[]): void {
    shown = suggestions;
    choose(-1);
    list.replaceChildren(...suggestions.map(option));
    list.hidden = suggestions.length === 0;
    input!.setAttribute("aria-expanded", String(!list.hidden));
    status.textContent = list.hidden ? "" : (form.dataset["told"] ?? "");
  }

  function option(one: Suggestion, at: number): HTMLElement {
    const item = document.createElement("li");
    const words = document.createElement("span");
    const typed = document.createElement("b");
    const hint = document.createElement("small");
    item.id = `${list.id}-${at}`;
    item.setAttribute("role", "option");
    item.setAttribute("aria-selected", "false");
    words.lang = one.lang;
    typed.textContent = one.text.slice(one.from, one.to);
    words.append(one.text.slice(0, one.from), typed, one.text.slice(one.to));
    hint.textContent = one.hint;
    item.append(words, hint);
    item.addEventListener("click", () => location.assign(one.url));
    return item;
  }

  function choose(at: number): void {
    list.children[active]?.setAttribute("aria-selected", "false");
    active = at;
    const item = list.children[active];
    item?.setAttribute("aria-selected", "true");
    item?.scrollIntoView?.({ block: "nearest" });
    if (item) input!.setAttribute("aria-activedescendant", item.id);
    else input!.removeAttribute("aria-activedescendant");
  }

  async function ask(): Promise<void> {
    const typed = input!.value.trim();
    if (!typed || !navigator.onLine) return close();
    let found = known.get(typed);
    if (!found) {
      asking?.abort();
      asking = new AbortController();
      try {
        const answer = await fetch(`${from}?q=${encodeURIComponent(typed)}`, {
          signal: asking.signal,
          credentials: "omit",
        });
        if (!answer.ok) return close();
        found = ((await answer.json()) as { suggestions: Suggestion[] }).suggestions;
      } catch {
        return; // more was typed, or the line is down: not worth a word
      }
      known.set(typed, found);
      if (known.size > REMEMBERED) known.delete(known.keys().next().value as string);
    }
    if (input!.value.trim() === typed && document.activeElement === input) open(found);
  }

  input.addEventListener("input", (event) => {
    clearTimeout(pause);
    // While an input method composes, its letters are not yet what is meant.
    if (!(event as InputEvent).isComposing) pause = setTimeout(ask, PAUSE_MS);
  });
  input.addEventListener("compositionend", () => {
    clearTimeout(pause);
    pause = setTimeout(ask, PAUSE_MS);
  });
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (list.hidden) {
        if (event.key === "ArrowDown") void ask();
        return;
      }
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      const places = shown.length + 1; // one of them is the line itself
      choose(((active + 1 + step + places) % places) - 1);
    } else if (event.key === "Escape" && !list.hidden) {
      event.preventDefault(); // the first Escape takes the list away, the next one the words
      close();
    } else if (event.key === "Enter" && active >= 0) {
      event.preventDefault();
      location.assign(shown[active]!.url);
    } else if (event.key === "Tab") close();
  });
  input.addEventListener("blur", close);
  list.addEventListener("pointerdown", (event) => event.preventDefault()); // the line keeps the focus
  form.addEventListener("submit", close);
}
