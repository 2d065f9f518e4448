"""From one film to a stream for the player: HLS in several heights, made by one run of ffmpeg.

The segments are fragmented MP4 with H.264 and AAC, which hls.js, Safari and Chromium play; captions are not in
the stream but lie beside it as WebVTT. The stream appears whole or not at all: it is made in a folder beside and
renamed.
"""

import json
import os
import re
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from smartedu.base.errors import DomainError, Problem
from smartedu.base.settings import get_settings
from smartedu.library.media.probe import Probe, read_probe, shown_name

SEGMENT_SECONDS = 4  # long enough to compress well, short enough to change quality quickly on a poor line
PROBE_SECONDS = 60
# A rendition's video bit rate may not pass this; flat teaching pictures stay far below it. Bits a second by height.
CEILING = {240: 400_000, 360: 800_000, 480: 1_400_000, 720: 2_800_000, 1080: 5_000_000}
AUDIO_BITS = 96_000
HIGHEST_RATE = 30  # frames a second that a stream keeps
# What may be read at all: an uploaded playlist must make ffmpeg neither fetch an address nor open another file of ours.
SAFE_INPUT = [
    "-protocol_whitelist",
    "file",
    "-format_whitelist",
    "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,mpegts,mpeg,mpegvideo,flv,asf,ogg,mp3,wav,aac,flac,amr",
]
Report = Callable[[float], None]  # told the share done, 0 to 1


class TranscodeError(DomainError):
    """ffmpeg is absent, refused the file or took too long."""

    @classmethod
    def of(cls, place: str, log: str, code: str = "media-unreadable") -> "TranscodeError":
        """A refusal with the last thing that ffmpeg said."""
        last = next((row.strip() for row in reversed(log.splitlines()) if row.strip()), "")[:300]
        return cls(
            Problem(
                code,
                place,
                f"这个媒体文件无法处理（{last}）。请在播放器里确认它能完整播放，或转成 MP4 后再上传。",
                f"This media file cannot be processed ({last}). Check that it plays to its end, or convert it "
                "to MP4 and upload it again.",
            )
        )

    @classmethod
    def slow(cls, place: str, seconds: float) -> "TranscodeError":
        """A refusal because the limit of time was reached."""
        return cls(
            Problem(
                "media-too-slow",
                place,
                f"处理超过了 {seconds:.0f} 秒的时限，已停止，没有留下半成品。请把影片剪短或降低分辨率后再试。",
                f"Processing passed its limit of {seconds:.0f} seconds and was stopped; nothing half-done is left. "
                "Shorten the film or lower its resolution and try again.",
            )
        )


@dataclass(frozen=True)
class Rendition:
    """One quality of a stream."""

    height: int
    width: int
    playlist: Path


@dataclass(frozen=True)
class Hls:
    """A finished stream. `master` is the playlist that a player is given."""

    master: Path
    renditions: tuple[Rendition, ...]
    duration_ms: int


def find_ffmpeg() -> str:
    """The ffmpeg program: the one named in the settings, else the machine's, else the one that came as a package.

    Raises TranscodeError where there is none.
    """
    if named := get_settings().ffmpeg:
        return str(named)
    if own := shutil.which("ffmpeg"):
        return own
    try:
        from imageio_ffmpeg import get_ffmpeg_exe

        return str(get_ffmpeg_exe())
    except (ImportError, RuntimeError) as missing:
        raise TranscodeError(
            Problem(
                "no-ffmpeg",
                "SMARTEDU_FFMPEG",
                "找不到 ffmpeg 程序。请安装 ffmpeg，或用 SMARTEDU_FFMPEG 指出它的位置。",
                "There is no ffmpeg program. Install ffmpeg, or name its place in SMARTEDU_FFMPEG.",
            )
        ) from missing


def probe(path: Path) -> Probe:
    """Length, size and codecs of the media file at `path`.

    Raises TranscodeError where it is no media file that ffmpeg can read within a minute.
    """
    place = shown_name(path)
    command = [
        find_ffmpeg(),
        "-nostdin",
        "-hide_banner",
        *SAFE_INPUT,
        "-i",
        _local(path),
    ]
    try:
        run = subprocess.run(command, capture_output=True, timeout=PROBE_SECONDS, check=False)
    except subprocess.TimeoutExpired:
        raise TranscodeError.slow(place, PROBE_SECONDS) from None
    words = run.stderr.decode(errors="replace")
    found = read_probe(words)
    if found is None:
        kept = [row for row in words.splitlines() if "At least one output file" not in row]
        raise TranscodeError.of(place, "\n".join(kept))
    return found


def _local(path: Path) -> str:
    """The path as ffmpeg takes it; `file:` keeps a name like `concat:x` or `-y` from meaning anything."""
    return f"file:{path.absolute()}"


def heights_for(source: Probe, heights: Sequence[int]) -> tuple[int, ...]:
    """The wanted heights that the source has, ascending; the source's own where it is lower than all."""
    smaller = sorted({height for height in heights if height <= source.height})
    return tuple(smaller) or (source.height // 2 * 2,)


def _even(value: float) -> int:
    return max(2, round(value / 2) * 2)


def _ceiling(height: int) -> int:
    return next((bits for step, bits in CEILING.items() if height <= step), CEILING[1080])


def _command(ffmpeg: str, source: Path, measures: Probe, chosen: Sequence[int], work: Path) -> list[str]:
    rate = min(measures.frames_a_second or 25.0, HIGHEST_RATE)
    splits = "".join(f"[v{n}]" for n in range(len(chosen)))
    graph = [f"[0:v:0]fps={rate:g},split={len(chosen)}{splits}"]
    command = [ffmpeg, "-nostdin", "-hide_banner", "-y", "-v", "error", "-progress", "pipe:1", "-nostats"]
    command += [*SAFE_INPUT, "-i", _local(source)]
    outputs: list[str] = []
    streams: list[str] = []
    for n, height in enumerate(chosen):
        width = _even(measures.width * height / measures.height)
        graph.append(f"[v{n}]scale={width}:{height}:flags=bicubic,setsar=1,format=yuv420p[o{n}]")
        bits = _ceiling(height)
        outputs += ["-map", f"[o{n}]", f"-maxrate:v:{n}", str(bits), f"-bufsize:v:{n}", str(2 * bits)]
        if measures.has_audio:
            outputs += ["-map", "0:a:0"]
        streams.append(f"v:{n},a:{n},name:{height}p" if measures.has_audio else f"v:{n},name:{height}p")
    command += ["-filter_complex", ";".join(graph), *outputs]
    command += [
        "-c:v",
        "libx264",
        "-profile:v",
        "high",
        "-preset",
        "veryfast",
        "-crf",
        "23",
        "-sc_threshold",
        "0",
    ]
    command += ["-force_key_frames", f"expr:gte(t,n_forced*{SEGMENT_SECONDS})", "-g", str(round(rate * 10))]
    if measures.has_audio:
        command += ["-c:a", "aac", "-b:a", str(AUDIO_BITS), "-ac", "2", "-ar", "48000"]
    command += [
        "-map_metadata",
        "-1",
        "-f",
        "hls",
        "-hls_time",
        str(SEGMENT_SECONDS),
        "-hls_playlist_type",
        "vod",
    ]
    command += ["-hls_segment_type", "fmp4", "-hls_flags", "independent_segments"]
    command += ["-hls_fmp4_init_filename", "init.mp4", "-hls_segment_filename", str(work / "%v" / "%04d.m4s")]
    command += ["-master_pl_name", "master.m3u8", "-var_stream_map", " ".join(streams)]
    return [*command, str(work / "%v" / "index.m3u8")]


def make_hls(
    source: Path,
    folder: Path,
    heights: Sequence[int] = (360, 720),
    report: Report = lambda share: None,
    limit_seconds: float | None = None,
) -> Hls:
    """Make a stream of the film `source` in `folder`, which must not exist yet or is replaced by the finished one.

    Heights above the source's are left out. `report` hears the share done. `limit_seconds` bounds the whole run
    (ten times the film's length and two minutes when not given). Raises TranscodeError; then, as after a kill,
    `folder` is as it was.
    """
    place = shown_name(source)
    measures = probe(source)
    if measures.video_codec is None or measures.duration_ms <= 0:
        raise TranscodeError(
            Problem(
                "no-picture",
                place,
                "文件里没有画面，请选择影片文件。",
                "The file has no picture; choose a film.",
            )
        )
    chosen = heights_for(measures, heights)
    limit = limit_seconds or 120 + measures.duration_ms / 100
    folder.parent.mkdir(parents=True, exist_ok=True)
    _clear_left_over(folder)
    with tempfile.TemporaryDirectory(prefix=f".{folder.name}.making-{os.getpid()}-", dir=folder.parent) as name:
        work = Path(name) / "hls"
        work.mkdir(mode=0o755)
        _run(
            _command(find_ffmpeg(), source, measures, chosen, work),
            place,
            measures.duration_ms,
            limit,
            report,
        )
        hls = _checked(work, folder, measures, chosen, place)
        (work / "hls.json").write_text(
            json.dumps({"duration_ms": hls.duration_ms, "heights": [r.height for r in hls.renditions]})
        )
        _put(work, folder, Path(name) / "old")
    report(1.0)
    return hls


def _clear_left_over(folder: Path) -> None:
    """Remove what killed makings of the same folder left: their names bear the id of a process that is no more."""
    for each in folder.parent.glob(f".{folder.name}.making-*"):
        maker = each.name.rsplit("-", 2)[1]
        try:
            os.kill(int(maker), 0)
        except (ProcessLookupError, ValueError):
            shutil.rmtree(each, ignore_errors=True)
        except PermissionError:  # alive, and somebody else's
            continue


def _put(work: Path, folder: Path, aside: Path) -> None:
    if folder.exists():
        os.replace(folder, aside)
    os.replace(work, folder)


def _leash() -> list[str]:
    """Words before a command that end it when this process is killed, so that no ffmpeg works on for nobody.

    util-linux has the program for it on every common Linux; elsewhere nothing is put before.
    """
    program = shutil.which("setpriv")
    return [program, "--pdeathsig", "KILL"] if program else []


def _run(command: list[str], place: str, duration_ms: int, limit: float, report: Report) -> None:
    """Run ffmpeg, reporting as it goes; ends it when the limit is reached or this process is interrupted."""
    late = threading.Event()
    with tempfile.TemporaryFile() as log:
        with subprocess.Popen(
            [*_leash(), *command], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=log
        ) as run:

            def stop() -> None:
                late.set()
                run.kill()

            clock = threading.Timer(limit, stop)
            clock.daemon = True
            clock.start()
            try:
                assert run.stdout is not None
                for row in run.stdout:
                    done = re.match(rb"out_time_us=(\d+)", row)
                    if done:
                        report(min(0.99, int(done[1]) / 1000 / duration_ms))
                run.wait()
            except BaseException:
                run.kill()
                raise
            finally:
                clock.cancel()
        if late.is_set():
            raise TranscodeError.slow(place, limit)
        if run.returncode:
            log.seek(0)
            raise TranscodeError.of(place, log.read().decode(errors="replace"))


def _checked(work: Path, folder: Path, measures: Probe, chosen: Sequence[int], place: str) -> Hls:
    """The stream's description with its final paths; refuses one with a missing or empty file."""
    renditions = []
    for height in chosen:
        playlist = work / f"{height}p" / "index.m3u8"
        text = playlist.read_text() if playlist.exists() else ""
        names = [row for row in text.splitlines() if row and not row.startswith("#")]
        names += re.findall(r'URI="([^"]+)"', text)
        if "#EXT-X-ENDLIST" not in text or not all((playlist.parent / n).stat().st_size for n in names):
            raise TranscodeError.of(place, f"{height}p: incomplete stream")
        width = _even(measures.width * height / measures.height)
        renditions.append(Rendition(height, width, folder / f"{height}p" / "index.m3u8"))
    return Hls(folder / "master.m3u8", tuple(renditions), measures.duration_ms)
