import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { grade } from "./grade";

const section = () => document.getElementById("today")!;
const page = (attributes: string, text: string) => `<section id="today"${attributes}><h2>${text}</h2></section>`;

beforeEach(() => localStorage.clear());
afterEach(() => vi.unstubAllGlobals());

const answering = (html: string, status = 200) => {
  const asked: string[] = [];
  vi.stubGlobal("fetch", async (address: string) => {
    asked.push(address);
    return new Response(html, { status });
  });
  return asked;
};

test("a grade in the address is kept, and shown where the address names none", async () => {
  document.body.innerHTML = page(` data-grade="grade-3"`, "三年级");
  const asked = answering(page(` data-grade="grade-3"`, "三年级，今天的课"));
  await grade(section());
  expect(asked).toEqual([]);
  document.body.innerHTML = page("", "七年级");
  await grade(section());
  expect(asked).toEqual([expect.stringContaining("?grade=grade-3")]);
  expect(section().textContent).toBe("三年级，今天的课");
});

test("who has chosen nothing keeps what the page says", async () => {
  document.body.innerHTML = page("", "七年级");
  const asked = answering("");
  await grade(section());
  expect([asked, section().textContent]).toEqual([[], "七年级"]);
});

test("a failing answer, or one that knows no such grade, changes nothing", async () => {
  localStorage.setItem("smartedu.grade", "grade-99");
  document.body.innerHTML = page("", "七年级");
  answering("", 503);
  await grade(section());
  answering(page("", "其他"));
  await grade(section());
  expect(section().textContent).toBe("七年级");
});
