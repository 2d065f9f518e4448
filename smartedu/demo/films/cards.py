"""What every film shares: the title card, the running head, the closing card, and a few drawn building blocks."""

from collections.abc import Callable, Sequence

from smartedu.demo.films.canvas import text_width
from smartedu.demo.films.look import ACCENT, BODY, INK, LINE, MIST, PAPER, SECOND, SMALL, TITLE
from smartedu.demo.films.timeline import Film, Line, Scene, Stage


def opening(*lines: Line, picture: Callable[[Stage], None] | None = None) -> Scene:
    """The title card: kicker, title, English title, with `picture` drawn at its right (around x 1010, y 360)."""

    def draw(s: Stage) -> None:
        come = s.ease(0, -0.45, 0.6)
        left = 96 if picture else 640
        align = "l" if picture else "m"
        s.rect(left if picture else left - 32, 214, 64 * come, 8, ACCENT)
        s.text(left, 262, s.film.kicker, SMALL, SECOND, align + "m", alpha=come)
        size = TITLE
        while text_width(s.film.title_zh, size, bold=True) > (720 if picture else 1100):
            size -= 4
        s.text(left, 352, s.film.title_zh, size, INK, align + "m", bold=True, alpha=s.ease(0, -0.35, 0.7))
        small = 38
        while text_width(s.film.title_en, small) > (680 if picture else 1100):
            small -= 1
        s.text(left, 440, s.film.title_en, small, SECOND, align + "m", alpha=s.ease(0, -0.1, 0.7))
        if picture:
            picture(s)

    return Scene(draw, lines)


def head(s: Stage, words: str) -> None:
    """The running head at the upper left: a small accent mark and what this part is about. It does not fade."""
    fade, s.fade = s.fade, 1.0
    s.rect(64, 48, 8, 36, ACCENT)
    s.text(92, 66, words, SMALL, SECOND, "lm")
    s.fade = fade


def closing(points: Sequence[str], *lines: Line, title: str = "记住", tail: float = 1.2) -> Scene:
    """The last card: what to take home, one row for each line said (rich text: `a^2`, `H_2O`)."""

    def draw(s: Stage) -> None:
        head(s, title)
        gap = min(132, 400 // max(1, len(points)))
        top = 330 - gap * (len(points) - 1) / 2
        for n, words in enumerate(points):
            come = s.ease(min(n, len(lines) - 1), 0.1 if n < len(lines) else 0.8 * n)
            y = top + gap * n + 14 * (1 - come)
            s.rect(110, y - 46, 1060, 92, MIST, radius=14, alpha=come)
            s.circle(160, y, 9, ACCENT, alpha=come, on=MIST)
            size = 46
            while text_width(words, size) > 930:
                size -= 2
            s.rich(204, y, words, size, INK, "l", alpha=come, on=MIST)

    return Scene(draw, lines, tail=tail)


def label(
    s: Stage, x: float, y: float, words: str, fill: str, colour: str = INK, size: int = 36, alpha: float = 1
) -> None:
    """Words on a rounded tint."""
    wide = text_width(words, size) + 44
    s.rect(x - wide / 2, y - size * 0.85, wide, size * 1.7, fill, radius=size * 0.5, alpha=alpha)
    s.text(x, y, words, size, colour, alpha=alpha, on=fill)


def progress(film: Film, s: Stage, clock: float) -> None:
    """How far the film is: a thin line along the lower edge, moved twice a second so that still pictures stay still."""
    share = int(clock * 2) / 2 / film.seconds
    fade, s.fade = s.fade, 1.0
    s.rect(0, 714, 1280, 6, LINE)
    s.rect(0, 714, 1280 * share, 6, ACCENT, alpha=0.75, on=PAPER)
    s.fade = fade


def note(s: Stage, words: str, come: float, y: float = 590, colour: str = INK, size: int = BODY) -> None:
    """A sentence in the middle below the picture, above the band where the player lays captions."""
    s.rich(640, y, words, size, colour, "m", alpha=come)
