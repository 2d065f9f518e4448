"""Draws a film frame by frame into ffmpeg and puts the finished files into a folder, all or nothing."""

import bisect
import hashlib
import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from smartedu.demo.films.captions import webvtt
from smartedu.demo.films.cards import progress
from smartedu.demo.films.look import FPS, HEIGHT, WIDTH
from smartedu.demo.films.painter import Painter
from smartedu.demo.films.sound import write_sound
from smartedu.demo.films.timeline import Film, Stage
from smartedu.demo.films.voice import recording
from smartedu.library.media.transcode import TranscodeError, find_ffmpeg

Report = Callable[[float], None]  # told the share done, 0 to 1
FILES = ("master.mp4", "zh.vtt", "en.vtt", "poster.jpg")
STAMP = "stamp.json"


@dataclass(frozen=True)
class MadeFilm:
    """The files of a finished film. `fresh` is False where an earlier making was still good."""

    slug: str
    master: Path
    captions_zh: Path
    captions_en: Path
    poster: Path
    duration_ms: int
    fresh: bool


def draw(film: Film, clock: float) -> Stage:
    """Everything that is seen at `clock` seconds."""
    number = max(0, bisect.bisect_right(film.plan.scene_starts, clock) - 1)
    stage = Stage(film, number, clock)
    film.scenes[number].draw(stage)
    progress(film, stage, clock)
    return stage


def still(film: Film, clock: float) -> Image.Image:
    """One frame as a picture."""
    painter = Painter()
    painter.paint(draw(film, clock).ops)
    return painter.image


def digest(film: Film) -> str:
    """Changes whenever the film would come out otherwise: its module, the engine, its recording."""
    here = Path(__file__).parent
    parts = sorted(here.glob("*.py")) if not film.sources else [here / name for name in film.sources]
    engine = [
        here / f"{name}.py" for name in ("canvas", "captions", "cards", "engine", "look", "painter", "shapes", "sound")
    ]
    voice = recording(film.slug)
    paths = [*parts, *engine, here / "timeline.py", *([voice, voice.with_suffix(".json")] if voice else [])]
    total = hashlib.sha256()
    for path in paths:
        total.update(path.name.encode() + b"\0" + path.read_bytes())
    return total.hexdigest()


def made(film: Film, folder: Path) -> MadeFilm | None:
    """The film in `folder`, if it is there whole and as the sources have it now."""
    try:
        stamp = json.loads((folder / STAMP).read_text(encoding="utf-8"))
        sizes = {name: (folder / name).stat().st_size for name in FILES}
    except (OSError, ValueError):
        return None
    if not isinstance(stamp, dict) or stamp.get("digest") != digest(film) or stamp.get("sizes") != sizes:
        return None
    return _made(film, folder, fresh=False)


def _made(film: Film, folder: Path, fresh: bool) -> MadeFilm:
    master, zh, en, poster = (folder / name for name in FILES)
    frames = round(film.seconds * FPS)
    return MadeFilm(film.slug, master, zh, en, poster, frames * 1000 // FPS, fresh)


def make_film(film: Film, folder: Path, report: Report = lambda share: None) -> MadeFilm:
    """Make the film's files in `folder` (created if need be), or find them made.

    The same sources give the same pictures and sound. Everything is written beside and moved in at the end, the
    stamp last, so that a making killed at any moment leaves either the old film or one that is made again.
    `report` hears the share done. Raises TranscodeError where ffmpeg is absent or fails.
    """
    if found := made(film, folder):
        report(1.0)
        return found
    folder.mkdir(parents=True, exist_ok=True)
    ffmpeg = find_ffmpeg()
    for left_over in folder.glob(".making-*"):
        shutil.rmtree(left_over, ignore_errors=True)
    with tempfile.TemporaryDirectory(prefix=".making-", dir=folder) as name:
        work = Path(name)
        write_sound(film, work / "sound.wav", ffmpeg)
        _write_pictures(film, ffmpeg, work, report)
        (work / "zh.vtt").write_text(webvtt(film, "zh"), encoding="utf-8")
        (work / "en.vtt").write_text(webvtt(film, "en"), encoding="utf-8")
        still(film, film.poster_at).save(work / "poster.jpg", quality=88, optimize=True)
        sizes = {each: (work / each).stat().st_size for each in FILES}
        (work / STAMP).write_text(json.dumps({"digest": digest(film), "sizes": sizes}), encoding="utf-8")
        (folder / STAMP).unlink(missing_ok=True)
        for each in (*FILES, STAMP):
            os.replace(work / each, folder / each)
    report(1.0)
    return _made(film, folder, fresh=True)


def _write_pictures(film: Film, ffmpeg: str, work: Path, report: Report) -> None:
    command = [ffmpeg, "-v", "error", "-nostdin", "-y"]
    command += ["-f", "rawvideo", "-pix_fmt", "rgb24", "-s", f"{WIDTH}x{HEIGHT}", "-r", str(FPS), "-i", "pipe:0"]
    command += ["-i", str(work / "sound.wav")]
    command += ["-vf", "scale=out_color_matrix=bt709:out_range=tv", "-pix_fmt", "yuv420p"]
    command += ["-c:v", "libx264", "-profile:v", "high", "-preset", "veryfast", "-tune", "animation", "-crf", "20"]
    command += ["-g", str(4 * FPS), "-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709"]
    command += ["-c:a", "aac", "-b:a", "96k", "-ar", "48000", "-ac", "1", "-movflags", "+faststart"]
    command += ["-map_metadata", "-1", "-fflags", "+bitexact", "-flags:v", "+bitexact", "-flags:a", "+bitexact"]
    command += ["-shortest", str(work / "master.mp4")]
    frames = round(film.seconds * FPS)
    painter = Painter()
    with (work / "ffmpeg.log").open("w+b") as log:
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=log) as run:
            assert run.stdin is not None
            try:
                for number in range(frames):
                    run.stdin.write(painter.paint(draw(film, number / FPS).ops))
                    if number % FPS == 0:
                        report(0.02 + 0.96 * number / frames)
                run.stdin.close()
            except BrokenPipeError:
                pass  # ffmpeg ended early: its own words follow
            except BaseException:
                run.kill()
                raise
        log.seek(0)
        if run.returncode:
            raise TranscodeError.of(f"film {film.slug}", log.read().decode(errors="replace"))
