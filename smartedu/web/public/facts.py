"""What stands on every resource's page, whatever its kind: who made it, for whom, on what terms."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from smartedu.library.content import Audience, Education
from smartedu.library.licences import licence
from smartedu.library.queries import Reading
from smartedu.web import cards

EDUCATION_NAMES = {
    Education.MORAL: _("moral education"),
    Education.INTELLECTUAL: _("intellectual education"),
    Education.PHYSICAL: _("physical education"),
    Education.AESTHETIC: _("aesthetic education"),
    Education.LABOUR: _("labour education"),
}
AUDIENCE_NAMES = {
    Audience.STUDENT: _("pupils"),
    Audience.TEACHER: _("teachers"),
    Audience.PARENT: _("parents"),
}
# What people are usually credited for; any other word stands as it was published.
ROLE_NAMES = {
    "执教": _("Taught by"),
    "指导": _("Advised by"),
    "撰文": _("Written by"),
}
LANGUAGE_NAMES = {"zh": _("Chinese"), "en": _("English")}


@dataclass(frozen=True)
class CreditView:
    """People credited for the same thing; `name` lists them."""

    name: str
    role: str


@dataclass(frozen=True)
class Facts:
    """`length` in seconds, 0 where there is nothing to play."""

    code: str
    kind: str
    kind_name: str
    title: str
    title_en: str
    summary: str
    language: str
    language_code: str
    provider: str
    provider_code: str
    credits: list[CreditView]
    licence_name: str
    licence_url: str
    educations: list[str]
    audience: list[str]
    version: int
    published_at: datetime
    length: int
    note: str


def facts_of(reading: Reading) -> Facts:
    """The facts of what is read, in the reader's language."""
    content, resource = reading.content, reading.resource
    english = cards.page_language() == "en"
    terms = licence(content.licence)
    return Facts(
        code=resource.code,
        kind=resource.kind,
        kind_name=str(cards.KIND_NAMES[content.kind]),
        title=(content.title_en or content.title) if english else content.title,
        title_en="" if english else content.title_en,
        summary=(content.summary_en or content.summary) if english else content.summary,
        language=language_name(content.language),
        language_code=content.language,
        provider=cards.name_of(resource.provider),
        provider_code=resource.provider.code,
        credits=_credits([(c.role, c.name) for c in content.credits]),
        licence_name=terms.name_en if english else terms.name_zh,
        licence_url=terms.url,
        educations=[str(EDUCATION_NAMES[e]) for e in content.educations],
        audience=[str(AUDIENCE_NAMES[a]) for a in content.audience],
        version=reading.version.number,
        published_at=reading.version.published_at,
        length=content.length_seconds,
        note=reading.version.note,
    )


def _credits(people: list[tuple[str, str]]) -> list[CreditView]:
    """One line a role, in the order in which the roles are first named."""
    names: dict[str, list[str]] = {}
    for role, name in people:
        names.setdefault(role, []).append(name)
    between = "、" if cards.page_language() == "zh" else ", "
    return [CreditView(between.join(those), str(ROLE_NAMES.get(role, role))) for role, those in names.items()]


def language_name(code: str) -> str:
    """What a language is called; one that has no name here by its code."""
    return str(LANGUAGE_NAMES.get(code, code))
