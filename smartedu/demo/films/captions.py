"""Captions of a film as WebVTT, one file a language."""

from typing import Literal

from smartedu.demo.films.timeline import Cue, Film

Language = Literal["zh", "en"]
LINGER = 0.35  # seconds a caption stays after its sentence, as long as the next one has not begun


def stamp(seconds: float) -> str:
    """A moment as WebVTT writes it: HH:MM:SS.mmm."""
    ms = round(seconds * 1000)
    return f"{ms // 3_600_000:02}:{ms // 60_000 % 60:02}:{ms // 1000 % 60:02}.{ms % 1000:03}"


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def webvtt(film: Film, language: Language) -> str:
    """The film's captions in `language`, timed to the narration."""
    cues: tuple[Cue, ...] = film.plan.cues
    blocks = ["WEBVTT"]
    for number, cue in enumerate(cues):
        following = cues[number + 1].start if number + 1 < len(cues) else film.seconds
        end = min(cue.end + LINGER, following)
        words = cue.line.zh if language == "zh" else cue.line.en
        blocks.append(f"{number + 1}\n{stamp(cue.start)} --> {stamp(end)}\n{_escape(words)}")
    return "\n\n".join(blocks) + "\n"
