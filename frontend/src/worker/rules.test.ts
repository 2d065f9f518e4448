import { describe, expect, test } from "vitest";
import { filesOf, languageOf, mayKeep, treatmentOf, withNote } from "./rules";

const ORIGIN = "https://edu.example.cn";
const asked = (path: string, mode = "navigate", method = "GET") => ({ url: new URL(path, ORIGIN).href, mode, method });

describe("what the service worker touches", () => {
  test.each([
    ["/zh/", "page"],
    ["/en/lessons/abc?x=1", "page"],
    ["/zh/member-schools", "page"],
    ["/zh/me", "none"],
    ["/zh/me/books", "none"],
    ["/en/sign-in", "none"],
    ["/me/hello", "none"],
    ["/api/v1/lessons", "none"],
    ["/media/files/a.mp4", "none"],
    ["/packages/abc.zip", "none"],
    ["/readyz", "none"],
    ["https://other.example/zh/", "none"],
  ])("a visit to %s: %s", (path, treatment) => {
    expect(treatmentOf(asked(path), ORIGIN)).toBe(treatment);
  });

  test("built files are kept, whoever asks; nothing that is sent is touched", () => {
    expect(treatmentOf(asked("/static/build/assets/main-x.css", "no-cors"), ORIGIN)).toBe("file");
    expect(treatmentOf(asked("/static/build/pdfjs-5/cmaps/a.bcmap", "cors"), ORIGIN)).toBe("none");
    expect(treatmentOf(asked("/zh/search", "cors"), ORIGIN)).toBe("none");
    expect(treatmentOf(asked("/zh/", "navigate", "POST"), ORIGIN)).toBe("none");
  });
});

test("only what is the same for everybody is kept", () => {
  const kept = (control: string, type = "text/html; charset=utf-8") =>
    mayKeep(200, false, new Headers({ "cache-control": control, "content-type": type }));
  expect(kept("public, max-age=0, s-maxage=30")).toBe(true);
  expect(kept("private, no-store")).toBe(false);
  expect(kept("")).toBe(false);
  expect(kept("public", "application/pdf")).toBe(false);
  const headers = new Headers({ "cache-control": "public", "content-type": "text/html" });
  expect([mayKeep(404, false, headers), mayKeep(200, true, headers)]).toEqual([false, false]);
});

test("a page names its files", () => {
  const html = '<link href="/static/build/assets/main-a_1.css"><script src="/static/build/assets/main-b.js"></script>';
  expect(filesOf(html + html)).toEqual(["/static/build/assets/main-a_1.css", "/static/build/assets/main-b.js"]);
});

test("a page seen again says so, in its language", () => {
  const page = '<body><main id="main" tabindex="-1"><h1>x</h1></main></body>';
  expect(withNote(page, "/en/", null)).toContain('tabindex="-1"><p class="offline-note" role="status">You are offline');
  expect(withNote(page, "/zh/", "Tue, 01 Sep 2026 00:00:00 GMT")).toMatch(/这是9月1日\s?\d\d:00 看到的页面/);
  expect(withNote("<p>odd", "/zh/", "never")).toBe("<p>odd");
  expect([languageOf("/en/"), languageOf("/zh/"), languageOf("/")]).toEqual(["en", "zh", "zh"]);
});
