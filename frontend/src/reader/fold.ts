/** A text as it is searched in: its i-th unit stands in the source from `starts[i]` to `ends[i]`. */
export interface Folded {
  text: string;
  starts: number[];
  ends: number[];
}

// Chinese is written without spaces: one that stands beside a Han character or its punctuation is a line's end or a
// typesetter's gap, and no border of a word.
const HAN = /[\u2e80-\u2fdf\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef\ud840-\ud88f]/;
const SPACE = /[\s\u0000]/;
const NOTHING = /[\u00ad\u200b-\u200d\u2060\ufeff]/; // soft hyphens, joiners and the like

/**
 * The text with wide and narrow letters alike, small and capital alike, and spaces kept only between words that need
 * them, so that «ＡＢ１２», "ab12" and a word broken over two lines are all found.
 */
export function fold(source: string): Folded {
  const starts: number[] = [];
  const ends: number[] = [];
  let text = "";
  let last = "";
  let gap = -1;
  for (let i = 0; i < source.length; ) {
    const letter = String.fromCodePoint(source.codePointAt(i) ?? 0);
    if (SPACE.test(letter)) {
      if (gap < 0) gap = i;
    } else if (!NOTHING.test(letter)) {
      if (gap >= 0 && last && !HAN.test(last) && !HAN.test(letter)) {
        text += " ";
        starts.push(gap);
        ends.push(i);
      }
      for (const unit of letter.normalize("NFKC").toLowerCase().split("")) {
        text += unit;
        starts.push(i);
        ends.push(i + letter.length);
      }
      last = letter;
      gap = -1;
    }
    i += letter.length;
  }
  return { text, starts, ends };
}

/** Where `query` stands in a folded text, as [start, end) of the source; the finds do not overlap. */
export function places(folded: Folded, query: string): [start: number, end: number][] {
  const wanted = fold(query).text;
  const found: [number, number][] = [];
  if (!wanted) return found;
  for (let from = folded.text.indexOf(wanted); from >= 0; from = folded.text.indexOf(wanted, from + wanted.length)) {
    found.push([folded.starts[from] ?? 0, folded.ends[from + wanted.length - 1] ?? 0]);
  }
  return found;
}
