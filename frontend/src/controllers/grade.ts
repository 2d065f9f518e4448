import { showPresent } from "./present";

const KEPT = "smartedu.grade";

/**
 * Keeps the grade that was last chosen on this device, and shows its lessons on a home page that names no grade. What
 * is chosen stands in the address, so nothing is asked of the reader and nothing is told to anybody.
 *
 *     <section id="today" data-controller="grade" data-grade="grade-7">…</section>
 */
export async function grade(section: HTMLElement): Promise<void> {
  const chosen = section.dataset["grade"];
  if (chosen) {
    keep(chosen);
    return;
  }
  const last = kept();
  if (!last) return;
  const answer = await fetch(`${location.pathname}?grade=${encodeURIComponent(last)}`, { credentials: "omit" });
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const found = page.getElementById(section.id);
  if (!found?.dataset["grade"]) return;
  section.replaceChildren(...[...found.childNodes].map((node) => document.importNode(node, true)));
  const grades = section.querySelector("nav");
  if (grades) showPresent(grades);
}

function kept(): string | null {
  try {
    return localStorage.getItem(KEPT);
  } catch {
    return null; // storage can be refused
  }
}

function keep(grade: string): void {
  try {
    localStorage.setItem(KEPT, grade);
  } catch {
    // then it is not kept
  }
}
