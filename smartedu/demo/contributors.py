"""The providers of the demonstration country, made before anything is published in their names."""

from collections.abc import Iterable

from smartedu.demo.regions import provider_names
from smartedu.library.actions.providers import ensure_provider

OWN = (
    ("demo-primary", "小学课程示范组", "Primary demonstration group"),
    ("demo-junior", "初中课程示范组", "Junior secondary demonstration group"),
    ("demo-senior", "高中课程示范组", "Senior secondary demonstration group"),
    ("demo-special", "特殊教育示范组", "Special schools demonstration group"),
    ("demo-commons", "公共资源编辑组", "Editors of common resources"),
)


def ensure_own_providers() -> None:
    """Make the groups in whose names the hand-written lessons and our own resources are published."""
    for code, name_zh, name_en in OWN:
        ensure_provider(code, name_zh=name_zh, name_en=name_en)


def ensure_regional_providers(codes: Iterable[str]) -> None:
    """Make the regional providers of these codes; those that are there stay. Raises KeyError for other codes."""
    names = provider_names()
    for code in sorted(set(codes)):
        ensure_provider(code, name_zh=names[code][0], name_en=names[code][1])
