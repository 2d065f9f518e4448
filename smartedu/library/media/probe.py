"""What a media file is, read from ffmpeg's own words: no ffprobe is presumed, and no library that links GPL code."""

import re
from dataclasses import dataclass
from pathlib import Path

DURATION = re.compile(r"^\s*Duration: (?:(\d+):(\d+):(\d+(?:\.\d+)?)|N/A)", re.MULTILINE)
STREAM = re.compile(r"^\s*Stream #\d+:\d+[^:]*: (Video|Audio): (\w+)(.*)$", re.MULTILINE)
SIZE = re.compile(r"[ ,](\d{2,5})x(\d{2,5})[ ,\[]")
RATE = re.compile(r"([\d.]+)(k?) fps")
ROTATED = re.compile(r"rotation of (-?[\d.]+) degrees")
LARGEST_SIDE = 16_384  # pixels; the most that H.264 knows


@dataclass(frozen=True)
class Probe:
    """A media file's measures.

    Width and height are as shown (a phone's turned film is given upright), 0 without a picture.
    """

    duration_ms: int
    width: int
    height: int
    has_audio: bool
    video_codec: str | None
    audio_codec: str | None
    frames_a_second: float | None


def read_probe(words: str) -> Probe | None:
    """The measures in ffmpeg's description of an input, None where it describes no media of a known length."""
    length = DURATION.search(words)
    if length is None or length[1] is None:
        return None
    hours, minutes, seconds = int(length[1]), int(length[2]), float(length[3])
    video = audio = None
    width = height = 0
    rate: float | None = None
    for kind, codec, rest in STREAM.findall(words):
        if kind == "Audio" and audio is None:
            audio = codec
        elif kind == "Video" and video is None and "(attached pic)" not in rest:
            size = SIZE.search(rest)
            if size is None:
                continue
            video, width, height = codec, int(size[1]), int(size[2])
            told = RATE.search(rest)
            rate = float(told[1]) * (1000 if told[2] else 1) if told else None
    if video is None and audio is None:
        return None
    if max(width, height) > LARGEST_SIDE:
        return None
    turned = ROTATED.search(words)
    if turned and round(abs(float(turned[1]))) % 180 == 90:
        width, height = height, width
    duration_ms = round(((hours * 60 + minutes) * 60 + seconds) * 1000)
    return Probe(duration_ms, width, height, audio is not None, video, audio, rate)


def shown_name(path: Path) -> str:
    """The file's name as it may stand in a message."""
    return path.name.encode(errors="replace").decode()
