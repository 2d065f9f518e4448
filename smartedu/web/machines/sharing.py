"""The picture beside a link that is handed on: a film's own, else the drawing of its subject or plate."""

from smartedu.rules.covers import FAMILIES, PLATES
from smartedu.web.machines.addresses import absolute

PICTURES = "/static/share/"  # drawn by tools/share_pictures.py
WIDTH, HEIGHT = 1200, 630


def share_picture(subject: str = "", plate: str = "", poster: str | None = None) -> str:
    """The whole address of the picture for a page about a subject or plate (codes), or with a film's poster.

    Readers of Open Graph take PNG and JPEG; an SVG cover would be no picture to them.
    """
    if poster and poster.endswith((".jpg", ".jpeg", ".png")):
        return absolute(poster)
    known = {*FAMILIES, *PLATES}
    for name in (subject, subject.rpartition("-")[2], plate):
        if name in known:
            return absolute(f"{PICTURES}{name}.png")
    return absolute(f"{PICTURES}smartedu.png")
