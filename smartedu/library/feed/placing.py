"""Finding the place of a record in the curriculum: from the feed's names to codes of tags, or to a reason why not."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from smartedu.formats.feed import BookRecord, TagNode, TagTree
from smartedu.library.content import Placement
from smartedu.library.feed.result import Unplaced
from smartedu.library.feed.tags import TagBook
from smartedu.rules.taxonomy import StageName, grade_code, grades_fit, parse_grades, parse_stage, tidy

_ALWAYS_GRADED = ("primary", "junior")


@dataclass(frozen=True)
class Placed:
    """A record's place, with what was odd on the way."""

    placement: Placement
    notes: tuple[Unplaced, ...] = ()


@dataclass
class Landmarks:
    """What the trees know of tags: the level of each id, its name, and the nodes that `tag_paths` walk through."""

    levels: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    nodes: dict[str, TagNode] = field(default_factory=dict)


def landmarks(trees: Iterable[TagTree]) -> Landmarks:
    """Gather what the trees tell about tag ids."""
    known = Landmarks()
    for tree in trees:
        for node in tree.nodes:
            if node.dimension:
                known.levels.setdefault(node.tag_id, node.dimension)
            known.names.setdefault(node.tag_id, node.name)
            known.nodes.setdefault(node.tag_id, node)
    return known


def place(book: BookRecord, file: str, tags: TagBook, known: Landmarks) -> Placed | Unplaced:
    """The place of a book. Tags that are new but of a known level are noted in `tags`, to be made.

    A book needs a stage and a subject; an edition but in special schools; a course textbook of primary or junior
    school a grade or what stands for one. Anything else may be absent.
    """
    record = f"{file}, {book.where} 《{book.title}》"
    names = {level: book.names(level) for level in ("stage", "grade", "subject", "edition", "volume", "revision")}
    strands = _fill_from_paths(names, book, known)

    def left_out(level: str, zh: str, en: str) -> Unplaced:
        return Unplaced(record, level, f"{zh}。", f"{en}.")

    for tag in book.tags:
        level = known.levels.get(tag.tag_id, tag.level)
        if tag.level and level and level != tag.level:
            return left_out(
                tag.level,
                f"标签“{tag.name}”在标签树里属于另一级（{level}）",
                f"the tag “{tag.name}” belongs to another level in the tag tree ({level})",
            )
    notes = [
        Unplaced(
            record,
            tag.level,
            f"标签树里这个标签叫“{known.names[tag.tag_id]}”，按记录里的“{tag.name}”归类。",
            f"The tag tree calls this tag “{known.names[tag.tag_id]}”; it was placed as “{tag.name}”, as it says.",
        )
        for tag in book.tags
        if tag.level and tidy(known.names.get(tag.tag_id, tag.name)) != tidy(tag.name)
    ]
    stage = _stage(names["stage"])
    if isinstance(stage, tuple):
        return left_out("stage", *stage)
    grades = sorted({grade for name in names["grade"] for grade in parse_grades(name)})
    strands += [name for name in names["grade"] if not parse_grades(name)]
    if not grades_fit(stage.stage, grades):
        written = "、".join(names["grade"])
        return left_out("grade", f"年级“{written}”不属于这个学段", f"the grade “{written}” is not of this stage")
    single: dict[str, str] = {}
    for level in ("subject", "edition", "volume", "revision"):
        codes = list(dict.fromkeys(tags.code(level, name) for name in names[level]))
        if len(codes) > 1:
            written = "、".join(names[level])
            return left_out(
                level, f"有几个不同的值（{written}），只能有一个", f"it has several values ({written}); one is allowed"
            )
        single[level] = codes[0] if codes else ""
    if not single["subject"]:
        return left_out("subject", "没有学科标签", "it has no tag of a subject")
    if not single["edition"] and stage.stage != "special":
        return left_out("edition", "没有版本标签", "it has no tag of an edition")
    if stage.stage in _ALWAYS_GRADED and book.type_code == "teachingmaterials" and not grades and not strands:
        return left_out("grade", "没有年级标签", "it has no tag of a grade")
    return Placed(
        Placement(
            stage=stage.stage,
            grades=tuple(grade_code(grade) for grade in grades),
            strand=tags.code("strand", strands[0]) if strands else "",
            system=stage.system,
            subject=single["subject"],
            edition=single["edition"],
            volume=single["volume"],
            revision=single["revision"],
        ),
        tuple(notes),
    )


def _stage(names: tuple[str, ...]) -> StageName | tuple[str, str]:
    """The one stage that is meant, or why there is none; a book of both systems stands with the more common one."""
    if not names:
        return "没有学段标签", "it has no tag of a stage"
    stages = {name: parse_stage(name) for name in names}
    for name, stage in stages.items():
        if stage is None:
            return f"不认识学段“{name}”", f"the stage “{name}” is not known"
    found = sorted({stage for stage in stages.values() if stage}, key=lambda stage: stage.system, reverse=True)
    special = [stage for stage in found if stage.stage == "special"]
    if len({stage.stage for stage in found}) > 1 and not special:
        written = "、".join(names)
        return f"有几个不同的学段（{written}），只能有一个", f"it has several stages ({written}); one is allowed"
    return (special or found)[0]


def _fill_from_paths(names: dict[str, tuple[str, ...]], book: BookRecord, known: Landmarks) -> list[str]:
    """Fill levels that the tags leave empty from the first path through the tree. Returns kinds of special school."""
    strands: list[str] = []
    empty = {level for level, found in names.items() if not found}
    for tag_id in book.tag_paths[0] if book.tag_paths else ():
        node = known.nodes.get(tag_id)
        if node is None:
            continue
        if node.dimension == "school":
            strands.append(node.name)
        elif node.dimension in empty and (node.dimension != "stage" or parse_stage(node.name)):
            names[node.dimension] = (*names[node.dimension], node.name)
    return strands
