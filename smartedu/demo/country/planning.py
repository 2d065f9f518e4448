"""The whole country as frozen values: 452 books with 19,508 lessons, worked out without a database."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from smartedu.demo.books import Book
from smartedu.demo.chance import lot
from smartedu.demo.country import lending
from smartedu.demo.country.editions import habit
from smartedu.demo.country.grammar import TOPIC, Course, Draft, Outline, grown, outline
from smartedu.demo.country.selection import Chosen, base_edition, chosen
from smartedu.demo.country.topics import Vocabulary, vocabulary
from smartedu.demo.country.volumes import first_number, units_of
from smartedu.demo.country.wording import Words, phrases, worded
from smartedu.demo.regions import Region, regions, teachers
from smartedu.library.content import ChapterNode, Credit
from smartedu.library.reference import TextbookFact

BOOKS = 452
EDITIONS = 19
LESSONS = 19_508
FEWEST, MOST = 25, 70
"""How many lessons a book of the national platform has, from the thinnest to the thickest."""
SHEETS = ("courseware", "teaching_design", "task_sheet", "exercises")
AT_HOME = {
    "jsep": "jiangsu", "jsst": "jiangsu", "jsjv": "jiangsu", "yilin": "jiangsu", "hunep": "hunan", "hnfa": "hunan",
    "hnla": "hunan", "hebep": "hebei", "qingdao": "shandong", "sdep": "shandong", "pep-hubep": "hubei",
    "ecnup": "shanghai", "bnup": "beijing",
}  # fmt: skip
"""Where most teachers of an edition live."""

OWN_CURRICULA = ("hong-kong", "macao", "taiwan")
"""Regions whose schools teach by curricula of their own, and what they would share nevertheless."""
SHARED_SUBJECTS = ("english", "music", "fine-arts", "science")


@dataclass(frozen=True)
class PlannedLesson:
    """A lesson to be published: `kind` is "topic" or a kind of `phrases.toml`, `lender` the hand-written lesson whose
    sheets (`sheets`, kinds of parts) it shows, `film` the name of a film or ""."""

    title: str
    kind: str
    chapter: str
    position: int
    summary: str
    objectives: tuple[str, ...]
    knowledge: tuple[str, ...]
    periods: tuple[str, ...]
    lender: lending.Lender
    sheets: tuple[str, ...]
    film: str
    provider: str
    credits: tuple[Credit, ...]


@dataclass(frozen=True)
class PlannedBook:
    """A book with lessons that nobody wrote by hand."""

    fact: TextbookFact
    chapters: tuple[ChapterNode, ...]
    summary: str
    summary_en: str
    lessons: tuple[PlannedLesson, ...]


@dataclass(frozen=True)
class Country:
    """The books with lessons: `written` by hand, `planned` from the vocabularies."""

    written: tuple[Book, ...]
    planned: tuple[PlannedBook, ...]


@dataclass(frozen=True)
class _Drawing:
    """A book on the drawing board."""

    fact: TextbookFact
    words: Vocabulary
    outlined: Outline


@cache
def plan() -> Country:
    """The country. Raises VocabularyError or LookupError where the vocabularies cannot carry it."""
    books = chosen()
    written = tuple(each.own for each in books if each.own)
    drawings = _drawings([each for each in books if each.own is None])
    more = _shared_out(drawings, LESSONS - sum(len(book.lessons) for book in written))
    return Country(written, tuple(_finished(drawing, n) for drawing, n in zip(drawings, more, strict=True)))


def _drawings(books: Sequence[Chosen]) -> list[_Drawing]:
    series: dict[tuple[str, str, str, str], list[TextbookFact]] = defaultdict(list)
    for each in chosen():
        if each.fact:
            series[_series(each.fact)].append(each.fact)
    drawings = []
    for each in books:
        assert each.fact is not None
        fact = each.fact
        words = vocabulary(fact.stage, fact.subject)
        edition = base_edition(fact.edition)
        custom = habit(fact.stage, fact.subject, edition)
        units = units_of(fact, words, series[_series(fact)])
        first = first_number(fact, words, units) if custom.runs_on else 1
        drawings.append(
            _Drawing(fact, words, outline(units, custom, Course(fact.stage, fact.subject, edition, fact.title), first))
        )
    return drawings


def _series(fact: TextbookFact) -> tuple[str, str, str, str]:
    return fact.stage, fact.system, fact.subject, fact.edition


def _shared_out(drawings: Sequence[_Drawing], lessons: int) -> list[int]:
    """How many steps each book takes so that together they have exactly so many lessons: the same share of what each
    could take, the remainder by lot. Raises LookupError where they cannot have as many, or as few."""
    least, room = [], []
    for drawing in drawings:
        have, could = len(drawing.outlined.drafts), len(drawing.outlined.steps)
        least.append(min(max(FEWEST - have, 0), could))
        room.append(max(min(could, MOST - have) - least[-1], 0))
    wanted = lessons - sum(len(d.outlined.drafts) for d in drawings) - sum(least)
    if not 0 <= wanted <= sum(room):
        raise LookupError(f"the vocabularies carry {lessons - wanted} to {lessons - wanted + sum(room)} lessons")
    shares = [r * wanted // max(sum(room), 1) for r in room]
    order = sorted(range(len(drawings)), key=lambda n: lot("share", drawings[n].fact.title))
    while (missing := wanted - sum(shares)) > 0:
        for n in [n for n in order if shares[n] < room[n]][:missing]:
            shares[n] += 1
    return [a + b for a, b in zip(least, shares, strict=True)]


def _finished(drawing: _Drawing, more: int) -> PlannedBook:
    fact, outlined = drawing.fact, drawing.outlined
    drafts = grown(outlined, more)
    said = worded(outlined, drafts, drawing.words, fact.title)
    used = {draft.unit for draft in drafts}
    home = _contributors(fact)
    return PlannedBook(
        fact,
        tuple(ChapterNode(str(n), head.title) for n, head in enumerate(outlined.headings, start=1) if n - 1 in used),
        *_about(drawing, len(drafts)),
        tuple(
            _lesson(fact, draft, words, position, home)
            for position, (draft, words) in enumerate(zip(drafts, said, strict=True), start=1)
        ),
    )


def _lesson(fact: TextbookFact, draft: Draft, words: Words, position: int, home: Sequence[Region]) -> PlannedLesson:
    kind = None if draft.kind == TOPIC else phrases().kinds[draft.kind]
    region = home[draft.unit % len(home)]
    return PlannedLesson(
        title=draft.title,
        kind=draft.kind,
        chapter=str(draft.unit + 1),
        position=position,
        summary=words.summary,
        objectives=words.aims,
        knowledge=words.knowledge,
        periods=words.periods,
        lender=lending.nearest(fact.stage, fact.subject, draft.about, words.knowledge),
        sheets=kind.parts if kind else SHEETS,
        film=lending.film_for(fact.stage, fact.subject, draft.about, words.knowledge) if kind is None else "",
        provider=region.school(fact.stage) if draft.unit % len(home) else region.centre,
        credits=teachers(region.slug, fact.stage, fact.subject, str(draft.unit % 2), str(draft.unit // 3)),
    )


def _contributors(fact: TextbookFact) -> list[Region]:
    """The three regions whose teachers made the lessons of a series' year: the edition's home first, if it has one."""
    able = [region for region in regions() if region.slug not in OWN_CURRICULA or fact.subject in SHARED_SUBJECTS]
    year = (*_series(fact), *fact.grades)
    order = sorted(able, key=lambda region: lot(region.slug, *year))
    home = AT_HOME.get(base_edition(fact.edition))
    return [*(region for region in order if region.slug == home), *(r for r in order if r.slug != home)][:3]


ABOUT = (
    "全书{n}，从“{first}”到“{last}”，配有{lessons}节课。",
    "共{n}、{lessons}节课，从“{first}”学起，到“{last}”收尾。",
    "{lessons}节课跟着课本走：{first}、{second}……直到{last}。",
    "按{n}编排，每一部分有新课也有整理，一共{lessons}节。开篇是“{first}”。",
    "包括{first}、{second}等{n}，{lessons}节课逐课对应课本。",
)


def _about(drawing: _Drawing, lessons: int) -> tuple[str, str]:
    """A sentence on the book, in Chinese and in English."""
    names = [unit.name for unit in drawing.outlined.units]
    title = drawing.outlined.headings[0].title
    count = f"{len(names)}章" if "章 " in title else f"{len(names)}个{'模块' if 'Module' in title else '单元'}"
    pattern = ABOUT[lot("about", drawing.fact.title) % len(ABOUT)]
    zh = pattern.format(n=count, first=names[0], second=names[1 % len(names)], last=names[-1], lessons=lessons)
    return (
        zh,
        f"{lessons} lessons in {len(names)} {'chapters' if '章 ' in title else 'units'}, in the textbook's order.",
    )
