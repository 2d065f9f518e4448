"""What can be wrong with a feed file, said with its place in both languages."""

import re
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class FeedProblem:
    """One thing that is wrong: `file`, `where` in it (record and field), and what to do, in Chinese and English."""

    code: str
    file: str
    where: str
    zh: str
    en: str

    @property
    def place(self) -> str:
        """File and place in one line."""
        return f"{self.file}, {self.where}" if self.where else self.file

    @property
    def text(self) -> str:
        """Place and sentence in both languages."""
        return f"{self.place}: {self.zh} {self.en}"


class FeedError(Exception):
    """A file of the feed is broken; `problems` are all that were found, in the order of the file."""

    def __init__(self, problems: Sequence[FeedProblem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(problem.text for problem in self.problems[:5]))


_TYPES = {
    "str": "文本",
    "int": "整数",
    "float": "小数",
    "bool": "真假值",
    "array": "列表",
    "object": "对象",
    "null": "空值",
}
_EXPECTED = re.compile(r"Expected `([^`]+)`, got `([^`]+)`")
_MISSING = re.compile(r"Object missing required field `([^`]+)`")
_PATH = re.compile(r"^(?P<what>.*?)(?: - at `\$\.?(?P<path>.*)`)?$", re.DOTALL)


def from_validation(file: str, message: str, where: str) -> FeedProblem:
    """The problem behind a decoder's validation message; `where` is the place of the value that was decoded."""
    split = _PATH.match(message)
    assert split is not None
    what, path = split["what"], split["path"] or ""
    missing = _MISSING.search(what)
    expected = _EXPECTED.search(what)
    if missing:
        path = f"{path}.{missing[1]}" if path else missing[1]
        zh, en = "缺少这个字段", "this field is missing"
    elif expected:
        kinds = " 或 ".join(_TYPES.get(kind.strip(), kind.strip()) for kind in expected[1].split("|"))
        zh = f"应为{kinds}，却是{_TYPES.get(expected[2], expected[2])}"
        en = f"expected {expected[1].replace(' | ', ' or ')}, found {expected[2]}"
    else:
        zh, en = f"值不合规定（{what}）", f"the value is not allowed ({what})"
    return FeedProblem(
        "wrong-type",
        file,
        ", ".join(part for part in (where, path) if part),
        f"{zh}。请重新获取这个文件。",
        f"{en[0].upper()}{en[1:]}. Fetch this file again.",
    )
