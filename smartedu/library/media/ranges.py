"""Which part of a file a request asks for: the Range header of RFC 9110, section 14. Pure."""

import re
from dataclasses import dataclass

_SPEC = re.compile(r"(\d{0,18})-(\d{0,18})", re.ASCII)
_MOST_RANGES = 16  # a longer list is not a player's wish but an attack on the arithmetic below


@dataclass(frozen=True)
class Span:
    """Bytes from `start` up to, not including, `stop`."""

    start: int
    stop: int

    @property
    def length(self) -> int:
        """Number of bytes."""
        return self.stop - self.start


class NotSatisfiable(Exception):
    """Well-formed, but no byte of the file is meant: the answer is 416."""


def wanted_span(value: str, size: int) -> Span | None:
    """The one part of a file of `size` bytes that the Range header `value` asks for; None for the whole file.

    A malformed header and an unknown unit are ignored, as the RFC tells. Several ranges become one where they
    touch or overlap; otherwise the first is sent alone (RFC 9110, 15.3.7.2: a client cannot rely on getting all it
    asked for): no player asks for several, and a multipart answer is a way to make a server work for nothing.

    Raises NotSatisfiable when every range lies behind the end.
    """
    unit, equals, specs = value.partition("=")
    if not equals or unit.strip().lower() != "bytes" or size == 0:
        return None
    spans: list[Span] = []
    parts = [part.strip() for part in specs.split(",")]
    parts = [part for part in parts if part]
    if not parts or len(parts) > _MOST_RANGES:
        return None
    for part in parts:
        match = _SPEC.fullmatch(part)
        if match is None or match[0] == "-":
            return None
        first, last = match[1], match[2]
        if first and last and int(last) < int(first):
            return None
        if not first:
            start, stop = max(0, size - int(last)), size
        else:
            start, stop = int(first), min(size, int(last) + 1 if last else size)
        if start < stop:
            spans.append(Span(start, stop))
    if not spans:
        raise NotSatisfiable
    return _joined(spans) or spans[0]


def _joined(spans: list[Span]) -> Span | None:
    """One span when all of them touch or overlap, else None."""
    ordered = sorted(spans, key=lambda span: span.start)
    stop = ordered[0].stop
    for span in ordered[1:]:
        if span.start > stop:
            return None
        stop = max(stop, span.stop)
    return Span(ordered[0].start, stop)
