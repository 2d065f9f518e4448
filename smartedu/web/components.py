"""What templates call besides macros: icons, covers, lengths of time, the built styles and scripts.

`GLOBALS` is added to the template environment as it is.
"""

import json
import re
from collections.abc import Callable
from datetime import date, datetime
from functools import cache
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from markupsafe import Markup, escape

from smartedu.rules.covers import Shape, cover_svg
from smartedu.web.cards import page_language
from smartedu.web.icons import DRAWINGS
from smartedu.web.machines import addresses, linked, sharing

MANIFEST = "build/manifest.json"
"""Where the front-end build says which file each source became, below the static folder."""

WEEKDAYS_ZH = "一二三四五六日"
WEEKDAYS_EN = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS_EN = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

HAN = re.compile("[\u3400-\u9fff]")

STANDING_KINDS = frozenset({"textbook", "e_textbook"})
"""What stands on a shelf like a book; everything else lies like a picture."""


@cache
def icon(name: str) -> Markup:
    """The named drawing as inline SVG, hidden from readers of the screen: a word always stands beside it.

    A name that is not among the drawings (they come from data too) gives a bookmark rather than a broken page.
    """
    drawing = DRAWINGS.get(name) or DRAWINGS["book-marked"]
    return Markup(  # noqa: S704 - our own drawings
        '<svg class="icon" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true" focusable="false">'
        f"{drawing}</svg>"
    )


def cover(item: Any) -> Markup:
    """The drawn cover of a book or card, seeded by its identity; decoration only, hidden from screen readers.

    Takes anything with `subject_code`, else with `plate_code` and perhaps `column_code`, and with `cover_seed` or
    `seed` (falling back to `code`). What `kind` says decides between a standing cover (books, and whatever has no
    kind) and a lying one.
    """
    seed = _of(item, "cover_seed") or _of(item, "seed") or _of(item, "code")
    kind, subject = _of(item, "kind"), _of(item, "subject_code") or _shelf(item)
    if kind and kind not in STANDING_KINDS:
        return Markup(cover_svg(seed, subject, shape=Shape.LYING))  # noqa: S704 - our own drawing
    note = " ".join(word for word in (_of(item, "grade_name"), _of(item, "volume_name")) if word)
    return Markup(cover_svg(seed, subject, name=_of(item, "subject_name"), note=note))  # noqa: S704 - escaped there


def _shelf(item: Any) -> str:
    """Where something without a subject stands, as covers know it."""
    return "/".join(filter(None, (_of(item, "plate_code"), _of(item, "column_code"))))


def _of(item: Any, name: str) -> str:
    found = item.get(name) if isinstance(item, dict) else getattr(item, name, None)
    return "" if found is None else str(found)


def duration(seconds: float) -> str:
    """A length in the reader's language: «2 分 05 秒», "2 min 5 s"; from an hour on without seconds."""
    whole = max(0, round(seconds))
    hours, minutes, rest = whole // 3600, whole // 60 % 60, whole % 60
    if hours:
        return _("%(hours)s h %(minutes)s min") % {"hours": hours, "minutes": minutes}
    if not minutes:
        return _("%(seconds)s s") % {"seconds": rest}
    if not rest:
        return _("%(minutes)s min") % {"minutes": minutes}
    return _("%(minutes)d min %(seconds)d s") % {"minutes": minutes, "seconds": rest}


def clock(seconds: float) -> str:
    """A position in a film as its player shows it: 0:07, 1:23, 1:02:03."""
    whole = max(0, int(seconds))
    hours, minutes, rest = whole // 3600, whole // 60 % 60, whole % 60
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def day(moment: date) -> str:
    """A date with its weekday, in the reader's language: «2026年9月1日 周二», "Tue 1 Sep 2026".

    Of a moment (a datetime) it is the date by the house's time.
    """
    if isinstance(moment, datetime) and timezone.is_aware(moment):
        moment = timezone.localtime(moment)
    if page_language() == "en":
        return f"{WEEKDAYS_EN[moment.weekday()]} {moment.day} {MONTHS_EN[moment.month - 1]} {moment.year}"
    return f"{moment.year}年{moment.month}月{moment.day}日 周{WEEKDAYS_ZH[moment.weekday()]}"


def said(text: str) -> str:
    """A text of the catalogue; on an English page one that stands in Chinese is marked as such.

    Without the mark a screen reader would spell it out in an English voice, and lines would break like English ones.
    """
    if HAN.search(text) is None or page_language() != "en":
        return text
    return Markup('<span lang="zh-CN">{}</span>').format(escape(text))


def vite(entry: str, kind: str = "module") -> Markup:
    """The link and script tags of a built entry ("src/main.ts"); of kind "first" it runs before the page is painted.

    Without a build the page is plain text that can still be read, so nothing is raised.
    """
    return _tags(entry, kind) if settings.DEBUG else _remembered_tags(entry, kind)


def _tags(entry: str, kind: str) -> Markup:
    path = finders.find(MANIFEST)
    if not isinstance(path, str):
        return Markup("<!-- no front-end build: npm run build in frontend/ -->")
    with open(path, encoding="utf-8") as file:
        chunk: dict[str, Any] = json.load(file)[entry]
    styles = format_html_join(
        "", '<link rel="stylesheet" href="{}">', [(_address(css),) for css in chunk.get("css", [])]
    )
    tag = '<script type="module" src="{}"></script>' if kind == "module" else '<script src="{}"></script>'
    script = format_html(tag, _address(chunk["file"]))
    return Markup(styles + script)  # noqa: S704 - both were escaped


_remembered_tags = cache(_tags)


def _address(file: str) -> str:
    return static(f"build/{file}")


GLOBALS: dict[str, Callable[..., Any]] = {
    "icon": icon,
    "cover": cover,
    "duration": duration,
    "clock": clock,
    "day": day,
    "said": said,
    "vite": vite,
    "short_path": addresses.short_path,
    "short_address": addresses.short_address,
    "short_shown": addresses.short_shown,
    "share_picture": sharing.share_picture,
    "json_ld": linked.json_ld,
    "trail_data": linked.trail_data,
}
