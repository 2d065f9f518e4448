"""The e-textbooks of the demonstration country: thirty study companions of our own, and the shelf of real titles."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from smartedu.demo.books import Book, books
from smartedu.demo.contributors import ensure_own_providers
from smartedu.demo.country import ShelfBook, shelf
from smartedu.demo.country.selection import catalogue_name
from smartedu.demo.handing import DEMO, hand_over
from smartedu.demo.titles import place_of, placement
from smartedu.library.actions import Publication
from smartedu.library.actions.media import Announcement, announce_media, store_media
from smartedu.library.actions.publishing import public_code
from smartedu.library.content import Audience, Content, ETextbook
from smartedu.library.models import MediaFile, MediaState

COLUMN = "e-textbooks"
NAME = "学习手册"


def publish_ebooks(*, at: datetime) -> int:
    """Publish the companion of every demonstration book; the files are made later. Returns how many there are."""
    ensure_own_providers()
    announce_media([Announcement(media_code(book), "application/pdf", "book.pdf") for book in books()], at=at)
    publications = [Publication(DEMO, media_code(book), ebook_content(book)) for book in books()]
    hand_over(publications, at=at)
    return len(publications)


def media_code(book: Book) -> str:
    """The code of the companion's file, and its name at its source."""
    return f"ebook-{book.slug}"


def make_ebook(book: Book, target: Path) -> int:
    """Typeset the companion of a book into `target`, with the cover that its page shows; returns its pages.

    Raises what `make_booklet` raises.
    """
    # The typesetter is heavy, and only the worker needs it.
    from smartedu.demo.sheets.booklet import make_booklet

    return make_booklet(book, target, seed=public_code(DEMO, media_code(book)))


def keep_ebook(book: Book, work: Path, media_dir: Path, *, at: datetime) -> bool:
    """Make the companion in the folder `work` and put it into the library's media, unless it is there already.

    Returns whether it was made; a companion that was never announced is not. Raises what `make_booklet` raises.
    """
    code = media_code(book)
    if not MediaFile.objects.filter(code=code).exclude(state=MediaState.READY).exists():
        return False
    target = work / f"{code}.pdf"
    pages = make_ebook(book, target)
    store_media(code, target, media_dir, pages=pages, at=at)
    return True


def ebook_content(book: Book) -> Content:
    """A companion as it is published, at the place of its book, so that both are found by the same choices."""
    lessons = len(book.lessons)
    return Content(
        title=f"{catalogue_name(book)} {NAME}",
        title_en=f"{book.title_en}: study companion",
        body=ETextbook(media=media_code(book)),
        column=COLUMN,
        provider=f"demo-{book.stage}",
        licence="cc-by-sa-4.0",
        summary=f"跟着课本学的 {lessons} 课，每课写明学什么，留出动手和练习的地方，答案在书后。{book.summary}",
        summary_en=(
            f"{lessons} lessons that follow the textbook, each with its aims, things to do and exercises with room to "
            f"write; answers at the back. {book.summary_en}"
        ),
        placement=placement(book),
        audience=(Audience.STUDENT, Audience.TEACHER),
    )


def shelf_publications() -> Iterator[Publication]:
    """The e-textbooks of the real titles. They show the nearest companion, and say so."""
    for book in shelf():
        yield Publication(DEMO, ebook_id(book), shelf_content(book))


def ebook_id(book: ShelfBook) -> str:
    """The name of a real title's e-textbook at its source."""
    return f"ebook/{book.fact.title}"


def shelf_content(book: ShelfBook) -> Content:
    """A real title on the e-textbook shelf: the book's facts, our sample to read, a sentence that says so."""
    fact, sample = book.fact, book.companion
    read = f"{catalogue_name(sample)} {NAME}"
    return Content(
        title=fact.title,
        title_en=fact.title_en,
        body=ETextbook(publisher=book.publisher, media=media_code(sample)),
        column=COLUMN,
        provider="national-catalogue",
        licence="teaching-only",
        summary=(f"这里是{book.publisher}这本教材的书目信息；点开读到的是我们自编的示范读本《{read}》。"),
        summary_en=(
            "This entry lists the facts of the publisher's book; what opens for reading is a sample of our own, "
            f"“{sample.title_en}: study companion”."
        ),
        placement=place_of(fact),
        audience=(Audience.STUDENT, Audience.TEACHER),
    )
