"""The library's writes. `publish_version` and `withdraw_version` are the only doors to what readers see."""

from smartedu.library.actions.publishing import (
    Publication,
    Published,
    publish_many,
    publish_version,
    withdraw_many,
    withdraw_version,
)

__all__ = ["Publication", "Published", "publish_many", "publish_version", "withdraw_many", "withdraw_version"]
