"""The catalogue's tables.

A `Resource` is the identity of something published and the card that lists show; a `ResourceVersion` is what was
published, word for word, for ever. Only the room's actions write either: `publish_version` and `withdraw_version`
are the two doors, and a database trigger refuses a change of a version's content.
"""

from smartedu.library.models.links import LinkCheck, LinkState, Repointing
from smartedu.library.models.media import MediaFile, MediaState
from smartedu.library.models.resources import (
    LONGEST_CHAPTER_KEY,
    LONGEST_TITLE,
    Chapter,
    Resource,
    ResourceQuerySet,
    ResourceVersion,
    Shelf,
)
from smartedu.library.models.shelving import (
    Column,
    Dimension,
    Plate,
    Provider,
    Publisher,
    Tag,
    TaxonomyNode,
)
from smartedu.library.models.wishes import SearchGap

__all__ = [
    "LONGEST_CHAPTER_KEY",
    "LONGEST_TITLE",
    "Chapter",
    "Column",
    "Dimension",
    "LinkCheck",
    "LinkState",
    "MediaFile",
    "MediaState",
    "Plate",
    "Provider",
    "Publisher",
    "Repointing",
    "Resource",
    "ResourceQuerySet",
    "ResourceVersion",
    "SearchGap",
    "Shelf",
    "Tag",
    "TaxonomyNode",
]
