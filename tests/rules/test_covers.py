"""Drawn covers: always whole, always the same, always apart, never heavy."""

import csv
from importlib.resources import files
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smartedu.rules.covers import COLUMNS, FAMILIES, OTHERS, PLATES, Shape, cover_svg, family_of, hex_of

HEAVIEST = 3000  # bytes
SUBJECTS = [*FAMILIES, *PLATES, *COLUMNS, "life-skills", "theme/none", "none/law", ""]


@given(
    seed=st.text(max_size=60),
    subject=st.one_of(st.sampled_from(SUBJECTS), st.text(max_size=20)),
    name=st.text(max_size=80),
    note=st.text(max_size=80),
    shape=st.sampled_from(Shape),
)
def test_any_text_gives_a_whole_and_light_picture(seed: str, subject: str, name: str, note: str, shape: Shape) -> None:
    svg = cover_svg(seed, subject, name=name, note=note, shape=shape)
    assert ET.fromstring(svg).tag == "{http://www.w3.org/2000/svg}svg"
    assert len(svg.encode()) < HEAVIEST


@pytest.mark.parametrize("subject", SUBJECTS)
def test_every_subject_stays_light_over_many_books(subject: str) -> None:
    for shape in Shape:
        heaviest = max(len(cover_svg(f"book-{i}", subject, name="道德与法治", shape=shape).encode()) for i in range(80))
        assert heaviest < HEAVIEST


@given(seed=st.text(max_size=60), subject=st.sampled_from(SUBJECTS))
def test_the_same_book_has_the_same_cover(seed: str, subject: str) -> None:
    first = cover_svg(seed, subject, name="数学")
    cover_svg.cache_clear()
    assert cover_svg(seed, subject, name="数学") == first


def test_a_book_does_not_change_its_face_by_the_way() -> None:
    """The cloth of one book, written down: whoever changes the grammar changes this line knowingly."""
    assert '<rect width="120" height="160" fill="#2B4365"/>' in cover_svg("junior-maths-8b-pep", "maths")


def test_two_thousand_books_of_one_subject_are_told_apart() -> None:
    for subject in ("chinese", "maths", "english", "life-skills"):
        assert len({cover_svg(f"book-{i}", subject) for i in range(2000)}) == 2000


def test_no_ids_and_no_scripts_so_that_many_may_stand_in_one_page() -> None:
    for subject in SUBJECTS:
        svg = cover_svg("x", subject, name="<script>alert(1)</script>", note='" onload="')
        elements = list(ET.fromstring(svg).iter())
        assert not any("id" in element.attrib or "onload" in element.attrib for element in elements)
        assert not any(element.tag.endswith("script") for element in elements)


def test_a_long_name_is_cut_and_a_short_one_is_whole() -> None:
    def texts(name: str) -> list[str | None]:
        return [e.text for e in ET.fromstring(cover_svg("x", "maths", name=name)).iter() if e.tag.endswith("text")]

    assert texts("道德与法治") == ["道德与法治"]
    assert texts("很" * 40) == ["很" * 19 + "…"]


@pytest.mark.parametrize(
    ("subject", "same_as"),
    [
        ("human-geography", "geography"),
        ("life-maths", "maths"),
        ("chinese-history", "history"),
        ("life-chinese", "chinese"),
    ],
)
def test_of_a_compound_the_last_word_decides(subject: str, same_as: str) -> None:
    assert family_of(subject) == FAMILIES[same_as]


def test_every_column_has_a_motif_that_no_other_of_its_plate_has_and_the_hue_of_its_plate() -> None:
    lines = files("smartedu.library.reference").joinpath("columns.csv").read_text(encoding="utf-8").splitlines()
    there = [(row["plate"], row["code"]) for row in csv.DictReader(lines)]
    assert list(COLUMNS) == [f"{plate}/{code}" for plate, code in there]
    assert len({(plate, family_of(f"{plate}/{code}").motif) for plate, code in there}) == len(there)
    assert all(family_of(f"{plate}/{code}").hue == PLATES[plate].hue for plate, code in there)
    assert family_of("theme/none") == PLATES["theme"]
    assert family_of("none/law") == OTHERS


def test_what_is_unknown_gets_bricks() -> None:
    assert family_of("alchemy") == family_of("") == OTHERS


def test_colours_are_clipped_into_what_a_screen_shows() -> None:
    assert hex_of(0, 0, 0) == "#000000"
    assert hex_of(1, 0, 0) == "#FFFFFF"
    assert hex_of(0.6, 0.9, 30).startswith("#FF")
