import { describe, expect, test } from "vitest";
import { fold, places } from "./fold";

const found = (text: string, query: string) => places(fold(text), query).map(([start, end]) => text.slice(start, end));

describe("looking for words in a page", () => {
  test("finds Chinese without borders of words, over the end of a line", () => {
    expect(found("直角三角形的勾股\n定理是这样的。", "勾股定理")).toEqual(["勾股\n定理"]);
    expect(found("勾 股 定 理", "勾股定理")).toEqual(["勾 股 定 理"]);
  });

  test("takes wide and narrow, small and capital letters for the same", () => {
    expect(found("第１２页ＡＢＣ", "12页abc")).toEqual(["１２页ＡＢＣ"]);
    expect(found("你好，世界", "你好,世界")).toEqual(["你好，世界"]);
  });

  test("keeps English words apart", () => {
    expect(found("to get her\nhome", "together")).toEqual([]);
    expect(found("to get her\nhome", "Her  home")).toEqual(["her\nhome"]);
  });

  test("finds every place, each once", () => {
    expect(places(fold("哈哈哈哈哈"), "哈哈")).toEqual([[0, 2], [2, 4]]);
    expect(places(fold("光合作用"), " ")).toEqual([]);
    expect(places(fold(""), "光")).toEqual([]);
  });

  test("leads back to the source over letters that grow when they are folded", () => {
    expect(found("㎏ 与 ﬁsh", "fish")).toEqual(["ﬁ" + "sh"]);
    expect(found("𠮷野家在这里", "野家")).toEqual(["野家"]);
    expect(found("在𠮷 里", "在𠮷")).toEqual(["在𠮷"]);
  });
});
