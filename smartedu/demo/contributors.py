"""The providers of the demonstration country, made before anything is published in their names."""

from collections.abc import Iterable

from smartedu.demo.regions import provider_names
from smartedu.library.actions.providers import ensure_provider


def ensure_regional_providers(codes: Iterable[str]) -> None:
    """Make the regional providers of these codes; those that are there stay. Raises KeyError for other codes."""
    names = provider_names()
    for code in sorted(set(codes)):
        ensure_provider(code, name_zh=names[code][0], name_en=names[code][1])
