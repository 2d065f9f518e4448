import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { hello } from "./hello";

const link = () => document.querySelector<HTMLElement>("a")!;

beforeEach(() => {
  document.body.innerHTML = `<a href="/zh/sign-in" data-from="/me/hello" data-me="/zh/me"><span>登录</span></a>`;
});
afterEach(() => vi.unstubAllGlobals());

const answering = (body: object, status = 200) =>
  vi.stubGlobal("fetch", async () => new Response(JSON.stringify(body), { status }));

test("a signed-in person finds the own name and page", async () => {
  answering({ signed_in: true, name: "李敏 <b>" });
  await hello(link());
  expect(link().textContent).toBe("李敏 <b>");
  expect(link().getAttribute("href")).toBe("/zh/me");
});

test("a visitor keeps the way to sign in", async () => {
  answering({ signed_in: false, name: "" });
  await hello(link());
  expect(link().textContent).toBe("登录");
});

test("a failing answer changes nothing", async () => {
  answering({}, 503);
  await hello(link());
  expect(link().getAttribute("href")).toBe("/zh/sign-in");
});
