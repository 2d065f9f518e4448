"""The slow part of the demonstration, made in the background: films, streams, sheets."""

import contextlib
import logging
import shutil
from pathlib import Path

from django.db import transaction
from django.utils import timezone
from procrastinate.exceptions import AlreadyEnqueued

from smartedu.base.jobs import task
from smartedu.base.settings import get_settings
from smartedu.demo.books import books
from smartedu.demo.catalogue import parts_of
from smartedu.demo.ebooks import keep_ebook, media_code
from smartedu.demo.films import FILMS, make_film
from smartedu.demo.loading import fill, is_whole
from smartedu.library.actions.media import begin_media, fail_media, store_media
from smartedu.library.content import PartKind
from smartedu.library.media.transcode import make_hls
from smartedu.library.models import MediaFile, MediaState

news = logging.getLogger("smartedu.news")
ONE_AT_A_TIME = "demo-media"
"""A film wants a whole core; two at once would leave none for those who look at pages."""


def order_filling() -> bool:
    """Defer the job that loads what the small country leaves out; returns whether there is anything to load."""
    if is_whole():
        return False
    with contextlib.suppress(AlreadyEnqueued), transaction.atomic():
        # before the films: a newcomer who looks around wants a full catalogue sooner than a film
        fill_the_country.configure(queueing_lock="demo-country", priority=10).defer()
    return True


@task(queue="demo", lock="demo-country", retry=3)
def fill_the_country() -> None:
    """Load the rest of the country, a slice a transaction; begun again after a break where it stopped."""
    fill(at=timezone.now(), report=lambda line: news.info("%s", line))
    news.info("演示目录装齐了。 The demonstration catalogue is complete.")


def order_media() -> int:
    """Defer a job for every film and every book whose files are not there yet. Returns how many."""
    missing = set(MediaFile.objects.exclude(state=MediaState.READY).values_list("code", flat=True))
    books_first = [
        book.slug
        for book in books()
        if media_code(book) in missing or any(c.startswith(f"sheet-{book.slug}-") for c in missing)
    ]
    films = [film.slug for film in FILMS if f"film-{film.slug}" in missing]
    orders = [(make_one_film, f"film-{slug}", slug) for slug in films]
    sheets = [(make_sheets_of_book, f"sheets-{slug}", slug) for slug in books_first]
    for job, lock, slug in [*orders[:1], *sheets, *orders[1:]]:
        with contextlib.suppress(AlreadyEnqueued):
            job.configure(queueing_lock=lock).defer(slug=slug)
    return len(orders) + len(sheets)


@task(queue="media", lock=ONE_AT_A_TIME, retry=2)
def make_one_film(*, slug: str) -> None:
    """Draw a film, make its stream, and put both into the library's media."""
    film = next(film for film in FILMS if film.slug == slug)
    code = f"film-{slug}"
    if MediaFile.objects.filter(code=code, state=MediaState.READY).exists():
        return
    settings = get_settings()
    work = settings.data_dir / "work" / code
    begin_media(code, at=timezone.now())
    try:
        made = make_film(film, work)
        make_hls(made.master, work / "hls")
    except Exception as fault:
        fail_media(code, str(fault), at=timezone.now())
        raise
    for language, captions in (("zh", made.captions_zh), ("en", made.captions_en)):
        store_media(f"{code}-{language}", captions, settings.media_dir, at=timezone.now())
    store_media(
        code,
        made.master,
        settings.media_dir,
        hls=work / "hls",
        poster=made.poster,
        seconds=round(made.duration_ms / 1000),
        at=timezone.now(),
    )
    shutil.rmtree(work, ignore_errors=True)
    tell(f"影片做好了：{film.title_zh}", f"Film ready: {film.title_en}")


@task(queue="media", lock=ONE_AT_A_TIME, retry=2)
def make_sheets_of_book(*, slug: str) -> None:
    """Typeset the companion of a book, then every sheet of its lessons, as far as they are not there yet."""
    from smartedu.demo.sheets import make_sheet

    book = next(book for book in books() if book.slug == slug)
    settings = get_settings()
    work = settings.data_dir / "work" / f"sheets-{slug}"
    work.mkdir(parents=True, exist_ok=True)
    ready = set(
        MediaFile.objects.filter(code__startswith=f"sheet-{slug}-", state=MediaState.READY).values_list(
            "code", flat=True
        )
    )
    keep_ebook(book, work, settings.media_dir, at=timezone.now())
    for position, lesson in enumerate(book.lessons, start=1):
        for part in parts_of(book, lesson, position):
            if part.kind == PartKind.VIDEO or part.media in ready:
                continue
            target = Path(work / f"{part.media}.pdf")
            pages = make_sheet(book, lesson, part.kind, part.periods, target)
            store_media(part.media, target, settings.media_dir, pages=pages, at=timezone.now())
    shutil.rmtree(work, ignore_errors=True)
    tell(f"课件和学习单做好了：{book.title}", f"Sheets ready: {book.title_en}")


def tell(zh: str, en: str) -> None:
    """A line at the terminal, with how much is still to be made."""
    waiting = MediaFile.objects.exclude(state=MediaState.READY)
    films = waiting.filter(content_type="video/mp4").count()
    sheets = waiting.filter(content_type="application/pdf").count()
    news.info(
        "%s（还有 %d 部影片、%d 份文档）。 %s (%d films, %d documents to go).", zh, films, sheets, en, films, sheets
    )
