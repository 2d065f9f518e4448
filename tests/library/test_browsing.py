"""The textbook browser: what each level offers, in both orders."""

from smartedu.library import browsing, queries
from smartedu.library.content import ETextbook, Placement
from smartedu.library.shelves import Facets
from smartedu.rules.taxonomy import View
from tests.library.makers import GRADE_8_MATHS, Maker


def place(**changes: object) -> Placement:
    facts = {name: getattr(GRADE_8_MATHS, name) for name in Placement.__struct_fields__}
    return Placement(**(facts | changes))  # type: ignore[arg-type]


def offered(view: View, **picked: str) -> dict[str, list[str]]:
    levels = browsing.browse(view, picked).levels
    return {level.dimension: [choice.code for choice in level.choices] for level in levels}


def titles(view: View, **picked: str) -> list[str]:
    found = browsing.browse(view, picked)
    assert found.total == len(found.books)
    return [book.title for book in found.books]


def test_one_question_at_a_time(make: Maker) -> None:
    make.textbook("maths")
    make.textbook("physics", title="物理", placement=place(subject="physics"))
    make.textbook("grade 7", title="七年级", placement=place(grades=("grade-7",)))
    assert offered(View.LESSONS) == {"stage": ["junior"]}
    assert offered(View.LESSONS, stage="junior") == {"stage": ["junior"], "grade": ["grade-7", "grade-8"]}
    assert offered(View.LESSONS, stage="junior", grade="grade-8")["subject"] == ["maths", "physics"]
    assert titles(View.LESSONS, stage="junior", grade="grade-7") == ["七年级"]


def test_e_textbooks_ask_for_the_subject_before_the_grade(make: Maker) -> None:
    make.textbook("e", column="e-textbooks", body=ETextbook(publisher="人民教育出版社"))
    picked = {"stage": "junior", "subject": "maths", "edition": "pep", "grade": "grade-8"}
    levels = browsing.browse(View.E_TEXTBOOKS, picked).levels
    assert [level.dimension for level in levels] == ["stage", "subject", "edition", "grade", "volume"]
    assert titles(View.LESSONS) == []


def test_senior_books_without_grade_skip_the_level(make: Maker) -> None:
    make.textbook("senior", placement=place(stage="senior", grades=(), system=""), column="senior")
    assert list(offered(View.LESSONS, stage="senior")) == ["stage", "subject"]


def test_the_five_four_system_stands_beside_the_other(make: Maker) -> None:
    make.textbook("six-three", title="六三")
    make.textbook("five-four", title="五四", placement=place(system="5-4"), column="five-four")
    assert offered(View.LESSONS)["stage"] == ["junior", "junior-5-4"]
    assert titles(View.LESSONS, stage="junior") == ["六三"]
    assert titles(View.LESSONS, stage="junior-5-4") == ["五四"]


def test_stages_by_system_with_how_many_books_each_leads_to(make: Maker) -> None:
    make.textbook("span", placement=place(grades=("grade-7", "grade-8")))
    make.textbook("unsplit", placement=place(system=""))
    make.textbook("five-four", placement=place(system="5-4", grades=("grade-6",)), column="five-four")
    make.textbook("senior", placement=place(stage="senior", grades=(), system=""), column="senior")
    stages = browsing.browse(View.LESSONS, {}).levels[0].choices
    assert [(stage.code, stage.count) for stage in stages] == [("junior", 2), ("senior", 1), ("junior-5-4", 1)]
    grades = browsing.browse(View.LESSONS, {"stage": "junior"}).levels[1].choices
    assert [(grade.code, grade.count) for grade in grades] == [("grade-7", 1), ("grade-8", 2)]


def test_a_book_that_spans_grades_is_found_under_each(make: Maker) -> None:
    make.textbook("span", placement=place(grades=("grade-5", "grade-6")))
    assert offered(View.LESSONS, stage="junior")["grade"] == ["grade-5", "grade-6"]
    for grade in ("grade-5", "grade-6"):
        assert len(titles(View.LESSONS, stage="junior", grade=grade)) == 1


def test_old_and_new_editions_stand_side_by_side(make: Maker) -> None:
    make.textbook("old", title="旧", placement=place(revision="old"))
    new = make.textbook("new", title="新", placement=place(revision="new"))
    picked = {"stage": "junior", "grade": "grade-8", "subject": "maths", "edition": "pep", "volume": "volume-2"}
    assert offered(View.LESSONS, **picked)["revision"] == ["new", "old"]
    assert [book.title for book in queries.siblings(new.resource)] == ["旧"]


def test_codes_that_mean_nothing_are_ignored(make: Maker) -> None:
    make.textbook()
    assert offered(View.LESSONS, stage="moon", grade="grade-8") == {"stage": ["junior"]}
    assert len(titles(View.LESSONS, stage="moon")) == 1


def test_pages_are_stable_and_bounded(make: Maker) -> None:
    for n in range(30):
        make.article(str(n), title=f"第{n}篇")
    column = queries.column("theme", "mental-health")
    first = queries.page_of(queries.listing(Facets(column=column.code)), 1)
    second = queries.page_of(queries.listing(Facets(column=column.code)), 2)
    beyond = queries.page_of(queries.listing(Facets(column=column.code)), 999)
    assert (first.total, first.count, len(first.items), len(second.items)) == (30, 2, 24, 6)
    assert not {r.pk for r in first.items} & {r.pk for r in second.items}
    assert beyond.number == 2
    assert queries.page_of(queries.listing(Facets(column=column.code)), -5).number == 1


def test_a_level_that_most_books_lack_is_passed_over(make: Maker) -> None:
    senior = {"stage": "senior", "system": "", "grades": ()}
    for n in range(3):
        make.textbook(str(n), title=f"必修{n}", placement=place(**senior), column="senior")
    make.textbook("year", title="高一", placement=place(**(senior | {"grades": ("grade-10",)})), column="senior")
    assert list(offered(View.LESSONS, stage="senior")) == ["stage", "subject"]


def test_the_few_books_that_lack_a_level_can_be_picked_too(make: Maker) -> None:
    for n in (7, 8):
        make.textbook(str(n), title=f"{n}年级", placement=place(grades=(f"grade-{n}",)))
    make.textbook("history", title="中国历史", placement=place(grades=(), strand="chinese-history"))
    assert offered(View.LESSONS, stage="junior")["grade"] == ["grade-7", "grade-8", "others"]
    assert titles(View.LESSONS, stage="junior", grade="others") == ["中国历史"]


def test_what_the_tree_hides_in_a_place_is_not_offered_there(make: Maker) -> None:
    """The national tree hides the new edition of this very book."""
    spot = {"stage": "primary", "grades": ("grade-1",), "subject": "maths", "edition": "bnup", "volume": "volume-1"}
    make.textbook("new", placement=place(**spot, revision="new"), column="primary")
    make.textbook("old", placement=place(**spot, revision="old"), column="primary")
    picked = {"stage": "primary", "grade": "grade-1", "subject": "maths", "edition": "bnup", "volume": "volume-1"}
    assert offered(View.LESSONS, **picked)["revision"] == ["old"]
    assert len(titles(View.LESSONS, **picked)) == 2
