"""The demonstration films: their timing, captions and pictures, and that a making is all or nothing."""

import itertools
from pathlib import Path

import pytest
import webvtt
from PIL import Image, ImageChops

from smartedu.demo.films import FILMS, Film, make_film
from smartedu.demo.films.canvas import Canvas
from smartedu.demo.films.captions import webvtt as write_captions
from smartedu.demo.films.engine import draw, made, still
from smartedu.demo.films.look import HEIGHT, WIDTH, font
from smartedu.demo.films.painter import Painter, merged
from smartedu.demo.films.sound import write_sound
from smartedu.demo.films.timeline import Line, Note, Scene, Stage
from smartedu.demo.films.voice import clip
from smartedu.demo.films.voice.phonemes import chinese, english, readings, syllable
from smartedu.library.media.transcode import find_ffmpeg, probe

every_film = pytest.mark.parametrize("film", FILMS, ids=lambda film: film.slug)


def _moments(film: Film) -> list[float]:
    """When each line has been said and what it brings is on the picture, and half-way through it."""
    cues = film.plan.cues
    ends = [*(cue.start for cue in cues[1:]), film.seconds]
    return [moment for cue, end in zip(cues, ends, strict=True) for moment in ((cue.start + cue.end) / 2, end - 0.1)]


def test_there_are_twelve_films_of_one_to_two_and_a_half_minutes() -> None:
    assert len({film.slug for film in FILMS}) == 12
    assert [film.slug for film in FILMS if not 60 <= film.seconds <= 150] == []


@every_film
def test_every_sentence_is_whole_in_both_languages_and_recorded(film: Film) -> None:
    for cue in film.plan.cues:
        assert cue.line.zh[-1] in "。？，！." + "?", cue.line.zh
        assert cue.line.en[-1] in ".?;:,", cue.line.en
        for language, text in cue.line.parts:
            assert clip(film.slug, language, text), f"record again: {text}"


@every_film
def test_captions_follow_one_another_and_are_readable(film: Film, tmp_path: Path) -> None:
    path = tmp_path / "captions.vtt"
    counts = []
    for language in ("zh", "en"):
        path.write_text(write_captions(film, language), encoding="utf-8")
        captions = webvtt.read(str(path)).captions
        counts.append(len(captions))
        for here, following in itertools.pairwise(captions):
            assert here.start_in_seconds < here.end_in_seconds <= following.start_in_seconds
        assert captions[-1].end_in_seconds <= film.seconds
        assert max(len(caption.text) for caption in captions) <= (50 if language == "zh" else 140)
    assert counts[0] == counts[1] == len(film.plan.cues)


@every_film
def test_no_words_are_cut_off_too_small_or_without_a_sign_in_the_typeface(film: Film) -> None:
    missing = bytes(font(40).getmask("\U0010fffe"))
    signs: set[tuple[str, bool]] = set()
    for moment in _moments(film):
        for kind, box, what in draw(film, moment).ops:
            if kind == "text":
                _, _, words, size, _, _, _, serif = what
                assert box[0] >= 8, words
                assert box[1] >= 8, words
                assert box[2] <= WIDTH - 8, words
                assert box[3] <= HEIGHT - 8, words
                assert size >= 22, words
                signs.update((sign, serif) for sign in words if not sign.isspace())
    assert [sign for sign, serif in signs if bytes(font(40, serif).getmask(sign)) == missing] == []


@every_film
def test_what_is_redrawn_in_part_equals_what_is_drawn_anew(film: Film) -> None:
    painter = Painter()
    middle = film.plan.cues[len(film.plan.cues) // 2].start
    for step in range(4):
        painter.paint(draw(film, middle + step * 0.3).ops)
    assert ImageChops.difference(painter.image, still(film, middle + 0.9)).getbbox() is None


def test_rectangles_that_touch_become_one() -> None:
    assert merged([(0, 0, 10, 10), (5, 5, 20, 20), (100, 100, 110, 110)]) == [(0, 0, 20, 20), (100, 100, 110, 110)]
    assert merged([(-50, -50, -1, -1), (1270, 700, 1400, 900)]) == [(1270, 700, 1280, 720)]


def test_raised_and_lowered_signs_take_their_place() -> None:
    canvas = Canvas()
    canvas.rich(100, 100, "H_2O + x^{10}")
    words = [(op[2][2], op[2][1]) for op in canvas.ops]
    assert [word for word, _ in words] == ["H", "2", "O + x", "10"]
    base, low, _, high = [y for _, y in words]
    assert high < base < low


def _scene(s: Stage) -> None:
    s.circle(200 + 300 * s.ease(0), 300, 50, "#B3361F")


SHORT = Film(
    "short",
    "短片",
    "A short film",
    "测试",
    (Scene(_scene, (Line("一句。", "One sentence."),), (Note(0, 0.1, "wood"),)),),
)


def test_a_film_is_made_once_and_found_again(tmp_path: Path) -> None:
    heard: list[float] = []
    first = make_film(SHORT, tmp_path / "short", heard.append)
    assert first.fresh
    assert heard[-1] == 1.0
    assert heard == sorted(heard)
    measures = probe(first.master)
    assert (measures.width, measures.height, measures.video_codec, measures.audio_codec) == (1280, 720, "h264", "aac")
    assert abs(measures.duration_ms - first.duration_ms) < 200
    with Image.open(first.poster) as poster:
        assert poster.size == (1280, 720)
    assert first.captions_zh.read_text(encoding="utf-8").startswith("WEBVTT")
    before = first.master.stat().st_mtime_ns
    assert not make_film(SHORT, tmp_path / "short").fresh
    assert first.master.stat().st_mtime_ns == before
    first.poster.write_bytes(b"")
    assert made(SHORT, tmp_path / "short") is None


def test_a_making_broken_off_leaves_nothing_and_is_taken_up_again(tmp_path: Path) -> None:
    class StoppedError(Exception):
        pass

    def stop(share: float) -> None:
        raise StoppedError

    with pytest.raises(StoppedError):
        make_film(SHORT, tmp_path / "short", stop)
    assert list((tmp_path / "short").iterdir()) == []
    assert make_film(SHORT, tmp_path / "short").fresh


def test_the_same_sound_comes_out_twice(tmp_path: Path) -> None:
    for name in ("one.wav", "two.wav"):
        write_sound(SHORT, tmp_path / name, find_ffmpeg())
    assert (tmp_path / "one.wav").read_bytes() == (tmp_path / "two.wav").read_bytes()


def test_words_become_the_signs_of_their_sounds() -> None:
    assert [syllable(s) for s in ("zhong1", "xue2", "lv4", "er2", "yuan2", "shi4")] == [
        "ꭧʊ→ŋ",
        "ɕɥe↗",
        "ly↘",
        "ɚ↗",
        "ɥɛ↗n",
        "ʂɨ↘",
    ]
    assert readings("不是一样") == [["bu2", "shi4"], ["yi2", "yang4"]]
    with pytest.raises(ValueError, match="Chinese signs"):
        chinese("边长是 a")


@every_film
def test_every_text_to_be_spoken_can_be(film: Film) -> None:
    for cue in film.plan.cues:
        for language, text in cue.line.parts:
            assert chinese(text) if language == "zh" else english(text)
