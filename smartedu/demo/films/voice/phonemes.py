"""From Chinese and a little English to the signs that the speech model reads.

The signs are IPA with arrows for the four tones. The table of sounds follows the usual phonology of Standard
Chinese (Duanmu, The Phonology of Standard Chinese, 2nd ed., 2007; Lin, The Sounds of Chinese, 2007).
"""

import itertools
import re

INITIALS = {
    "b": "p", "c": "ʦʰ", "ch": "ꭧʰ", "d": "t", "f": "f", "g": "k", "h": "x", "j": "ʨ", "k": "kʰ",
    "l": "l", "m": "m",
    "n": "n", "p": "pʰ", "q": "ʨʰ", "r": "ɻ", "s": "s", "sh": "ʂ", "t": "tʰ", "x": "ɕ", "z": "ʦ",
    "zh": "ꭧ", "": "",
}  # fmt: skip
# «0» stands where the tone is written.
FINALS = {
    "a": "a0", "ai": "ai0", "an": "a0n", "ang": "a0ŋ", "ao": "au0", "e": "ɤ0", "ei": "ei0",
    "en": "ə0n", "eng": "ə0ŋ",
    "er": "ɚ0", "i": "i0", "ia": "ja0", "ian": "jɛ0n", "iang": "ja0ŋ", "iao": "jau0",
    "ie": "je0", "in": "i0n",
    "iou": "jou0", "iu": "jou0", "ing": "i0ŋ", "iong": "jʊ0ŋ", "ong": "ʊ0ŋ", "ou": "ou0",
    "u": "u0", "uei": "wei0",
    "ui": "wei0", "ua": "wa0", "uai": "wai0", "uan": "wa0n", "uen": "wə0n", "un": "wə0n",
    "uang": "wa0ŋ", "ueng": "wə0ŋ",
    "uo": "wo0", "o": "wo0", "v": "y0", "ve": "ɥe0", "van": "ɥɛ0n", "vn": "y0n",
}  # fmt: skip
TONES = {"1": "→", "2": "↗", "3": "↓", "4": "↘", "5": ""}
PAUSES = str.maketrans(
    {"、": ",", "，": ",", "。": ".", "：": ":", "；": ";", "？": "?", "！": "!", "“": " ", "”": " ", "—": ","}
)
# Where a dictionary of words reads a sign otherwise than these films mean it.
READINGS = {
    "跟着数": "gen1 zhe5 shu3", "数一数": "shu3 yi5 shu3", "来数": "lai2 shu3", "种下": "zhong4 xia4",
    "升得": "sheng1 de5",
    "抛得": "pao1 de5", "边长": "bian1 chang2", "白天长": "bai2 tian1 chang2", "长的": "chang2 de5",
    "悠长": "you1 chang2",
    "铺了": "pu1 le5", "分子": "fen1 zi3", "都护府": "du1 hu4 fu3", "太阳转": "tai4 yang2 zhuan4",
    "规律地": "gui1 lv4 de5",
    "划": "hua4", "空出": "kong4 chu1", "还差": "hai2 cha4", "压力差": "ya1 li4 cha1",
    "这个差": "zhe4 ge4 cha1",
    "勾": "gou1", "直角": "zhi2 jiao3", "锐角": "rui4 jiao3", "处的": "chu4 de5",
}  # fmt: skip
FIGURES = "一二三四五六七八九十第之"
ENGLISH = {
    "a": "ə", "eight": "ˈAt", "fifteen": "fˌɪftˈin", "five": "fˈIv", "four": "fˈɔɹ",
    "half": "hˈæf", "is": "ɪz", "it": "ɪt",
    "it's": "ɪts", "nine": "nˈIn", "o'clock": "əklˈɑk", "oh": "ˈO", "past": "pˈæst",
    "quarter": "kwˈɔɹɾəɹ", "seven": "sˈɛvən",
    "six": "sˈɪks", "ten": "tˈɛn", "thirty": "θˈɜɹɾi", "three": "θɹˈi", "time": "tˈIm",
    "to": "tu", "twelve": "twˈɛlv",
    "what": "wˌʌt",
}  # fmt: skip


def syllable(reading: str) -> str:
    """The signs of one syllable given as `zhong1`, the tone as a figure at its end. Raises KeyError for no syllable."""
    sound, tone = reading[:-1].replace("ü", "v"), TONES[reading[-1]]
    found = re.match(r"(zh|ch|sh|[bpmfdtnlgkhjqxrzcs])?(.*)$", sound)
    assert found is not None
    initial, final = found[1] or "", found[2]
    if not initial:
        final = {
            "yu": "v",
            "yue": "ve",
            "yuan": "van",
            "yun": "vn",
            "yi": "i",
            "yin": "in",
            "ying": "ing",
            "wu": "u",
        }.get(final, re.sub("^w", "u", re.sub("^y", "i", final)))
        final = {"iong": "iong", "iou": "iou", "uei": "uei", "uen": "uen"}.get(final, final)
    elif initial in {"j", "q", "x"} and final.startswith("u"):
        final = "v" + final[1:]
    if final == "i" and initial in {"zh", "ch", "sh", "r", "z", "c", "s"}:
        return INITIALS[initial] + "ɨ" + tone
    if final in {"io", "o"} and not initial:
        return "ɔ" + tone
    return INITIALS[initial] + FINALS[final].replace("0", tone)


def readings(text: str) -> list[list[str]]:
    """The words of a Chinese text as syllables with tones, those of 一 and 不 as they are spoken."""
    import rjieba
    from pypinyin import Style, lazy_pinyin

    words: list[list[str]] = []
    for piece in re.split(f"({'|'.join(sorted(READINGS, key=len, reverse=True))})", text):
        if piece in READINGS:
            words.append(READINGS[piece].split())
            continue
        for word in rjieba.cut(piece):
            plain = lazy_pinyin(word, style=Style.TONE3, neutral_tone_with_five=True, tone_sandhi=True)
            words.append([_spoken_one(word, plain, n) for n in range(len(plain))])
    for here, (now, following) in enumerate(itertools.pairwise(words)):
        if now == ["bu4"] and following[0].endswith("4"):
            words[here] = ["bu2"]
    return words


def _spoken_one(word: str, plain: list[str], n: int) -> str:
    """一 within a word: light between two equal signs, rising before a falling tone, falling before the others."""
    if word[n] != "一" or n + 1 == len(word) or word[n + 1] in FIGURES or (n and word[n - 1] in FIGURES):
        return plain[n]
    if n and word[n - 1] == word[n + 1]:
        return "yi5"
    return "yi2" if plain[n + 1][-1] in "45" else "yi4"


def chinese(text: str) -> str:
    """The signs of a Chinese sentence.

    Raises ValueError where it has anything but Chinese signs and their punctuation.
    """
    out: list[str] = []
    for piece in re.findall(r"[一-鿿]+|[^一-鿿]+", text):
        if re.match(r"[一-鿿]", piece):
            out.append(" ".join("".join(syllable(s) for s in word) for word in readings(piece)))
        elif re.search(r"[A-Za-z0-9]", piece):
            raise ValueError(f"write {piece!r} in Chinese signs, in «say» of the line «{text}»")
        else:
            out.append(re.sub(r" +", " ", piece.translate(PAUSES)) + (" " if not piece.endswith("”") else ""))
    return "".join(out).strip()


def english(text: str) -> str:
    """The signs of an English phrase of the films' few words. Raises KeyError for another word."""
    words = [ENGLISH[word] for word in re.findall(r"[a-z']+", text.lower())]
    return " ".join(words) + ("?" if text.endswith("?") else ".")
