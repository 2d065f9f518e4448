"""Whole addresses. They begin with the public address from the settings, never with the host that was asked for:
a page is remembered for everybody, and whoever asks by a forged host must not write it into everybody's page."""

from functools import cache

from smartedu.base.settings import get_settings


def absolute(path: str) -> str:
    """The whole address of a path of ours; one that is whole already stays as it is."""
    return path if path.startswith(("http://", "https://")) else get_settings().public_url + path


def short_path(code: str) -> str:
    """The permanent short link of a lesson or textbook, below the platform's address."""
    return f"/s/{code}"


@cache
def _shown() -> str:
    return get_settings().public_url.partition("://")[2]


def short_address(code: str) -> str:
    """The permanent short link whole, as it is copied and encoded."""
    return absolute(short_path(code))


def short_shown(code: str) -> str:
    """The permanent short link as one reads it aloud: without https://, which nobody types."""
    return _shown() + short_path(code)
