"""Contents are values: what is stored is read back equal, and equal contents have one digest."""

from hypothesis import given
from hypothesis import strategies as st

from smartedu.library.content import (
    Article,
    ChapterNode,
    Content,
    LessonPackage,
    Link,
    Part,
    PartKind,
    Period,
    Placement,
    Textbook,
    Video,
    chapters_with_depth,
    digest,
    from_json,
    to_json,
)

words = st.text(max_size=12)
parts = st.builds(
    Part,
    key=words.filter(bool),
    kind=st.sampled_from(PartKind),
    title=words.filter(bool),
    media=words.filter(bool),
    periods=st.tuples(st.integers()),
)
bodies = st.one_of(
    st.builds(Textbook, publisher=words),
    st.builds(
        LessonPackage,
        textbook=words.filter(bool),
        chapter=words.filter(bool),
        position=st.integers(0, 99),
        periods=st.tuples(st.builds(Period, number=st.integers(0, 9), title=words)),
        parts=st.tuples(parts),
    ),
    st.builds(Article, paragraphs=st.tuples(words, words)),
    st.builds(Link, address=words.filter(bool), institution=words),
    st.builds(Video, media=words.filter(bool)),
)
contents = st.builds(
    Content,
    title=words.filter(bool),
    body=bodies,
    column=words.filter(bool),
    provider=words.filter(bool),
    language=st.sampled_from(["zh", "en"]),
    placement=st.builds(Placement, stage=words, grades=st.tuples(words)),
)


@given(contents)
def test_stored_and_read_back_it_is_the_same(content: Content) -> None:
    again = from_json(to_json(content))
    assert digest(to_json(again)) == digest(to_json(content))
    assert to_json(again) == to_json(content)
    assert again.kind == content.kind


@given(contents)
def test_equal_contents_have_one_digest_however_their_words_were_made(content: Content) -> None:
    copied = from_json(to_json(content))
    equal = Content(**{f: getattr(copied, f) for f in Content.__struct_fields__})
    assert digest(to_json(equal)) == digest(to_json(content))


def test_chapters_in_reading_order_with_depth_and_parent() -> None:
    tree = (
        ChapterNode("1", "一", (ChapterNode("1.1", "一之一", (ChapterNode("1.1.1", "再下"),)),)),
        ChapterNode("2", "二"),
    )
    assert [(node.key, depth, parent) for node, depth, parent in chapters_with_depth(tree)] == [
        ("1", 1, None), ("1.1", 2, "1"), ("1.1.1", 3, "1.1"), ("2", 1, None),
    ]  # fmt: skip
