"""One person a role, so that whoever tries the product can sign in as each of them."""

import json
import os
import secrets
from datetime import datetime
from pathlib import Path

from django.db import transaction

from smartedu.people.actions import create_person
from smartedu.people.models import Account, Role

CAST = (
    (Role.STUDENT, "student", "学生", "Pupil", "石小满"),
    (Role.TEACHER, "teacher", "教师", "Teacher", "林知远"),
    (Role.PARENT, "parent", "家长", "Parent", "石建国"),
    (Role.ADMINISTRATOR, "administrator", "学校管理员", "School administrator", "周文清"),
    (Role.PROVIDER, "provider", "资源提供者", "Provider", "顾南"),
    (Role.REVIEWER, "reviewer", "审核员", "Reviewer", "秦观澜"),
    (Role.OPERATOR, "operator", "运维", "Operator", "何川"),
)
WORDS = [
    "lamp",
    "river",
    "cedar",
    "paper",
    "morning",
    "bridge",
    "orchard",
    "pebble",
    "lantern",
    "harbour",
    "meadow",
    "window",
    "copper",
    "maple",
    "thunder",
    "garden",
    "velvet",
    "comet",
    "pepper",
    "island",
]


def people_of_the_demo(signins: Path, *, at: datetime) -> None:
    """Create the cast and write how to sign in to `signins` (readable by its owner only).

    Passwords are drawn anew for every installation; a cast that is there already is left alone. The file is written
    before the accounts are committed: a start that was killed never leaves accounts whose passwords nobody knows.
    """
    if Account.objects.filter(username__in=[username for _, username, *_ in CAST]).exists():
        return
    with transaction.atomic():
        _write_signins(signins, _create_cast(at))


def _create_cast(at: datetime) -> list[dict[str, str]]:
    lines = []
    for role, username, role_zh, role_en, name in CAST:
        password = f"{secrets.choice(WORDS)}-{secrets.choice(WORDS)}-{secrets.randbelow(9000) + 1000}"
        create_person(name, username=username, password=password, roles=[role], by=None, at=at)
        lines.append({"role_zh": role_zh, "role_en": role_en, "username": username, "password": password})
    return lines


def _write_signins(signins: Path, lines: list[dict[str, str]]) -> None:
    partial = signins.with_name(f"{signins.name}.new")
    with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        json.dump(lines, file, ensure_ascii=False, indent=1)
    partial.replace(signins)
