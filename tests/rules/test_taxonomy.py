"""What the names of stages, grades, editions and volumes mean."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smartedu.rules.taxonomy import (
    FIVE_FOUR,
    LEVELS,
    EditionName,
    StageName,
    View,
    VolumeGroup,
    english_title,
    english_volume,
    grade_code,
    grades_fit,
    made_code,
    node_path,
    parse_edition,
    parse_grades,
    parse_stage,
    parse_volume,
    tidy,
    volume_order,
)

WORDS = (
    *(
        "人教版",
        "北师大版",
        "配套",
        "（主编：",
        "）",
        "（",
        "(",
        ")",
        "：",
        "&",
        "一年级起点",
        "三",
        "年级",
        "A版",
        "PEP",
    ),
    *("必修", "选择性必修", "第一册", "上册", "全一册", "高一", "水平二", "1", "11", "/", " ", "\u3000", "\ufeff"),
)
PIECES = st.lists(st.sampled_from(WORDS), max_size=8).map("".join)
NAMES = PIECES | st.text(max_size=30)


def test_lessons_are_sought_by_class_and_books_by_subject() -> None:
    assert LEVELS[View.LESSONS][:5] == ("stage", "grade", "subject", "edition", "volume")
    assert LEVELS[View.E_TEXTBOOKS][:4] == ("stage", "subject", "edition", "grade")
    assert set(LEVELS[View.LESSONS]) == set(LEVELS[View.E_TEXTBOOKS])


@pytest.mark.parametrize(
    ("name", "stage"),
    [
        ("小学", StageName("primary", "6-3")),
        ("初中", StageName("junior", "6-3")),
        ("小学（五•四学制）", StageName("primary", FIVE_FOUR)),
        ("初中(五·四学制)", StageName("junior", FIVE_FOUR)),
        ("高中", StageName("senior", "")),
        ("特殊教育", StageName("special", "")),
        ("大学", None),
        ("", None),
    ],
)
def test_stages(name: str, stage: StageName | None) -> None:
    assert parse_stage(name) == stage


@pytest.mark.parametrize(
    ("name", "grades"),
    [
        ("一年级", {1}),
        ("九年级", {9}),
        ("高一", {10}),
        ("高三年级", {12}),
        ("十二年级", {12}),
        ("初二", {8}),
        ("一至二年级", {1, 2}),
        ("五至六年级", {5, 6}),
        ("七至九年级", {7, 8, 9}),
        ("7-9年级", {7, 8, 9}),
        ("九至七年级", set()),
        ("中国历史", set()),
        ("学生读本", set()),
        ("十三年级", set()),
    ],
)
def test_grades_spanned(name: str, grades: set[int]) -> None:
    assert parse_grades(name) == grades


def test_year_six_is_primary_in_one_system_and_junior_in_the_other() -> None:
    assert grades_fit("primary", {6})
    assert grades_fit("junior", {6})
    assert not grades_fit("primary", {7})
    assert not grades_fit("senior", {9})
    assert grades_fit("somewhere", {1, 12})


@pytest.mark.parametrize(
    ("name", "edition"),
    [
        ("人教版", EditionName("人教版")),
        ("人教版（PEP）（主编：吴欣）", EditionName("人教版", ("吴欣",), None, ("PEP",))),
        ("外研社版（一年级起点）（主编：陈琳）", EditionName("外研社版", ("陈琳",), 1)),
        ("外研社版(主编：张祖春）", EditionName("外研社版", ("张祖春",))),
        ("人教A版", EditionName("人教版", (), None, ("A版",))),
        ("人教版（A版）（主编：章建跃&李增沪）", EditionName("人教版", ("章建跃", "李增沪"), None, ("A版",))),
        ("译林版三年级起点", EditionName("译林版", (), 3)),
        ("人音版（五线谱）（主编：吴斌）", EditionName("人音版", ("吴斌",), None, ("五线谱",))),
        ("人音版（主编：赵季平，杜永寿）", EditionName("人音版", ("赵季平", "杜永寿"))),
        ("配套中图版（主编：王民&田忠）", EditionName("中图版", ("王民", "田忠"), None, (), companion=True)),
        ("（主编：某人）", EditionName("（主编：某人）", ("某人",))),
    ],
)
def test_editions(name: str, edition: EditionName) -> None:
    assert parse_edition(name) == edition


@pytest.mark.parametrize(
    ("name", "group", "number", "half", "topic"),
    [
        ("上册", VolumeGroup.PLAIN, 0, "上", ""),
        ("全一册", VolumeGroup.PLAIN, 0, "全", ""),
        ("全一册（下）", VolumeGroup.PLAIN, 0, "下", ""),
        ("第三册", VolumeGroup.PLAIN, 3, "", ""),
        ("水平二", VolumeGroup.LEVEL, 2, "", ""),
        ("高二上册", VolumeGroup.SENIOR_YEAR, 0, "上", ""),
        ("必修 第二册", VolumeGroup.COMPULSORY, 2, "", ""),
        ("必修三", VolumeGroup.COMPULSORY, 3, "", ""),
        ("必修 上册", VolumeGroup.COMPULSORY, 0, "上", ""),
        ("必修 全一册", VolumeGroup.COMPULSORY, 0, "全", ""),
        ("必修1 中国特色社会主义", VolumeGroup.COMPULSORY, 1, "", "中国特色社会主义"),
        ("必修 中外历史纲要（下）", VolumeGroup.COMPULSORY, 0, "下", "中外历史纲要"),
        ("必修2 艺术与文化（上册）", VolumeGroup.COMPULSORY, 2, "上", "艺术与文化"),
        ("选择性必修 中册", VolumeGroup.SELECTIVE, 0, "中", ""),
        ("选择性必修11 产品三维设计与制造", VolumeGroup.SELECTIVE, 11, "", "产品三维设计与制造"),
        ("舞蹈上册", VolumeGroup.OTHER, 0, "上", "舞蹈"),
        ("《算法与程序设计》", VolumeGroup.OTHER, 0, "", "《算法与程序设计》"),
    ],
)
def test_volumes(name: str, group: VolumeGroup, number: int, half: str, topic: str) -> None:
    volume = parse_volume(name)
    assert (volume.group, volume.number, volume.half, volume.topic) == (group, number, half, topic)


def test_a_senior_volume_may_name_its_year() -> None:
    assert parse_volume("高二上册").grade == 11
    assert parse_volume("高三").grade == 12


def test_volumes_stand_in_the_order_of_a_school_life() -> None:
    ordered = ["上册", "下册", "全一册", "第一册", "第二册", "水平一", "高一上册", "高一下册", "高二上册"]
    ordered += ["必修 上册", "必修 下册", "必修 第一册", "必修 第二册", "必修2 歌唱", "选择性必修 上册"]
    ordered += [
        "选择性必修 中册",
        "选择性必修 下册",
        "选择性必修 第一册",
        "选择性必修10 融合",
        "选择性必修11 制造",
        "拓展型课程",
    ]
    mixed = random.Random(7).sample(ordered, len(ordered))
    assert sorted(mixed, key=volume_order) == ordered


@pytest.mark.parametrize(
    ("name", "topic", "english"),
    [
        ("上册", "", "Volume 1"),
        ("全一册", "", "Complete in one volume"),
        ("必修 第二册", "", "Compulsory 2"),
        ("选择性必修 下册", "", "Selective compulsory, volume 3"),
        ("必修2 艺术与文化（上册）", "art and culture", "Compulsory 2: art and culture, volume 1"),
        ("高一下", "", "Senior 1, volume 2"),
        ("必修2 没有人译过", "", ""),
    ],
)
def test_english_volumes(name: str, topic: str, english: str) -> None:
    assert english_volume(name, topic) == english


def test_english_titles_say_the_place() -> None:
    title = english_title(subject="Maths", grades={8}, edition="Qingdao edition (A)", volume="Volume 2", five_four=True)
    assert title == "Maths, grade 8, volume 2, 5+4 system (Qingdao edition; A)"
    assert english_title(subject="", grades={8}, edition="Qingdao edition", volume="Volume 2") == ""


def test_a_grade_has_a_code_within_the_twelve_years() -> None:
    assert grade_code(8) == "grade-8"
    for beyond in (0, 13):
        with pytest.raises(ValueError, match="no such grade"):
            grade_code(beyond)


def test_a_slash_in_a_name_does_not_look_like_a_level() -> None:
    assert node_path(["初中", "艺术·舞蹈/影视/戏剧"]) == "初中/艺术·舞蹈／影视／戏剧"


@given(NAMES)
def test_every_name_has_a_reading(name: str) -> None:
    assert parse_edition(name).base or not tidy(name)
    assert parse_volume(name).name == tidy(name)
    assert all(1 <= grade <= 12 for grade in parse_grades(name))
    parse_stage(name)
    english_volume(name)


@given(NAMES)
def test_tidying_twice_is_tidying_once(name: str) -> None:
    assert tidy(tidy(name)) == tidy(name)


@given(st.lists(NAMES, unique=True, max_size=12), st.randoms(use_true_random=False))
def test_the_order_of_volumes_is_total(names: list[str], chance: random.Random) -> None:
    """Different names never tie, so that a list has one order wherever it starts from."""
    shuffled = list(names)
    chance.shuffle(shuffled)
    assert sorted(shuffled, key=volume_order) == sorted(names, key=volume_order)
    assert len({volume_order(name) for name in names}) == len(names)


@given(st.sampled_from(["edition", "volume", "subject"]), NAMES)
def test_made_codes_are_slugs_and_stable(dimension: str, name: str) -> None:
    code = made_code(dimension, name)
    assert code == made_code(dimension, tidy(name))
    assert code.startswith(f"{dimension}-")
    assert code.isascii()
