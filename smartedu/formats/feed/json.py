"""JSON that may be hostile: size, encoding, depth, repeated keys and halves of characters are checked before use."""

import json
import re
from collections.abc import Callable
from typing import Any, TypeVar

import msgspec

from smartedu.formats.feed.problems import FeedError, FeedProblem, from_validation

LARGEST_FILE_BYTES = 200 * 1024 * 1024  # the largest real part is 10 MB; what is read must fit in a small machine
_UTF8_BOM = b"\xef\xbb\xbf"
_BYTE = re.compile(r" \(byte (\d+)\)$")
_AGAIN_ZH, _AGAIN_EN = "请重新获取这个文件。", "Fetch this file again."

T = TypeVar("T")


def decode(data: bytes, file: str, kind: type[T]) -> T:
    """Decode a whole file as `kind`. Raises FeedError that says where the file breaks off or goes wrong."""
    text = _checked(data, file)
    try:
        value = msgspec.json.decode(text, type=kind)
    except msgspec.ValidationError as error:
        raise FeedError([from_validation(file, str(error), "")]) from None
    except msgspec.DecodeError as error:
        raise FeedError([_syntax(file, text, str(error))]) from None
    except RecursionError:
        raise FeedError([_too_deep(file)]) from None
    _refuse_repeated_keys(text, file)
    return value


def decode_record(raw: msgspec.Raw, file: str, where: str, kind: type[T]) -> T | FeedProblem:
    """Decode one value of a list, or say what is wrong with it; `where` is its place in the file."""
    try:
        return msgspec.json.decode(raw, type=kind)
    except msgspec.ValidationError as error:
        return from_validation(file, str(error), where)
    except msgspec.DecodeError as error:
        return FeedProblem("not-json", file, where, f"无法读取（{error}）。{_AGAIN_ZH}", f"{error}. {_AGAIN_EN}")
    except RecursionError:
        return _too_deep(file)


_UNSEEN = re.compile(
    # control characters but tab and line ends; halves of characters; what turns the line around; non-characters
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069\u200e\u200f\ufffe\uffff]"
)
_MARKUP = re.compile(r"<\s*[A-Za-z/!?]|&(?:#\d+|#[xX][0-9A-Fa-f]+|[A-Za-z]{2,8});")


def text_problem(text: str, longest: int) -> tuple[str, str] | None:
    """What is wrong with a text that people are to read, in (zh, en), or None.

    Control characters, marks that turn the line's direction and markup are refused: no title has a use for them.
    """
    if not text.strip():
        return "不能为空", "it must not be empty"
    if len(text) > longest:
        return f"长 {len(text)} 字，最多 {longest} 字", f"it has {len(text)} characters, at most {longest} are allowed"
    unseen = _UNSEEN.search(text)
    if unseen:
        code = f"U+{ord(unseen[0]):04X}"
        return f"含有不可见的控制字符 {code}", f"it holds the control character {code}"
    if _MARKUP.search(text):
        return "含有网页标记", "it holds markup"
    return None


def _checked(data: bytes, file: str) -> bytes:
    """The bytes without their mark of order, known to be UTF-8 of a bearable size."""
    if len(data) > LARGEST_FILE_BYTES:
        limit = LARGEST_FILE_BYTES // 1024 // 1024
        raise FeedError(
            [
                FeedProblem(
                    "too-large",
                    file,
                    "",
                    f"文件超过 {limit} MB，目录文件不会这么大。请确认是否放错了文件。",
                    f"The file is larger than {limit} MB; no file of the feed is. Check that it is the right one.",
                )
            ]
        )
    data = data.removeprefix(_UTF8_BOM)
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise FeedError(
            [
                FeedProblem(
                    "not-utf8",
                    file,
                    f"byte {error.start}",
                    "不是 UTF-8 编码。请以 UTF-8 重新保存或重新获取这个文件。",
                    "This is not UTF-8. Save the file as UTF-8, or fetch it again.",
                )
            ]
        ) from None
    return data


def _syntax(file: str, data: bytes, message: str) -> FeedProblem:
    at = _BYTE.search(message)
    if "truncated" in message and _is_json(data):
        # the decoder calls half of a surrogate pair an early end
        return FeedProblem(
            "half-character",
            file,
            "",
            f"含有半个字符（孤立的代理项）。{_AGAIN_ZH}",
            f"It holds half of a character (a lone surrogate). {_AGAIN_EN}",
        )
    if "truncated" in message:
        return FeedProblem(
            "cut-off",
            file,
            f"byte {len(data)}",
            f"文件不完整，在这里中断了。{_AGAIN_ZH}",
            f"The file is cut off here. {_AGAIN_EN}",
        )
    what = _BYTE.sub("", message).removeprefix("JSON is malformed: ")
    return FeedProblem(
        "not-json",
        file,
        f"byte {at[1]}" if at else "",
        f"不是有效的 JSON（{what}）。{_AGAIN_ZH}",
        f"This is not valid JSON ({what}). {_AGAIN_EN}",
    )


def _too_deep(file: str) -> FeedProblem:
    return FeedProblem(
        "too-deep",
        file,
        "",
        f"嵌套层数过多，不是目录文件。{_AGAIN_ZH}",
        f"It is nested too deeply to be a file of the feed. {_AGAIN_EN}",
    )


def _is_json(data: bytes) -> bool:
    try:
        _walk(data, dict)
    except (ValueError, RecursionError):
        return False
    return True


def _refuse_repeated_keys(data: bytes, file: str) -> None:
    """The decoder keeps the last of repeated keys; which one was meant cannot be known, so the file is refused."""
    repeated: list[FeedProblem] = []

    def look(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) != len(pairs):
            keys = [key for key, _ in pairs]
            key = next(key for key in keys if keys.count(key) > 1)
            identity = found.get("id") or found.get("tag_id") or ""
            repeated.append(
                FeedProblem(
                    "repeated-key",
                    file,
                    f"{identity if isinstance(identity, str) else ''} {key}".strip(),
                    f"同一个对象里字段“{key}”出现了两次，无法判断以哪个为准。{_AGAIN_ZH}",
                    f"The field “{key}” stands twice in one object; which one holds cannot be told. {_AGAIN_EN}",
                )
            )
        return found

    _walk(data, look)
    if repeated:
        raise FeedError(repeated[:20])


def _walk(data: bytes, pairs: Callable[[list[tuple[str, Any]]], Any]) -> None:
    """Parse for the sake of the objects only; numbers are not made, so that endless ones cost nothing."""
    json.loads(data, object_pairs_hook=pairs, parse_int=str, parse_float=str)
