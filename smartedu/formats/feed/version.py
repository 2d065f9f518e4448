"""The version file: which parts the feed has."""

import re
from typing import Annotated
from urllib.parse import urlsplit

import msgspec

from smartedu.formats.feed.json import decode
from smartedu.formats.feed.problems import FeedError, FeedProblem

MOST_PARTS = 1_000
_PART = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,99}\.json")


class VersionFile(msgspec.Struct, frozen=True):
    """`module` is the feed's name for itself ("national_lesson", "tch_material"); `urls` the addresses of its parts."""

    module: str
    module_version: int
    urls: tuple[str, ...]


class _Written(msgspec.Struct):
    module: Annotated[str, msgspec.Meta(min_length=1, max_length=60)]
    module_version: Annotated[int, msgspec.Meta(ge=0, le=2**63 - 1)]
    urls: str | list[str]


def read_version(data: bytes, file: str) -> VersionFile:
    """Read a version file; `urls` may be a list or one comma-joined string. Raises FeedError.

    Every address must be http(s) and end in a plain file name: names are looked for in a folder.
    """
    written = decode(data, file, _Written)
    listed = written.urls.split(",") if isinstance(written.urls, str) else written.urls
    urls = tuple(dict.fromkeys(url.strip() for url in listed if url.strip()))
    problems = [
        FeedProblem(
            "bad-address",
            file,
            f"urls[{number}]",
            f"“{url[:120]!a}”不是分片文件的地址（应为 http 或 https，以 .json 结尾）。请重新获取这个文件。",
            f"{url[:120]!a} is not the address of a part (http or https, ending in .json). Fetch this file again.",
        )
        for number, url in enumerate(urls)
        if part_name(url) is None
    ]
    if not urls or len(urls) > MOST_PARTS:
        problems.append(
            FeedProblem(
                "no-parts" if not urls else "too-many-parts",
                file,
                "urls",
                f"列出了 {len(urls)} 个分片，应为 1 到 {MOST_PARTS} 个。请重新获取这个文件。",
                f"It names {len(urls)} parts; 1 to {MOST_PARTS} are expected. Fetch this file again.",
            )
        )
    if problems:
        raise FeedError(problems[:20])
    return VersionFile(written.module, written.module_version, urls)


def part_name(url: str) -> str | None:
    """The file name at the end of a part's address, or None where the address is none."""
    try:
        address = urlsplit(url)
    except ValueError:
        return None
    name = address.path.rsplit("/", 1)[-1]
    return name if address.scheme in ("http", "https") and address.netloc and _PART.fullmatch(name) else None
