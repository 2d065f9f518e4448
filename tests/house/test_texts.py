"""Every text is there in both languages, written by hand."""

import io
import re
from pathlib import Path

from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg  # the reader of babel.cfg
from babel.messages.pofile import read_po

ROOT = Path(__file__).parents[2]
KEYWORDS = {"_": None, "gettext": None, "gettext_lazy": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2)}


def texts_of_the_product() -> dict[str, str]:
    """Every message of templates and Python, with the file that says it first."""
    method_map, options_map = parse_mapping_cfg(io.StringIO((ROOT / "babel.cfg").read_text()))
    found: dict[str, str] = {}
    for file, _, message, _, _ in extract_from_dir(str(ROOT / "smartedu"), method_map, options_map, keywords=KEYWORDS):
        found.setdefault(message[0] if isinstance(message, tuple) else message, file)
    return found


def chinese() -> dict[str, str]:
    with (ROOT / "smartedu/locale/zh/LC_MESSAGES/django.po").open("rb") as file:
        catalogue = read_po(file, locale="zh")
    return {
        (m.id[0] if isinstance(m.id, list | tuple) else m.id): (
            m.string[0] if isinstance(m.string, list | tuple) else m.string
        )
        for m in catalogue
        if m.id and not m.fuzzy
    }


def test_every_text_has_its_chinese() -> None:
    written = chinese()
    assert {text: file for text, file in texts_of_the_product().items() if not written.get(text)} == {}


def test_no_chinese_is_left_over() -> None:
    assert set(chinese()) - set(texts_of_the_product()) == set()


def test_both_languages_fill_in_the_same_values() -> None:
    place = re.compile(r"%\((\w+)\)")
    wrong = {
        text: there
        for text, there in chinese().items()
        if set(place.findall(text)) - {"num"} != set(place.findall(there)) - {"num"}
    }
    assert not wrong


def test_nothing_shouts_and_no_machine_words_are_said() -> None:
    every = [*texts_of_the_product(), *chinese().values()]
    shouting = [
        text
        for text in every
        if "!" in text or "！" in text or re.search(r"\b(token|batch|sync)\b", text, re.IGNORECASE)
    ]
    assert not shouting
