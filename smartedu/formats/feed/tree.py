"""The tag file: a browse tree of tags, some of them hidden in some places."""

from typing import Annotated

import msgspec

from smartedu.formats.feed.json import decode, text_problem
from smartedu.formats.feed.problems import FeedError, FeedProblem
from smartedu.formats.feed.records import DIMENSIONS, LONGEST_TAG

DEEPEST = 12
MOST_NODES = 200_000
_MOST_PROBLEMS = 20
_LEVELS = {
    "学段": "stage",
    "年级": "grade",
    "学科": "subject",
    "版本": "edition",
    "册次": "volume",
    "新旧教材": "revision",
    "类别": "school",
    "电子教材": "stage",
}
"""What the feed calls a level of a tree, and our name of it; "school" is the kind of special school."""


class TagNode(msgspec.Struct, frozen=True):
    """A node in preorder. `path` is the names from the root down to its own, `ids` the tag ids likewise.

    `dimension` is the level by the tag's dimension or, in the textbook tree where all tags have one dimension, by
    the name of the hierarchy; "" where neither is known. `hidden` marks a child that its parent hides.
    """

    path: tuple[str, ...]
    ids: tuple[str, ...]
    dimension: str
    hierarchy: str
    hidden: bool

    @property
    def name(self) -> str:
        """The node's own name."""
        return self.path[-1]

    @property
    def tag_id(self) -> str:
        """The node's own tag."""
        return self.ids[-1]


class HiddenTag(msgspec.Struct, frozen=True):
    """A tag that is hidden under `path` and does not stand in the tree; its name, if any, is told elsewhere."""

    path: tuple[str, ...]
    dimension: str
    hierarchy: str
    tag_id: str


class TagTree(msgspec.Struct, frozen=True):
    nodes: tuple[TagNode, ...]
    hidden: tuple[HiddenTag, ...]


class _Ext(msgspec.Struct):
    hidden_tags: list[str] | None = None
    tag_dimension_id: str | None = None


class _Tag(msgspec.Struct):
    tag_id: str
    tag_name: str
    tag_dimension_id: str | None = None
    hierarchies: "list[_Hierarchy] | None" = None


class _Hierarchy(msgspec.Struct):
    hierarchy_name: str | None = None
    children: list[_Tag] | None = None
    ext: _Ext | None = None


class _File(msgspec.Struct):
    hierarchies: Annotated[list[_Hierarchy], msgspec.Meta(min_length=1)]


def read_tree(data: bytes, file: str) -> TagTree:
    """Read a tag file into nodes in preorder. Raises FeedError with the path of each node that is wrong."""
    written = decode(data, file, _File)
    nodes: list[TagNode] = []
    hidden: list[HiddenTag] = []
    problems: list[FeedProblem] = []
    seen: set[tuple[str, ...]] = set()
    # a stack instead of recursion: how deep the file goes is its own claim
    waiting: list[tuple[_Hierarchy, _Tag, tuple[str, ...], tuple[str, ...]]] = []

    def open_up(hierarchies: list[_Hierarchy] | None, path: tuple[str, ...], ids: tuple[str, ...]) -> None:
        for hierarchy in reversed(hierarchies or []):
            concealed = (hierarchy.ext.hidden_tags if hierarchy.ext else None) or []
            children = hierarchy.children or []
            here = {child.tag_id for child in children}
            level = _level(hierarchy)
            hidden.extend(
                HiddenTag(path, level, hierarchy.hierarchy_name or "", tag)
                for tag in dict.fromkeys(concealed)
                if tag not in here
            )
            waiting.extend((hierarchy, child, path, ids) for child in reversed(children))

    open_up(written.hierarchies, (), ())
    while waiting and len(problems) < _MOST_PROBLEMS:
        hierarchy, tag, path, ids = waiting.pop()
        wrong = _wrong(tag, path, ids, seen)
        if wrong is None and len(nodes) >= MOST_NODES:
            wrong = (f"超过 {MOST_NODES} 个节点", f"there are more than {MOST_NODES} nodes")
        if wrong:
            problems.append(_problem(file, (*path, tag.tag_name), wrong))
            if len(nodes) >= MOST_NODES:
                break
            continue
        path, ids = (*path, tag.tag_name), (*ids, tag.tag_id)
        seen.add(path)
        concealed = (hierarchy.ext.hidden_tags if hierarchy.ext else None) or []
        level = DIMENSIONS.get(tag.tag_dimension_id or "", "") or _level(hierarchy)
        nodes.append(TagNode(path, ids, level, hierarchy.hierarchy_name or "", tag.tag_id in concealed))
        open_up(tag.hierarchies, path, ids)
    if problems:
        raise FeedError(problems)
    return TagTree(tuple(nodes), tuple(hidden))


def _level(hierarchy: _Hierarchy) -> str:
    by_dimension = DIMENSIONS.get((hierarchy.ext.tag_dimension_id if hierarchy.ext else None) or "", "")
    return by_dimension or _LEVELS.get(hierarchy.hierarchy_name or "", "")


def _wrong(
    tag: _Tag, path: tuple[str, ...], ids: tuple[str, ...], seen: set[tuple[str, ...]]
) -> tuple[str, str] | None:
    unreadable = text_problem(tag.tag_name, LONGEST_TAG) or text_problem(tag.tag_id, LONGEST_TAG)
    if unreadable:
        return unreadable
    if len(path) >= DEEPEST:
        return f"层级超过 {DEEPEST} 层", f"the tree is deeper than {DEEPEST} levels"
    if tag.tag_id in ids:
        return "这个标签出现在自己的下级", "this tag stands below itself"
    if (*path, tag.tag_name) in seen:
        return "同一级里有两个同名的标签", "two tags of one name stand side by side"
    return None


def _problem(file: str, path: tuple[str, ...], wrong: tuple[str, str]) -> FeedProblem:
    where = "/".join(name[:30] for name in path[-7:]).encode("utf-8", "replace").decode()
    return FeedProblem(
        "bad-tag",
        file,
        where if not text_problem(where, 400) else ascii(where),
        f"{wrong[0]}。请重新获取这个文件。",
        f"{wrong[1][0].upper()}{wrong[1][1:]}. Fetch this file again.",
    )
