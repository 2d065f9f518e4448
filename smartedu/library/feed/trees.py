"""From the feed's tag tree to the nodes of a browse tree, hidden tags at the end of their siblings."""

from collections.abc import Mapping

from smartedu.base.errors import DomainError, Problem
from smartedu.formats.feed import TagTree
from smartedu.library.feed.actions import Node
from smartedu.library.feed.tags import TagBook
from smartedu.rules.taxonomy import node_path, parse_stage, tidy

LONGEST_PATH = 400
_Order = tuple[tuple[int, int], ...]


def browse_nodes(tree: TagTree, names: Mapping[str, str], tags: TagBook, file: str) -> tuple[list[Node], int]:
    """The nodes of a browse tree in preorder, and how many hidden tags have no name anywhere.

    `names` tells tag ids by all that the feed says. A root that is no stage («电子教材») only wraps the tree and is
    left away. Raises DomainError where a path is longer than can be kept.
    """
    roots = {node.name for node in tree.nodes if len(node.path) == 1}
    wrapped = len(roots) == 1 and parse_stage(next(iter(roots))) is None
    drop = 1 if wrapped else 0
    found: list[tuple[tuple[str, ...], str, bool]] = [
        (node.path[drop:], node.dimension, node.hidden) for node in tree.nodes if len(node.path) > drop
    ]
    nameless = 0
    for hidden in tree.hidden:
        name = names.get(hidden.tag_id)
        if name is None:
            nameless += 1
        else:
            found.append(((*hidden.path[drop:], name), hidden.dimension, True))
    return _in_order(found, tags, file), nameless


def _in_order(found: list[tuple[tuple[str, ...], str, bool]], tags: TagBook, file: str) -> list[Node]:
    """Preorder by where siblings first came; what is hidden stands behind what is not."""
    orders: dict[str, _Order] = {"": ()}
    nodes: dict[str, tuple[_Order, Node]] = {}
    for index, (names, level, hidden) in enumerate(found):
        path = node_path(tidy(name) for name in names)
        if path in nodes:
            continue
        if len(path) > LONGEST_PATH:
            raise DomainError(
                Problem(
                    "path-too-long",
                    f"{file}, {path[:60]}…",
                    f"各级名称连起来超过 {LONGEST_PATH} 字。请重新获取这个文件。",
                    f"The names of its levels together exceed {LONGEST_PATH} characters. Fetch this file again.",
                )
            )
        above = orders.get(node_path(tidy(name) for name in names[:-1]), ())
        order = (*above, (int(hidden), index))
        orders[path] = order
        code = tags.of_node(level, names[-1]) if level else ""
        tag = (tags.dimension_of_node(level, names[-1]), code) if code else None
        nodes[path] = (order, Node(path, tidy(names[-1]), level, tag, len(names), hidden))
    return [node for _, node in sorted(nodes.values(), key=lambda pair: pair[0])]
