"""The sound of a film: the recorded voice, a quiet bed of plucked notes, and sounds that belong to the picture.

Everything is made here from sines and noise with the standard library; the only thing read is our own recording
of the voice.
"""

import math
import random
import subprocess
import sys
import wave
from array import array
from collections.abc import Callable
from functools import lru_cache
from operator import add
from pathlib import Path

from smartedu.demo.films.timeline import PART_GAP, Film
from smartedu.demo.films.voice import clip, recording

RATE = 24_000  # samples a second; enough for speech, and half the work of 48,000
PENTATONIC = (261.63, 293.66, 329.63, 392.00, 440.00, 523.25, 587.33, 659.25)
BED_UNDER_VOICE, BED_ALONE = 0.022, 0.09  # of full scale
VOICE_GAIN = 1.45  # brings the recordings to about -19 LUFS, as loud as other lesson films


def _samples(values: list[float]) -> "array[int]":
    return array("i", (int(v * 32767) for v in values))


@lru_cache(maxsize=128)
def struck(instrument: str, pitch: float) -> "array[int]":
    """One stroke at full strength. Instruments: pluck, bell, drum, wood, tick, splash.

    Raises KeyError for another instrument.
    """
    noise = random.Random(f"{instrument}{pitch}")  # noqa: S311 - noise, not a secret
    sounds: dict[str, tuple[float, Callable[[float], float]]] = {
        "pluck": (1.6, lambda t: math.exp(-3.2 * t) * _tone(pitch, t, (1, 0.35, 0.12))),
        "bell": (2.0, lambda t: math.exp(-2.4 * t) * _tone(pitch, t, (0.8, 0.2, 0.3, 0.1))),
        "drum": (0.4, lambda t: math.exp(-11 * t) * math.sin(2 * math.pi * (62 + 70 * math.exp(-28 * t)) * t)),
        "wood": (0.12, lambda t: math.exp(-45 * t) * _tone(pitch or 980, t, (0.9, 0.3))),
        "tick": (0.05, lambda t: math.exp(-120 * t) * noise.uniform(-1, 1)),
        "splash": (0.7, lambda t: math.exp(-6 * t) * (1 - math.exp(-60 * t)) * noise.uniform(-1, 1) * 0.7),
    }
    long, make = sounds[instrument]
    count = int(long * RATE)
    attack = RATE // 200
    return _samples([make(n / RATE) * min(1.0, n / attack) * min(1.0, (count - n) / 400) for n in range(count)])


def _tone(pitch: float, t: float, strengths: tuple[float, ...]) -> float:
    turn = 2 * math.pi * pitch * t
    return sum(s * math.sin(turn * (k + 1)) for k, s in enumerate(strengths)) / sum(strengths)


def _lay(track: "array[int]", sound: "array[int]", at: float, gain: float) -> None:
    start = round(at * RATE)
    if start < 0 or start >= len(track):
        return
    end = min(len(track), start + len(sound))
    piece = sound[: end - start]
    if gain != 1:
        piece = array("i", [int(v * gain) for v in piece])
    track[start:end] = array("i", map(add, track[start:end], piece))


def _bed(track: "array[int]", film: Film, gain: float) -> None:
    """A slow walk over five notes, seeded by the film, so that two films do not hum the same tune."""
    chance = random.Random(film.slug)  # noqa: S311 - a tune, not a secret
    at, place = 0.3, 4
    while at < film.seconds - 2:
        place = min(len(PENTATONIC) - 1, max(0, place + chance.choice((-2, -1, -1, 1, 1, 2))))
        _lay(track, struck("pluck", PENTATONIC[place]), at, gain)
        if chance.random() < 0.4:
            _lay(track, struck("pluck", PENTATONIC[place] / 2), at, gain * 0.8)
        at += chance.choice((0.8, 0.8, 1.6))


def _decoded(ffmpeg: str, path: Path) -> "array[int]":
    run = subprocess.run(
        [ffmpeg, "-v", "error", "-nostdin", "-i", str(path), "-f", "s16le", "-ac", "1", "-ar", str(RATE), "-"],
        capture_output=True,
        check=True,
        timeout=120,
    )
    samples = array("h", run.stdout[: len(run.stdout) // 2 * 2])
    if sys.byteorder == "big":
        samples.byteswap()
    return array("i", samples)


def _voice(track: "array[int]", film: Film, ffmpeg: str) -> bool:
    path = recording(film.slug)
    if path is None:
        return False
    speech = _decoded(ffmpeg, path)
    for cue in film.plan.cues:
        at = cue.start
        for language, words in cue.line.parts:
            found = clip(film.slug, language, words)
            if found:
                first = round(found.start * RATE)
                _lay(track, speech[first : first + round(found.seconds * RATE)], at, VOICE_GAIN)
                at += found.seconds + PART_GAP
    return True


def write_sound(film: Film, path: Path, ffmpeg: str) -> None:
    """Write the film's whole sound to `path` as a WAV file of one channel.

    Raises subprocess.SubprocessError where the recording cannot be decoded.
    """
    track = array("i", bytes(4 * math.ceil(film.seconds * RATE)))
    spoken = _voice(track, film, ffmpeg)
    if film.bed:
        _bed(track, film, BED_UNDER_VOICE if spoken else BED_ALONE)
    for scene, cues in zip(film.scenes, film.plan.scene_cues, strict=True):
        for note in scene.notes:
            _lay(track, struck(note.instrument, note.pitch), cues[note.line].end + note.after, note.gain)
    samples = array("h", (max(-32767, min(32767, v)) for v in track))
    if sys.byteorder == "big":
        samples.byteswap()
    with wave.open(str(path), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(RATE)
        out.writeframes(samples.tobytes())
