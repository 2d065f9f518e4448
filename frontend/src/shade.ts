// Light or dark by the reader's choice, before anything is painted: a page that turned over afterwards would flash.
// Loaded in the head without `defer`, so it waits for the styles and the body waits for it; a choice is rare, and
// without one nothing happens here. Nothing is exported: it runs as a plain script.
//
//     document.dispatchEvent(new CustomEvent("shade", { detail: "dark" }))   "light", "dark", or "" for the device's
(() => {
  const ASKED = "(prefers-color-scheme: dark)";
  const turned = new Map<MediaList, string>(); // what was turned, and how it stood before

  const turn = (media: MediaList, shade: string) => {
    const before = turned.get(media) ?? media.mediaText;
    if (!before.includes("prefers-color-scheme")) return;
    turned.set(media, before);
    const always = "(min-width: 0px)";
    const never = "(max-width: 0px)";
    media.mediaText = shade
      ? before
          .replace(ASKED, shade === "dark" ? always : never)
          .replace("(prefers-color-scheme: light)", shade === "light" ? always : never)
      : before;
  };

  const walk = (rules: CSSRuleList, shade: string) => {
    for (const rule of rules) {
      if (!(rule instanceof CSSMediaRule)) continue;
      turn(rule.media, shade);
      walk(rule.cssRules, shade);
    }
  };

  const paint = (shade: string) => {
    for (const sheet of document.styleSheets) {
      try {
        walk(sheet.cssRules, shade);
      } catch {
        // a sheet of a browser's extension, which is not ours to read
      }
    }
    document.documentElement.style.colorScheme = shade;
    for (const colour of document.querySelectorAll<HTMLMetaElement>('meta[name="theme-color"]')) {
      colour.dataset["was"] ??= colour.media;
      const own = colour.dataset["was"].includes("dark") ? "dark" : "light";
      colour.media = shade ? (own === shade ? "all" : "not all") : colour.dataset["was"];
    }
  };

  let kept: string | null = null;
  try {
    kept = localStorage.getItem("smartedu.shade");
  } catch {
    // storage may be forbidden: then it is as the device has it
  }
  if (kept === "light" || kept === "dark") paint(kept);
  document.addEventListener("shade", (event) => paint((event as CustomEvent<string>).detail));
})();
