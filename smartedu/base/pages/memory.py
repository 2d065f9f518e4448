"""The page memory of one front: what is remembered, what it bears, what was dropped, and what may be stored.

Plain values and tables, no clock of its own that matters to what is right, no waiting: everything here happens
between two steps of the event loop. The guarantee that all of it serves:

    After a notice that drops a key has been delivered to this front, or its LISTEN was lost or has come back, no page
    that bears the key and whose rendering began before is ever served as if it were fresh to anybody who asks from
    then on.

Fresh means without the header that calls it stale. It holds by three rules. A page is stored only while notices
arrive, and only if none of its keys was dropped since its rendering began. A notice takes out everything that bears
its key. The loss of LISTEN takes out everything and forbids storing what was begun before its return.
"""

import time
from collections import OrderedDict
from collections.abc import Callable, Iterable

from smartedu.base.pages.asgi import Scope
from smartedu.base.pages.entry import Answer, Entry
from smartedu.base.pages.inside import EVERYTHING

_MOST_DROPS = 20_000
_ASKED_SHARE = 3  # addresses with a query (searches without end) get at most a third
_LARGEST_SHARE = 8  # a page larger than an eighth of all is not worth what it would push out


class Memory:
    """Entries by address, least recently used ones leaving first; not live until `regain` is called."""

    def __init__(self, limit_bytes: int, clock: Callable[[], float] = time.time) -> None:
        self._limit = limit_bytes
        self._clock = clock
        self._found: dict[bytes, Entry] = {}
        # By what pushes what out: plain addresses, and those with a query. In order of use.
        self._plain: OrderedDict[bytes, Entry] = OrderedDict()
        self._asked: OrderedDict[bytes, Entry] = OrderedDict()
        self._bytes = self._asked_bytes = 0
        self._bearing: dict[str, set[Entry]] = {}
        self._aside: dict[bytes, Entry] = {}
        self._moment = 0
        self._since = 0  # what was begun before cannot be stored
        self._dropped: dict[str, int] = {}  # key: the moment it was last dropped
        self.live = False
        """Whether notices arrive: LISTEN holds."""
        self.was_live = False
        """Whether they ever did."""
        self.away = False
        """Whether the database is known to be away; never while live."""

    def __len__(self) -> int:
        return len(self._found)

    @property
    def used_bytes(self) -> int:
        """What all entries take."""
        return self._bytes

    def answer(self, scope: Scope) -> Answer | None:
        """What a GET or HEAD of this very address gets from the memory, or None. The fast way; all else is rare."""
        query = scope["query_string"]
        target = scope["raw_path"] + b"?" + query if query else scope["raw_path"]
        entry = self._found.get(target)
        if entry is None:
            return None
        if entry.until is not None and entry.until <= self._clock():
            self._remove(entry)
            return None
        (self._asked if query else self._plain).move_to_end(target)
        return entry.answer(scope)

    def get(self, target: bytes) -> Entry | None:
        """The entry under a canonical address."""
        entry = self._found.get(target)
        if entry is not None and entry.until is not None and entry.until <= self._clock():
            self._remove(entry)
            return None
        if entry is not None:
            self._area(target).move_to_end(target)
        return entry

    def put_aside(self, target: bytes) -> Entry | None:
        """What was remembered under the address when LISTEN was lost: only to be served as stale, and only in need."""
        entry = self._aside.get(target)
        return None if entry is None or (entry.until is not None and entry.until <= self._clock()) else entry

    # -- what may be stored -------------------------------------------------------------------------------

    def begin(self) -> int:
        """The present moment, to be kept by whoever begins to render a page."""
        return self._moment

    def fresh(self, keys: Iterable[str], begun: int) -> bool:
        """Whether nothing that a page with these keys shows was dropped since `begun`, for all this front can know."""
        if not self.live or begun < self._since:
            return False
        if EVERYTHING in keys and begun < self._moment:
            return False
        return all(self._dropped.get(key, -1) <= begun for key in keys)

    def store(self, entry: Entry, begun: int) -> bool:
        """Remember a page whose rendering began at `begun`; False (and nothing stored) if it is not fresh, bears no
        key, has ended, or is too large."""
        ended = entry.until is not None and entry.until <= self._clock()
        if not entry.keys or ended or not self.fresh(entry.keys, begun) or entry.size > self._limit // _LARGEST_SHARE:
            return False
        old = self._found.get(entry.target)
        if old is not None:
            self._remove(old)
        self._found[entry.target] = self._area(entry.target)[entry.target] = entry
        self._bytes += entry.size
        if b"?" in entry.target:
            self._asked_bytes += entry.size
        for key in entry.keys:
            self._bearing.setdefault(key, set()).add(entry)
        self._make_room()
        return self._found.get(entry.target) is entry

    # -- what drops pages ---------------------------------------------------------------------------------

    def drop(self, key: str) -> int:
        """A notice: take out what bears the key; how many pages that were. EVERYTHING takes out all."""
        self._moment += 1
        if key == EVERYTHING:
            self._since = self._moment
            self._dropped.clear()
            count = len(self._found)
            self._clear()
            return count
        if len(self._dropped) >= _MOST_DROPS:
            self._dropped.clear()
            self._since = self._moment
        self._dropped[key] = self._moment
        bearing = [*self._bearing.get(key, ()), *self._bearing.get(EVERYTHING, ())]
        for entry in bearing:
            self._remove(entry)
        return len(bearing)

    def lose(self) -> None:
        """Notices may be missed from now on: empty the memory; what was in it is put aside."""
        if self.live:
            self._aside = dict(self._found)
        self.live = False
        self._moment += 1
        self._since = self._moment
        self._dropped.clear()
        self._clear()

    def regain(self) -> None:
        """Every notice arrives again: begin anew, empty; what was put aside is forgotten."""
        self.lose()
        self._aside = {}
        self.live = self.was_live = True
        self.away = False

    # -- inside -------------------------------------------------------------------------------------------

    def _area(self, target: bytes) -> OrderedDict[bytes, Entry]:
        return self._asked if b"?" in target else self._plain

    def _make_room(self) -> None:
        while self._asked_bytes > self._limit // _ASKED_SHARE:
            self._remove(next(iter(self._asked.values())))
        while self._bytes > self._limit:
            self._remove(next(iter((self._plain or self._asked).values())))

    def _remove(self, entry: Entry) -> None:
        del self._found[entry.target]
        del self._area(entry.target)[entry.target]
        self._bytes -= entry.size
        if b"?" in entry.target:
            self._asked_bytes -= entry.size
        for key in entry.keys:
            bearing = self._bearing[key]
            bearing.discard(entry)
            if not bearing:
                del self._bearing[key]

    def _clear(self) -> None:
        self._found.clear()
        self._plain.clear()
        self._asked.clear()
        self._bearing.clear()
        self._bytes = self._asked_bytes = 0
