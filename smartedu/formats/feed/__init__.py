"""The public catalogue feed of the national platform: bytes to frozen values.

Three kinds of files: a version file names the parts, a part is a list of book records, a tag file is a browse tree.
Reading is strict where it matters (`FeedError` names the file, the place, what is wrong and what to do) and looks
away from what we do not use: unknown extra fields are fine.
"""

from smartedu.formats.feed.json import LARGEST_FILE_BYTES
from smartedu.formats.feed.problems import FeedError, FeedProblem
from smartedu.formats.feed.records import BookRecord, BookTag, read_books
from smartedu.formats.feed.tree import HiddenTag, TagNode, TagTree, read_tree
from smartedu.formats.feed.version import VersionFile, part_name, read_version

__all__ = [
    "LARGEST_FILE_BYTES",
    "BookRecord",
    "BookTag",
    "FeedError",
    "FeedProblem",
    "HiddenTag",
    "TagNode",
    "TagTree",
    "VersionFile",
    "part_name",
    "read_books",
    "read_tree",
    "read_version",
]
