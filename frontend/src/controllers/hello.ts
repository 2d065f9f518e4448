interface Hello {
  signed_in: boolean;
  name: string;
}

/**
 * Slips the name of who is signed in into a page that is the same bytes for everybody.
 *
 *     <a href="/zh/sign-in" data-controller="hello" data-from="/me/hello" data-me="/zh/me"><span>Sign in</span></a>
 */
export async function hello(link: HTMLElement): Promise<void> {
  const { from, me } = link.dataset;
  const word = link.querySelector("span");
  if (!from || !me || !word) return;
  const answer = await fetch(from, { credentials: "same-origin", headers: { Accept: "application/json" } });
  if (!answer.ok) return;
  const who = (await answer.json()) as Hello;
  if (!who.signed_in) return;
  word.textContent = who.name;
  word.dataset["name"] = "";
  link.setAttribute("href", me);
}
