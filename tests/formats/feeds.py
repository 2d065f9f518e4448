"""Small files of the catalogue feed, made up, in the shapes of the real ones."""

import json
from pathlib import Path
from typing import Any

SHARED_FEED = Path(__file__).resolve().parents[3] / "shared" / "data" / "public-feed"
DIMENSIONS = {
    "stage": "zxxxd",
    "grade": "zxxnj",
    "subject": "zxxxk",
    "edition": "zxxbb",
    "volume": "zxxcc",
    "revision": "zxxxjjc",
}


def tag(level: str, name: str, tag_id: str = "") -> dict[str, Any]:
    dimension = DIMENSIONS.get(level, level)
    return {"tag_dimension_id": dimension, "tag_id": tag_id or f"{level}-{name}", "tag_name": name, "order_num": 1}


def book(number: int = 1, **changes: Any) -> dict[str, Any]:
    """A course textbook; `tags` is level to name (None leaves a level away), other changes are fields."""
    names = {"stage": "小学", "grade": "一年级", "subject": "数学", "edition": "人教版", "volume": "上册"}
    names |= changes.pop("tags", {})
    record = {
        "id": f"book-{number}",
        "title": f"小学数学人教版一年级上册{number}",
        "status": "ONLINE",
        "language": "zh-CN",
        "create_time": "2022-10-28T19:46:10.441+0800",
        "update_time": "2024-03-15T14:22:07.930+0800",
        "resource_type_code": "teachingmaterials",
        "custom_properties": {"size": 0},
        "tag_list": [tag(level, name) for level, name in names.items() if name is not None],
    }
    return record | changes


def e_book(number: int = 1, **changes: Any) -> dict[str, Any]:
    """A record of the e-textbook module: other type, years among the tags, a provider, a path through the tree."""
    more = {
        "id": f"e-book-{number}",
        "title": f"义务教育教科书·数学一年级上册{number}",
        "resource_type_code": "assets_document",
        "provider_list": [{"name": "智慧中小学"}, {"name": "人民教育出版社"}],
        "tag_paths": ["root/wrap/e-primary/e-maths/e-pep/e-one"],
        "ti_items": [{"ti_format": "pdf", "ti_size": 123}],
    }
    return book(number, **(more | changes))


def node(name: str, tag_id: str, *children: dict[str, Any], level: str = "", **ext: Any) -> dict[str, Any]:
    """A node of a tag tree; `level` is the name of the hierarchy its children stand in."""
    hierarchies = [{"hierarchy_name": level, "children": list(children), "ext": {"hidden_tags": [], **ext}}]
    return {"tag_id": tag_id, "tag_name": name, "tag_dimension_id": None, "hierarchies": hierarchies if level else None}


def tree(*roots: dict[str, Any], level: str = "学段") -> dict[str, Any]:
    return {"tag_path": "root", "hierarchies": [{"hierarchy_name": level, "children": list(roots), "ext": None}]}


def lessons_tree() -> dict[str, Any]:
    volume = node("上册", "volume-上册")
    edition = node("人教版", "edition-人教版", volume, level="册次", hidden_tags=["volume-下册"])
    subject = node("数学", "subject-数学", edition, level="版本")
    grade = node("一年级", "grade-一年级", subject, level="学科")
    return tree(node("小学", "stage-小学", grade, level="年级"))


def books_tree() -> dict[str, Any]:
    grade = node("一年级", "e-one", level="册次", hidden_tags=["unnamed"])
    maths = node("数学", "e-maths", node("人教版", "e-pep", grade, level="年级"), level="版本")
    blind = node("语文", "b-chinese", node("三年级", "b-three"), level="年级")
    school = node("盲校", "b-school", node("小学", "b-primary", blind, level="学科"), level="学段")
    wrap = node(
        "电子教材",
        "wrap",
        node("小学", "e-primary", maths, level="学科"),
        node("特殊教育", "b-special", school, level="类别"),
        level="电子教材",
    )
    return tree(wrap, level="专题*")


def version(module: str, *numbers: int, joined: bool = False) -> dict[str, Any]:
    urls = [f"https://files.example.org/{module}/part_{number}.json" for number in numbers]
    return {"module": module, "module_version": 7, "urls": ",".join(urls) if joined else urls}


def write(folder: Path, files: dict[str, Any]) -> Path:
    """Write files into a folder: bytes as they are, anything else as JSON."""
    folder.mkdir(exist_ok=True)
    for name, content in files.items():
        data = content if isinstance(content, bytes) else json.dumps(content, ensure_ascii=False).encode()
        (folder / name).write_bytes(data)
    return folder


def small_feed() -> dict[str, Any]:
    """A whole feed of six books, both modules, with a part that is named and absent."""
    return {
        "course-data_version.json": version("national_lesson", 100, 101),
        "course-part_100.json": [
            book(1),
            book(2, tags={"volume": "下册"}),
            book(3, tags={"stage": "初中（五•四学制）", "grade": "六年级", "edition": "鲁教版"}),
            book(4, tags={"stage": "高中", "grade": None, "volume": "必修 第一册"}),
        ],
        "course-national_lesson_tag.json": lessons_tree(),
        "textbook-data_version.json": version("tch_material", 100, joined=True),
        "textbook-part_100.json": [
            e_book(1),
            e_book(
                2,
                tags=dict.fromkeys(DIMENSIONS),
                tag_paths=["root/wrap/b-special/b-school/b-primary/b-chinese/b-three"],
            ),
        ],
        "textbook-tch_material_tag.json": books_tree(),
    }
