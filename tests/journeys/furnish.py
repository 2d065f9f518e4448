"""Fill a running platform for the journeys: the demonstration country, with a film and a book that are ready at once.

The demonstration's own films take minutes to draw and have tests of their own; here a player needs something to
play, so one lesson gets forty seconds of a moving test picture with a tone, through the same media work. The book is
the real one: it takes three seconds.
"""

import os
import subprocess
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import django

from smartedu.base.settings import get_settings

FILM = "pythagoras"
BOOK = "junior-maths-8b-pep"
SECONDS = 40


def main() -> None:
    """Called in a process of its own, with the platform's environment."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "smartedu.config.settings")
    django.setup()
    from django.utils import timezone

    from smartedu.demo import build
    from smartedu.demo.books import books
    from smartedu.demo.ebooks import keep_ebook
    from smartedu.demo.jobs import make_one_film
    from smartedu.library.actions.media import store_media
    from smartedu.library.media.transcode import find_ffmpeg, make_hls

    settings = get_settings()
    build.build(settings, order=False)
    with TemporaryDirectory(dir=settings.data_dir) as name:
        book = next(book for book in books() if book.slug == BOOK)
        keep_ebook(book, Path(name), settings.media_dir, at=timezone.now())
    if os.environ.get("PICTURES") == "1":  # the README shows the film as it really is
        make_one_film(slug=FILM)
        return
    with TemporaryDirectory(dir=settings.data_dir) as name:
        work = Path(name)
        pictures = f"testsrc2=size=1280x720:rate=25:duration={SECONDS}"
        tone = f"sine=frequency=440:duration={SECONDS}"
        subprocess.run(
            [
                find_ffmpeg(), "-v", "error", "-f", "lavfi", "-i", pictures, "-f", "lavfi", "-i", tone,
                "-pix_fmt", "yuv420p", "-c:v", "libx264", "-preset", "ultrafast", "-c:a", "aac", "-shortest",
                str(work / "film.mp4"),
            ],
            check=True,
        )  # fmt: skip
        make_hls(work / "film.mp4", work / "hls")
        subprocess.run(
            [find_ffmpeg(), "-v", "error", "-i", str(work / "film.mp4"), "-frames:v", "1", str(work / "poster.jpg")],
            check=True,
        )
        captions = {"zh": "三条边有什么关系？", "en": "How do the three sides relate?"}
        for language, text in captions.items():
            file = work / f"{language}.vtt"
            file.write_text(f"WEBVTT\n\n00:00.000 --> 00:06.000\n{text}\n\n00:06.000 --> 00:12.000\na² + b² = c²\n")
            store_media(f"film-{FILM}-{language}", file, settings.media_dir, at=timezone.now())
        store_media(
            f"film-{FILM}",
            work / "film.mp4",
            settings.media_dir,
            hls=work / "hls",
            poster=work / "poster.jpg",
            seconds=SECONDS,
            at=timezone.now(),
        )
    _write_words(settings.index_dir)


def _write_words(folder: Path) -> None:
    """Write the words of the whole index now: the worker has written those of an empty one, and waits five minutes."""
    from smartedu.library.jobs import write_lexicon
    from smartedu.library.models import Resource
    from smartedu.library.search.asking import searcher

    published = Resource.objects.published().count()
    for _ in range(300):
        index = searcher(folder).current()
        if index is not None and index.num_docs >= published:
            break
        time.sleep(0.2)
    write_lexicon(folder)


if __name__ == "__main__":
    main()
