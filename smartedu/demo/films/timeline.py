"""When what is said and shown: a film is a row of scenes, a scene is a row of spoken lines with one drawing function.

Pictures are cued by lines («half a second after the second sentence begins»), never by clock times, so that a
sentence can be rewritten or another voice taken without touching a drawing.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property

from smartedu.demo.films.canvas import Canvas

CHARACTERS_A_SECOND = 4.2  # a calm teacher; the pace of the recorded voice, used where a line has no recording
PAUSE = 0.55  # seconds of silence after a line
LEAD = 0.5  # seconds before a scene's first line
TAIL = 0.6  # seconds after a scene's last line
FADE = 0.32  # seconds in which a scene gives way to the next


@dataclass(frozen=True)
class Line:
    """One spoken sentence with its English caption.

    `say` gives the spoken parts where they differ from the caption: pairs of language («zh» or «en») and text.
    `pause` is added to the usual silence after the line, in seconds, to leave time to look.
    """

    zh: str
    en: str
    pause: float = 0.0
    say: tuple[tuple[str, str], ...] = ()

    @property
    def parts(self) -> tuple[tuple[str, str], ...]:
        """What is spoken, part by part."""
        return self.say or (("zh", self.zh),)


@dataclass(frozen=True)
class Note:
    """A sound that belongs to the picture: `instrument` struck `after` seconds after line `line` has been said."""

    line: int
    after: float
    instrument: str
    pitch: float = 0.0  # hertz
    gain: float = 0.5


@dataclass(frozen=True)
class Scene:
    """Lines and the function that draws the picture while they are heard."""

    draw: Callable[["Stage"], None]
    lines: tuple[Line, ...]
    notes: tuple[Note, ...] = ()
    tail: float = TAIL


@dataclass(frozen=True)
class Film:
    """A lesson film. `kicker` is the line over the title: subject and stage."""

    slug: str
    title_zh: str
    title_en: str
    kicker: str
    scenes: tuple[Scene, ...]
    bed: bool = True  # soft notes under the voice; off where the film is about sound
    sources: tuple[str, ...] = field(default=(), compare=False)

    @cached_property
    def plan(self) -> "Plan":
        """The film's timing."""
        return plan(self)

    @property
    def seconds(self) -> float:
        """The length of the film."""
        return self.plan.seconds

    @property
    def poster_at(self) -> float:
        """The moment of the poster, in seconds: the title card when all of it is there."""
        return self.plan.scene_cues[0][-1].end


@dataclass(frozen=True)
class Cue:
    """A line with its place in the film, in seconds."""

    line: Line
    start: float
    end: float


@dataclass(frozen=True)
class Plan:
    """The starts of the scenes and the places of all lines, in seconds from the start of the film."""

    scene_starts: tuple[float, ...]
    scene_cues: tuple[tuple[Cue, ...], ...]
    seconds: float

    @property
    def cues(self) -> tuple[Cue, ...]:
        """All lines in order."""
        return tuple(cue for cues in self.scene_cues for cue in cues)


def spoken_seconds(film: Film, line: Line) -> float:
    """How long the line takes to say: measured where it is recorded, else reckoned from its length."""
    from smartedu.demo.films.voice import clip

    total = 0.0
    for language, words in line.parts:
        recorded = clip(film.slug, language, words)
        if recorded:
            total += recorded.seconds
        elif language == "zh":
            total += 0.3 + len(words) / CHARACTERS_A_SECOND
        else:
            total += 0.3 + len(words.split()) / 2.2
    return total + PART_GAP * (len(line.parts) - 1)


PART_GAP = 0.35  # seconds between two parts of one line


def plan(film: Film) -> Plan:
    """Lay the film's lines one after another."""
    at = 0.0
    starts: list[float] = []
    cues: list[tuple[Cue, ...]] = []
    for scene in film.scenes:
        starts.append(at)
        at += LEAD
        row: list[Cue] = []
        for line in scene.lines:
            end = at + spoken_seconds(film, line)
            row.append(Cue(line, round(at, 3), round(end, 3)))
            at = end + PAUSE + line.pause
        cues.append(tuple(row))
        at += scene.tail - PAUSE
    return Plan(tuple(starts), tuple(cues), round(at + 1.0, 3))  # one second more: the last picture rests


def smooth(share: float) -> float:
    """An even start and an even stop; 0 below 0 and 1 above 1."""
    share = min(1.0, max(0.0, share))
    return share * share * (3 - 2 * share)


class Stage(Canvas):
    """The canvas of one moment of a scene, with the cues a drawing function asks for."""

    def __init__(self, film: Film, number: int, clock: float) -> None:
        timing = film.plan
        self.film = film
        self.t = clock - timing.scene_starts[number]
        ends = timing.scene_starts[number + 1] if number + 1 < len(timing.scene_starts) else None
        self._cues = timing.scene_cues[number]
        self._zero = timing.scene_starts[number]
        fade = 1.0 if ends is None else smooth((ends - clock) / FADE)
        super().__init__(fade)

    def at(self, line: int, delay: float = 0.0) -> float:
        """Seconds since line `line` of this scene began and `delay` more passed; below 0 before that."""
        return self.t - (self._cues[line].start - self._zero) - delay

    def after(self, line: int) -> float:
        """Seconds since line `line` has been said; below 0 before that."""
        return self.t - (self._cues[line].end - self._zero)

    def ease(self, line: int, delay: float = 0.0, over: float = 0.7) -> float:
        """0 before that moment, 1 `over` seconds after it, gentle between."""
        return smooth(self.at(line, delay) / over)

    def says(self, line: int) -> float:
        """How many seconds the line takes to say."""
        cue = self._cues[line]
        return cue.end - cue.start

    def during(self, line: int, start: float = 0.0, end: float = 1.0) -> float:
        """Eases from 0 to 1 between two shares of the time in which the line is said."""
        long = self.says(line)
        return smooth((self.at(line) - start * long) / max(0.01, (end - start) * long))
