/**
 * Tells the library that a search found nothing, once a visit: the words and the page's language, nothing of who asks.
 * What is said beneath is shown when it has been told.
 *
 *     <p data-controller="gap" data-to="/gaps" data-words="恐龙" data-language="zh"><span hidden>…</span></p>
 */
export async function tellGap(line: HTMLElement): Promise<void> {
  const { to, words, language } = line.dataset;
  const said = line.querySelector("span");
  if (!to || !words || !said) return;
  if (!told(words)) {
    const answer = await fetch(to, {
      method: "POST",
      body: JSON.stringify({ words, language }),
      headers: { "Content-Type": "application/json" },
      credentials: "omit",
      keepalive: true, // it arrives even when the reader has gone on
    });
    if (!answer.ok) return;
    keep(words);
  }
  said.hidden = false;
}

const KEY = "smartedu.gaps";

function told(words: string): boolean {
  try {
    return (sessionStorage.getItem(KEY) ?? "").split("\n").includes(words);
  } catch {
    return false; // storage can be refused; the server counts the same words of an address once an hour
  }
}

function keep(words: string): void {
  try {
    const all = [...(sessionStorage.getItem(KEY) ?? "").split("\n").filter(Boolean), words];
    sessionStorage.setItem(KEY, all.slice(-50).join("\n"));
  } catch {
    // then it is told again
  }
}
