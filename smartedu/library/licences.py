"""The licences a resource may be under."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Licence:
    code: str
    name_zh: str
    name_en: str
    url: str


LICENCES = {
    licence.code: licence
    for licence in (
        Licence(
            "cc-by-4.0",
            "知识共享 署名 4.0",
            "Creative Commons Attribution 4.0",
            "https://creativecommons.org/licenses/by/4.0/",
        ),
        Licence(
            "cc-by-sa-4.0",
            "知识共享 署名-相同方式共享 4.0",
            "Creative Commons Attribution-ShareAlike 4.0",
            "https://creativecommons.org/licenses/by-sa/4.0/",
        ),
        Licence(
            "cc-by-nc-sa-4.0",
            "知识共享 署名-非商业性使用-相同方式共享 4.0",
            "Creative Commons Attribution-NonCommercial-ShareAlike 4.0",
            "https://creativecommons.org/licenses/by-nc-sa/4.0/",
        ),
        Licence("teaching-only", "仅供教学使用", "For teaching only", ""),
    )
}


def licence(code: str) -> Licence:
    """The licence of that code; one that is not known here is shown by its code."""
    return LICENCES.get(code) or Licence(code, code, code, "")
