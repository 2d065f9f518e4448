"""The domain keys that remembered pages bear and that publishing drops.

A key names a thing of the library, never an address: a page bears the keys of everything it shows, and whatever
changes a thing names its key. `NOTIFY` on `channel.CHANNEL` carries one key a notice, told when the transaction
commits.
"""

from collections.abc import Iterable

from smartedu.library.models import MediaFile, Resource

EVERYTHING = "*"
TEXTBOOKS = "textbooks"
"""Any textbook or e-textbook: the textbook browser and the grades on the home page."""
NOTICES = "notices"
"""Any notice: their list, and the line on the home page."""
FILMS = "films"
"""A film or another thing with a picture of its own has become ready: the home page shows the newest."""
SEARCH = "search"
"""The index that answers searches has changed."""


def resource(code: str) -> str:
    """One resource: its page, and the pages of a book's lessons, which bear the book's key."""
    return f"resource:{code}"


def column(code: str) -> str:
    """What stands in a column: its lists and counts, and the cards taken from it."""
    return f"column:{code}"


def plate(code: str) -> str:
    """What stands in a plate."""
    return f"plate:{code}"


def provider(code: str) -> str:
    """What a provider contributed."""
    return f"provider:{code}"


def media(code: str) -> str:
    """A stored file: told when it is ready or could not be made."""
    return f"media:{code}"


def of_media(files: Iterable[MediaFile]) -> set[str]:
    """The keys of files that are named on a page."""
    return {media(file.code) for file in files}


def of_cards(resources: Iterable[Resource]) -> set[str]:
    """The keys of cards shown outside the list of their own column: each resource, and a picture still being made."""
    keys = set()
    for shown in resources:
        keys.add(resource(shown.code))
        if shown.media is not None and not shown.media.poster_path:
            keys.add(media(shown.media.code))
    return keys
