"""Making streams: sizes, aligned segments, and that a refused or broken-off film leaves nothing behind."""

import os
import re
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smartedu.library.media.probe import Probe, read_probe
from smartedu.library.media.transcode import TranscodeError, find_ffmpeg, heights_for, make_hls, probe


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Nine seconds of a moving test picture with a tone."""
    path = tmp_path_factory.mktemp("film") / "课文 film's.mp4"
    command = [find_ffmpeg(), "-v", "error", "-f", "lavfi", "-i", "testsrc2=s=426x240:r=25:d=9"]
    command += [
        "-f",
        "lavfi",
        "-i",
        "sine=440:d=9",
        "-c:v",
        "libx264",
        "-preset",
        "ultrafast",
        "-c:a",
        "aac",
        str(path),
    ]
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL)
    return path


def _lengths(playlist: Path) -> list[str]:
    return re.findall(r"#EXTINF:([\d.]+)", playlist.read_text())


def test_a_film_is_probed(film: Path) -> None:
    found = probe(film)
    assert (found.width, found.height, found.has_audio, found.video_codec) == (426, 240, True, "h264")
    assert 8_900 <= found.duration_ms <= 9_200


def test_a_stream_has_aligned_segments_and_nothing_above_its_source(film: Path, tmp_path: Path) -> None:
    heard: list[float] = []
    hls = make_hls(film, tmp_path / "hls", (120, 240, 720), heard.append)
    assert [(r.height, r.width) for r in hls.renditions] == [(120, 212), (240, 426)]
    assert heard[-1] == 1.0
    assert heard == sorted(heard)
    low, high = (_lengths(rendition.playlist) for rendition in hls.renditions)
    assert low == high
    assert len(low) == 3
    master = hls.master.read_text()
    assert re.findall(r'CODECS="([^"]+)"', master)
    assert all(
        re.fullmatch(r"avc1\.(42|4d|64)\w{4},mp4a\.40\.2", codecs) for codecs in re.findall(r'CODECS="([^"]+)"', master)
    )
    assert sorted(p.name for p in tmp_path.iterdir()) == ["hls"]


def test_a_small_film_keeps_its_own_height(film: Path, tmp_path: Path) -> None:
    assert [r.height for r in make_hls(film, tmp_path / "hls").renditions] == [240]


def test_a_new_stream_takes_the_place_of_the_old_one(film: Path, tmp_path: Path) -> None:
    (tmp_path / "hls").mkdir()
    (tmp_path / "hls" / "old.txt").write_text("old")
    make_hls(film, tmp_path / "hls", (120,))
    assert not (tmp_path / "hls" / "old.txt").exists()
    assert (tmp_path / "hls" / "master.m3u8").exists()


BROKEN = {
    "empty": b"",
    "words": b"this is not a film\n" * 50,
    "playlist": b"#EXTM3U\n#EXT-X-TARGETDURATION:4\n#EXTINF:4,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n",
    "concat": b"ffconcat version 1.0\nfile /etc/passwd\n",
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_no_film_is_refused_by_name_in_both_languages(name: str, tmp_path: Path) -> None:
    path = tmp_path / f"{name}.mp4"
    path.write_bytes(BROKEN[name])
    with pytest.raises(TranscodeError) as refused:
        make_hls(path, tmp_path / "hls")
    problem = refused.value.problems[0]
    assert problem.place == path.name
    assert "重新" not in problem.en
    assert "MP4" in problem.zh
    assert "MP4" in problem.en
    assert not (tmp_path / "hls").exists()


def test_a_cut_off_film_is_refused(film: Path, tmp_path: Path) -> None:
    path = tmp_path / "cut.mp4"
    path.write_bytes(film.read_bytes()[:20_000])
    with pytest.raises(TranscodeError):
        make_hls(path, tmp_path / "hls")
    assert [p.name for p in tmp_path.iterdir()] == ["cut.mp4"]


def test_sound_alone_is_refused(film: Path, tmp_path: Path) -> None:
    sound = tmp_path / "sound.m4a"
    subprocess.run([find_ffmpeg(), "-v", "error", "-i", str(film), "-vn", "-c:a", "copy", str(sound)], check=True)
    assert probe(sound).video_codec is None
    with pytest.raises(TranscodeError):
        make_hls(sound, tmp_path / "hls")


def test_the_limit_of_time_ends_the_work_and_leaves_what_was(film: Path, tmp_path: Path) -> None:
    (tmp_path / "hls").mkdir()
    (tmp_path / "hls" / "old.txt").write_text("old")
    with pytest.raises(TranscodeError) as refused:
        make_hls(film, tmp_path / "hls", limit_seconds=0.02)
    assert refused.value.problems[0].code == "media-too-slow"
    assert [p.name for p in tmp_path.iterdir()] == ["hls"]
    assert (tmp_path / "hls" / "old.txt").exists()


def test_a_turned_film_is_measured_upright_and_covers_are_no_picture() -> None:
    words = """
  Duration: 00:01:02.50, start: 0.000000, bitrate: 1205 kb/s
  Stream #0:0[0x1](und): Video: hevc (Main) (hvc1 / 0x31637668), yuv420p(tv), 1920x1080, 1000 kb/s, 29.97 fps, 30 tbr
      Side data:
        displaymatrix: rotation of -90.00 degrees
  Stream #0:1[0x2](und): Audio: aac (LC) (mp4a / 0x6134706D), 48000 Hz, stereo, fltp, 128 kb/s
"""
    assert read_probe(words) == Probe(62_500, 1080, 1920, True, "hevc", "aac", 29.97)
    cover = "  Duration: 00:00:10.00, start\n  Stream #0:0: Video: mjpeg (Baseline), yuvj420p, 500x500 (attached pic)\n"
    assert read_probe(cover) is None


@given(st.text(max_size=400))
def test_any_words_are_read_without_a_fault(words: str) -> None:
    read_probe(words)


@given(st.integers(16, 5000), st.lists(st.integers(2, 2000).map(lambda n: 2 * n), min_size=1, max_size=5))
def test_heights_never_pass_the_source(height: int, wanted: list[int]) -> None:
    source = Probe(1000, 640, height, True, "h264", "aac", 25.0)
    chosen = heights_for(source, wanted)
    assert chosen
    assert list(chosen) == sorted(set(chosen))
    assert all(h <= height and h % 2 == 0 for h in chosen)


def test_what_a_killed_making_left_is_cleared(film: Path, tmp_path: Path) -> None:
    left = tmp_path / ".hls.making-999999999-abc"
    left.mkdir()
    living = tmp_path / f".hls.making-{os.getpid()}-abc"
    living.mkdir()
    make_hls(film, tmp_path / "hls", (120,))
    assert sorted(p.name for p in tmp_path.iterdir()) == [living.name, "hls"]
