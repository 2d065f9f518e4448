import { beforeEach, expect, test, vi } from "vitest";
import { tellGap } from "./gap";

let sent: unknown[];

beforeEach(() => {
  sent = [];
  sessionStorage.clear();
  document.body.innerHTML =
    '<p data-to="/gaps" data-words="恐龙 化石" data-language="zh"><span hidden>Written down.</span></p>';
});

function server(ok: boolean): void {
  vi.stubGlobal("fetch", async (to: string, how: RequestInit) => {
    sent.push([to, how.method, JSON.parse(String(how.body)), how.credentials]);
    return { ok };
  });
}

const line = () => document.querySelector("p") as HTMLElement;

test("the words are told once a visit, without who asks, and that is said", async () => {
  server(true);
  await tellGap(line());
  expect(sent).toEqual([["/gaps", "POST", { words: "恐龙 化石", language: "zh" }, "omit"]]);
  expect(line().querySelector("span")?.hidden).toBe(false);
  await tellGap(line());
  expect(sent).toHaveLength(1);
});

test("what was not written down is not said to be", async () => {
  server(false);
  await tellGap(line());
  expect(line().querySelector("span")?.hidden).toBe(true);
  await tellGap(line());
  expect(sent).toHaveLength(2);
});
