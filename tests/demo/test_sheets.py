"""Sheets: every one is a whole, accessible PDF, and every period has something to do."""

import ctypes
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import msgspec
import pypdfium2
import pytest
import typst
from hypothesis import given
from hypothesis import strategies as st

from smartedu.demo.books import Book, Exercise, Lesson, books
from smartedu.demo.sheets import make_sheet
from smartedu.demo.sheets.activities import split_activity
from smartedu.demo.sheets.room import Room, room_for
from smartedu.demo.sheets.words import say, share, shares
from smartedu.library.content import PartKind

SHEETS = [kind for kind in PartKind if kind != PartKind.VIDEO]
MARKUP = "#panic(1) $x^2 *bold _low `code` <label> @reference // comment \\ = [a] #let d = 1"


def changed(lesson: Lesson, **fields: object) -> Lesson:
    return msgspec.structs.replace(lesson, **fields)


def whole(lesson: Lesson) -> tuple[int, ...]:
    return tuple(range(1, len(lesson.periods) + 1))


def book(slug: str) -> Book:
    return next(book for book in books() if book.slug == slug)


def words_of(pdf: Path) -> str:
    with pypdfium2.PdfDocument(pdf) as document:
        return "".join(page.get_textpage().get_text_bounded() for page in document)


def pages_of(lesson: Lesson, kind: PartKind) -> int:
    # Title, objectives, key point, question, answer and summary stand around the steps.
    return {PartKind.COURSEWARE: 6 + len(lesson.steps), PartKind.TASK_SHEET: 1}.get(kind, 2)


@pytest.mark.parametrize("kind", SHEETS)
@pytest.mark.parametrize("position", [0, -1])
def test_every_book_has_its_sheets(kind: PartKind, position: int, tmp_path: Path) -> None:
    target = tmp_path / "sheet.pdf"
    for each in books():
        lesson = each.lessons[position]
        # What does not fit would turn a page.
        assert make_sheet(each, lesson, kind, whole(lesson), target) == pages_of(lesson, kind), (
            each.slug,
            lesson.title,
        )
        assert target.stat().st_size < 100_000


@pytest.mark.parametrize("kind", SHEETS)
def test_a_sheet_says_what_it_is_to_those_who_cannot_see_it(kind: PartKind, tmp_path: Path) -> None:
    maths, target = book("junior-maths-8b-pep"), tmp_path / "sheet.pdf"
    make_sheet(maths, maths.lessons[0], kind, (1,), target)
    with pypdfium2.PdfDocument(target) as document:
        about = document.get_metadata_dict()
        assert about["Title"].startswith(maths.lessons[0].title)
        assert about["Author"] == "SmartEdu 示范资源"
        assert pypdfium2.raw.FPDFCatalog_IsTagged(document)
        size = pypdfium2.raw.FPDFCatalog_GetLanguage(document, None, 0)
        language = ctypes.create_string_buffer(size)
        pypdfium2.raw.FPDFCatalog_GetLanguage(document, ctypes.cast(language, ctypes.POINTER(ctypes.c_ushort)), size)
        assert language.raw.decode("utf-16-le").startswith("zh")
    assert b"pdfuaid" in target.read_bytes()
    assert "CC BY-SA 4.0" in words_of(target)


@pytest.mark.parametrize("kind", SHEETS)
def test_marks_of_the_typesetter_in_a_text_are_only_text(kind: PartKind, tmp_path: Path) -> None:
    chinese, target = book("primary-chinese-1b-unified"), tmp_path / "sheet.pdf"
    lesson = changed(
        chinese.lessons[0], key_point=MARKUP, tasks=(MARKUP,), exercises=(Exercise(MARKUP, MARKUP),), title=MARKUP
    )
    make_sheet(chinese, lesson, kind, (1,), target)
    assert "#panic(1)" in words_of(target)


def test_the_fonts_have_every_character_of_the_curriculum(tmp_path: Path) -> None:
    texts = msgspec.json.encode(books()).decode() + "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü①②③⑩½⊥∽⊙′″⁻¹₊₋"
    first = books()[0]
    lesson = changed(first.lessons[0], summary=" ".join(sorted(set(texts))))
    make_sheet(first, lesson, PartKind.TEACHING_DESIGN, whole(lesson), tmp_path / "all.pdf")


def test_a_character_that_the_fonts_lack_is_refused(tmp_path: Path) -> None:
    first = books()[0]
    lesson = changed(first.lessons[0], summary="一\U00013080二")
    with pytest.raises(typst.TypstError, match="displayed"):
        make_sheet(first, lesson, PartKind.TEACHING_DESIGN, whole(lesson), tmp_path / "eye.pdf")
    assert not (tmp_path / "eye.pdf").exists()


def test_the_same_lesson_gives_the_same_bytes_even_side_by_side(tmp_path: Path) -> None:
    first = books()[0]

    def made(n: int) -> bytes:
        target = tmp_path / f"{n}.pdf"
        make_sheet(first, first.lessons[n % 2], SHEETS[n // 2 % 4], (1,), target)
        return target.read_bytes()

    with ThreadPoolExecutor(4) as threads:
        found = list(threads.map(made, range(16)))
    assert found[:8] == found[8:]
    assert len(set(found)) == 8


def test_answers_stand_on_the_last_page_only(tmp_path: Path) -> None:
    chinese, target = book("primary-chinese-1b-unified"), tmp_path / "sheet.pdf"
    make_sheet(chinese, chinese.lessons[0], PartKind.EXERCISES, (1,), target)
    with pypdfium2.PdfDocument(target) as document:
        texts = [page.get_textpage().get_text_bounded() for page in document]
    assert ["参考答案" in text for text in texts] == [False] * (len(texts) - 1) + [True]


@pytest.mark.parametrize("numbers", [(), (0,), (9,)])
def test_a_period_that_the_lesson_has_not_is_refused(numbers: tuple[int, ...], tmp_path: Path) -> None:
    first = books()[0]
    with pytest.raises(ValueError, match="no class periods"):
        make_sheet(first, first.lessons[0], PartKind.TASK_SHEET, numbers, tmp_path / "x.pdf")


def test_every_book_is_drawn_in_its_subject_s_own_hue() -> None:
    inks: dict[str, set[str]] = {}
    for each in books():
        said = say(each, each.lessons[0], PartKind.COURSEWARE, whole(each.lessons[0]))
        inks.setdefault(said["inks"]["deep"], set()).add(each.subject)
    # Only mathematics for everyday life shares with mathematics.
    assert sorted(map(sorted, (found for found in inks.values() if len(found) > 1))) == [["数学", "生活数学"]]


def test_a_video_is_no_sheet(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no sheet"):
        make_sheet(books()[0], books()[0].lessons[0], PartKind.VIDEO, (1,), tmp_path / "x.pdf")


@given(st.lists(st.integers(), max_size=9), st.integers(1, 5))
def test_shares_are_the_whole_in_order_and_nearly_even(items: list[int], periods: int) -> None:
    parts = [share(items, n, periods) for n in range(1, periods + 1)]
    assert [item for part in parts for item in part] == items
    assert max(map(len, parts)) - min(map(len, parts)) <= 1


@given(st.integers(1, 4), st.integers(1, 4), st.integers(1, 5), st.sampled_from(SHEETS))
def test_no_period_is_empty(tasks: int, questions: int, periods: int, kind: PartKind) -> None:
    lesson = changed(
        books()[0].lessons[0],
        periods=tuple(f"第{n}课时" for n in range(periods)),
        tasks=tuple(f"任务{n}" for n in range(tasks)),
        exercises=tuple(Exercise(f"题{n}", "答") for n in range(questions)),
    )
    for number in whole(lesson):
        assert any(shares(lesson, (number,), kind))


@pytest.mark.parametrize(
    ("step", "told"),
    [
        (
            "出示四幅没有文字的季节图，请学生说说图上是什么季节，从哪里看出来的。",
            ("出示四幅没有文字的季节图。", "说说图上是什么季节，从哪里看出来的。"),
        ),
        ("追问“为什么，学生怎么想”，全班举手表决。", ("追问“为什么，学生怎么想”。", "全班举手表决。")),
        ("学生分组测量，教师巡视。", None),
        ("出示算式，学生先试，教师再板书竖式。", None),
        ("戴头饰分角色读，评一评谁读得像。", None),
    ],
)
def test_a_step_is_told_apart_only_where_it_tells_itself(step: str, told: tuple[str, str] | None) -> None:
    assert split_activity(step) == told


@given(st.text("学生教师请，。“”（）画a", max_size=40))
def test_any_step_can_be_looked_at(step: str) -> None:
    told = split_activity(step)
    assert told is None or all(told)


@pytest.mark.parametrize(
    ("slug", "text", "ground"),
    [
        ("primary-chinese-1b-unified", "在田字格里写“春、冬”各两个。", Room.CHARACTERS),
        ("primary-chinese-1b-unified", "画一口井，在旁边写上一句感谢的话。", Room.FRAME),
        ("junior-maths-8b-pep", "求五个式子中字母的取值范围。", Room.SQUARES),
        ("junior-english-7a-fltrp", "用三句话写一张自我介绍卡。", Room.FOUR_LINES),
        ("primary-music-3a-pmp", "在谱上标出三组进入的地方。", Room.STAVES),
        ("junior-history-7a-unified", "用一句话说明原因。", Room.RULES),
    ],
)
def test_room_is_after_the_manner_of_the_subject(slug: str, text: str, ground: Room) -> None:
    assert room_for(book(slug), text) == ground
