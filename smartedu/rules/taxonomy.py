"""The curriculum's levels: what the names of stages, grades, editions and volumes mean, and how they sort.

Names are read, never guessed from addresses or ids: the national catalogue writes the same thing in several ways
(人教A版 and 人教版（A版）, 高一 and 高一年级), and other provinces' catalogues will add their own. A name that no rule
understands stays what it is; nothing here refuses a name.
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType


class View(StrEnum):
    """The two ways the same levels are walked down."""

    LESSONS = "lessons"
    E_TEXTBOOKS = "e-textbooks"


LEVELS: Mapping[View, tuple[str, ...]] = MappingProxyType(
    {
        View.LESSONS: ("stage", "grade", "subject", "edition", "volume", "revision"),
        View.E_TEXTBOOKS: ("stage", "subject", "edition", "grade", "volume", "revision"),
    }
)
"""The order of the levels in each view (lessons are sought by class, books by subject)."""

SIX_THREE = "6-3"
FIVE_FOUR = "5-4"
_STAGES = {"小学": "primary", "初中": "junior", "高中": "senior", "特殊教育": "special"}
_SPLIT_BY_SYSTEM = ("primary", "junior")

FIRST_GRADE, LAST_GRADE = 1, 12
_DIGITS = {digit: value for value, digit in enumerate("一二三四五六七八九十", start=1)} | {
    "十一": 11,
    "十二": 12,
}
_NUMBER = "十[一二]?|[一二三四五六七八九]|1[0-2]|[1-9]"
_GRADES = re.compile(rf"({_NUMBER})(?:年级)?(?:[至到\-–—~～、]({_NUMBER}))?年级")
_SENIOR_YEAR = re.compile(r"(初|高)([一二三123])(?:年级)?")


@dataclass(frozen=True)
class StageName:
    """A stage's code, and which school system the name means: "6-3", "5-4", or "" where stages are not split."""

    stage: str
    system: str


@dataclass(frozen=True)
class EditionName:
    """An edition's name taken apart: 外研社版（一年级起点）（主编：陈琳） is 外研社版, from grade 1, edited by 陈琳.

    `notes` are the other marks of the name in order (PEP, 五线谱, A版); `companion` is an atlas made for the edition
    of another book (配套人教版).
    """

    base: str
    editors: tuple[str, ...] = ()
    start_grade: int | None = None
    notes: tuple[str, ...] = ()
    companion: bool = False

    @property
    def plain(self) -> bool:
        """Whether the name says nothing but the publisher's short name."""
        return not (self.editors or self.start_grade or self.notes or self.companion)


class VolumeGroup(StrEnum):
    """The kinds of volume names, in the order of a school life."""

    PLAIN = "plain"
    LEVEL = "level"
    SENIOR_YEAR = "senior-year"
    COMPULSORY = "compulsory"
    SELECTIVE = "selective"
    OTHER = "other"


@dataclass(frozen=True)
class VolumeName:
    """A volume's name taken apart; 0 or "" where the name does not say.

    `number` is the book's number in its group, `half` 上 中 下 or 全 (a year in one book), `topic` the free text that
    belongs to one subject (音乐鉴赏), `grade` the school year a senior volume names (高二 is 11).
    """

    name: str
    group: VolumeGroup
    grade: int = 0
    number: int = 0
    half: str = ""
    topic: str = ""


def tidy(name: str) -> str:
    """A name as we write it: one kind of bracket and of ampersand, no stray spaces.

    >>> tidy("外研社版(主编：张祖春） ")
    '外研社版（主编：张祖春）'
    """
    text = " ".join(unicodedata.normalize("NFC", name).replace("\ufeff", "").replace("\u200b", "").split())
    text = text.translate({ord("("): "（", ord(")"): "）", ord("＆"): "&", ord("•"): "•", ord("・"): "·"})
    return re.sub(r"\s*([（）：、，&])\s*", r"\1", text)


def parse_stage(name: str) -> StageName | None:
    """Read a stage; 小学（五•四学制） is primary school of the 5+4 system. None where the name is no stage we know."""
    text = tidy(name)
    plain = re.sub(r"（?五.?四学?制）?", "", text)
    stage = _STAGES.get(plain)
    if stage is None:
        return None
    if plain != text:
        return StageName(stage, FIVE_FOUR)
    return StageName(stage, SIX_THREE if stage in _SPLIT_BY_SYSTEM else "")


def parse_grades(name: str) -> frozenset[int]:
    """The school years a name spans, 1 to 12: 五至六年级 is {5, 6}, 高一 is {10}.

    Empty where the name is no grade (中国历史, 学生读本): that is a strand, to be kept beside the grades.
    """
    text = tidy(name).replace(" ", "")
    year = _SENIOR_YEAR.fullmatch(text)
    if year:
        return frozenset({_number(year[2]) + (6 if year[1] == "初" else 9)})
    span = _GRADES.fullmatch(text)
    if not span:
        return frozenset()
    first = _number(span[1])
    last = _number(span[2]) if span[2] else first
    return frozenset(range(first, last + 1)) if first <= last else frozenset()


GRADES_OF_STAGE: Mapping[str, range] = MappingProxyType(
    {"primary": range(1, 7), "junior": range(6, 10), "senior": range(10, 13), "special": range(1, 13)}
)
"""The school years of each stage in both systems together: year six is junior school in the 5+4 system."""


def grades_fit(stage: str, grades: Iterable[int]) -> bool:
    """Whether school years belong to a stage; a stage that we do not know fits any."""
    return set(grades) <= set(GRADES_OF_STAGE.get(stage, range(FIRST_GRADE, LAST_GRADE + 1)))


def grade_code(grade: int) -> str:
    """The code of a grade's tag. Raises ValueError outside 1 to 12."""
    if not FIRST_GRADE <= grade <= LAST_GRADE:
        raise ValueError(f"no such grade: {grade}")
    return f"grade-{grade}"


_EDITORS = re.compile(r"（主编：([^（）]*)）")
_START = re.compile(r"（?([一三])年级起点）?")
_NOTE = re.compile(r"（([^（）]*)）")
_LETTERED = re.compile(r"(.+?)([A-Z])版")


def parse_edition(name: str) -> EditionName:
    """Take an edition's name apart. Every name has a reading; one without marks is its own base."""
    text = tidy(name)
    editors: tuple[str, ...] = ()
    named = _EDITORS.search(text)
    if named:
        editors = tuple(part for part in re.split(r"[&、，,]", named[1]) if part)
        text = text[: named.start()] + text[named.end() :]
    start = _START.search(text)
    if start:
        text = text[: start.start()] + text[start.end() :]
    notes = tuple(note for note in _NOTE.findall(text) if note)
    text = _NOTE.sub("", text).strip()
    companion = text.startswith("配套") and len(text) > 2
    if companion:
        text = text.removeprefix("配套")
    lettered = _LETTERED.fullmatch(text)
    if lettered:
        text, notes = f"{lettered[1]}版", (f"{lettered[2]}版", *notes)
    return EditionName(
        base=text or tidy(name),
        editors=editors,
        start_grade=_number(start[1]) if start else None,
        notes=notes,
        companion=companion,
    )


_REQUIRED = re.compile(
    r"(选择性必修|必修)\s*(?:第([一二三四五六七八九十])册|([一二三四五六七八九十](?!\S)|\d{1,2}(?!\d)))?"
    r"\s*(?:([上中下])册|(全)一册)?\s*(.*)"
)
_PLAIN = re.compile(r"(?:第([一二三四五六七八九十]+)册)|(?:([上中下])册)|(?:全一册(?:（([上下])册?）)?)")
_LEVEL = re.compile(r"水平([一二三四五六])")
_YEAR_VOLUME = re.compile(r"高([一二三])(?:年级)?(?:([上下])册?)?")
_LAST_HALF = re.compile(r"(.*?)(?:（([上中下])册?）|([上中下])册)")


def parse_volume(name: str) -> VolumeName:
    """Take a volume's name apart. Every name has a reading; what no pattern fits is a topic of its own."""
    text = tidy(name)
    plain = _PLAIN.fullmatch(text)
    if plain:
        number = _number(plain[1]) if plain[1] else 0
        half = plain[2] or plain[3] or ("" if plain[1] else "全")
        return VolumeName(text, VolumeGroup.PLAIN, number=number, half=half)
    level = _LEVEL.fullmatch(text)
    if level:
        return VolumeName(text, VolumeGroup.LEVEL, number=_number(level[1]))
    year = _YEAR_VOLUME.fullmatch(text)
    if year:
        return VolumeName(text, VolumeGroup.SENIOR_YEAR, grade=_number(year[1]) + 9, half=year[2] or "")
    required = _REQUIRED.fullmatch(text)
    if required:
        number = _number(required[2] or required[3]) if required[2] or required[3] else 0
        topic, half = _topic_and_half(required[6].strip())
        group = VolumeGroup.SELECTIVE if required[1] == "选择性必修" else VolumeGroup.COMPULSORY
        return VolumeName(text, group, number=number, half=required[4] or required[5] or half, topic=topic)
    topic, half = _topic_and_half(text)
    return VolumeName(text, VolumeGroup.OTHER, half=half, topic=topic)


_HALVES = {"": 0, "上": 1, "中": 2, "下": 3, "全": 4}
SortKey = tuple[int, int, int, str, int, str]


def volume_order(name: str) -> SortKey:
    """A total order of volumes: by group, year, number, topic and half as one works through them, then by name."""
    volume = parse_volume(name)
    return (
        list(VolumeGroup).index(volume.group),
        volume.grade,
        volume.number,
        volume.topic,
        _HALVES[volume.half],
        name,
    )


def course_column(stage: str, system: str) -> str:
    """The code of the column that a textbook of this stage and system, and its lessons, belong to."""
    if system == FIVE_FOUR:
        return "five-four"
    return "special-needs" if stage == "special" else stage


def node_path(names: Iterable[str]) -> str:
    """The path of a node in a browse tree: names joined by "/", a "/" inside a name written "／"."""
    return "/".join(name.replace("/", "／") for name in names)


def made_code(dimension: str, name: str) -> str:
    """A stable code for a tag that our reference does not know: letters of the dimension and of a digest."""
    digest = hashlib.sha256(f"{dimension}\0{tidy(name)}".encode("utf-8", "surrogatepass")).hexdigest()
    return f"{dimension}-{digest[:10]}"


_HALVES_ENGLISH = {"上": "volume 1", "中": "volume 2", "下": "volume 2", "全": "complete in one volume"}
_THREE_VOLUMES = ("选择性必修 下册",)  # Chinese at senior schools: the one series of 上, 中 and 下


def english_volume(name: str, topic: str = "") -> str:
    """The English name of a volume; `topic` is its free text in English. "" where the topic is not known."""
    volume = parse_volume(name)
    if volume.topic and not topic:
        return ""
    half = "volume 3" if volume.name in _THREE_VOLUMES else _HALVES_ENGLISH.get(volume.half, "")
    number = f" {volume.number}" if volume.number else ""
    match volume.group:
        case VolumeGroup.PLAIN:
            words = f"book{number}" if volume.number else half
        case VolumeGroup.LEVEL:
            words = f"level{number}"
        case VolumeGroup.SENIOR_YEAR:
            words = f"senior {volume.grade - 9}" + (f", {half}" if half else "")
        case VolumeGroup.COMPULSORY | VolumeGroup.SELECTIVE:
            kind = "compulsory" if volume.group == VolumeGroup.COMPULSORY else "selective compulsory"
            words = f"{kind}{number}" + (f", {half}" if half and not topic else "")
        case _:
            words = ""
    if topic:
        words = f"{words}: {topic}" if words else topic
        words += f", {half}" if half else ""
    return words[:1].upper() + words[1:]


def english_title(
    *, subject: str, grades: Iterable[int], edition: str, volume: str, strand: str = "", five_four: bool = False
) -> str:
    """A book's English title from the English names of its tags: «Maths, grade 8, volume 2 (… edition)».

    "" where the subject or the edition has no English name: a half-translated title would help nobody.
    """
    if not subject or not edition:
        return ""
    years = sorted(grades)
    spoken = ""
    if years:
        spoken = f"grade {years[0]}" if len(years) == 1 else f"grades {years[0]} to {years[-1]}"
    lower = volume[:1].lower() + volume[1:]
    parts = [subject, spoken, strand, lower, "5+4 system" if five_four else ""]
    press = edition.removesuffix(")").replace(" (", "; ", 1) if edition.endswith(")") else edition
    return ", ".join(part for part in parts if part) + f" ({press})"


def _topic_and_half(text: str) -> tuple[str, str]:
    """Split 艺术与文化（上册） into its topic and its half."""
    half = _LAST_HALF.fullmatch(text)
    return (half[1].strip(), half[2] or half[3]) if half and half[1].strip() else (text, "")


def _number(text: str) -> int:
    return int(text) if text.isascii() else _DIGITS[text]
