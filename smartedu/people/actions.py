"""Writes about people."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from axes.models import AccessAttempt
from django.contrib.auth.password_validation import validate_password
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import override

from smartedu.base import audit
from smartedu.base.errors import DomainError, Problem
from smartedu.people.models import LONGEST_NAME, LONGEST_USERNAME, Account, Membership, Person, Role


def create_person(
    name: str,
    *,
    username: str,
    password: str,
    roles: Iterable[Role],
    by: Person | None,
    at: datetime,
) -> Person:
    """Create a person with an account and roles.

    Raises DomainError with all that is wrong: a name that is taken, empty or too long, a password that is refused.
    """
    problems = [*_name_problems("username", username), *_name_problems("name", name), *_password_problems(password)]
    if problems:
        raise DomainError(*problems)
    with transaction.atomic():
        account = Account(username=username, created_at=at)
        account.set_password(password)
        try:
            with transaction.atomic():  # two may ask for one name at once: the table's constraint decides
                account.save()
        except IntegrityError:
            raise DomainError(
                Problem(
                    "username-taken",
                    "username",
                    f"账号“{username}”已有人使用，请换一个。",
                    f"The account name “{username}” is taken. Choose another.",
                )
            ) from None
        person = Person.objects.create(account=account, name=name, created_at=at)
        Membership.objects.bulk_create([Membership(person=person, role=role) for role in dict.fromkeys(roles)])
        audit.record("people.create", actor_id=by.pk if by else None, at=at, subject=f"person:{person.pk}")
    return person


def forget_traces(*, at: datetime) -> None:
    """Delete ended sessions, and failed sign-ins older than a day: they pause an account for minutes, and name it."""
    Session.objects.filter(expire_date__lt=at).delete()
    AccessAttempt.objects.filter(attempt_time__lt=at - timedelta(days=1)).delete()


def _name_problems(field: str, given: str) -> list[Problem]:
    longest = LONGEST_USERNAME if field == "username" else LONGEST_NAME
    if given.strip() and given.isprintable() and len(given) <= longest:
        return []
    return [
        Problem(
            "name-length",
            field,
            f"须有 1 到 {longest} 个字，不含不可见字符。",
            f"This has 1 to {longest} characters, all of them visible.",
        )
    ]


def _password_problems(password: str) -> list[Problem]:
    try:
        validate_password(password)
    except ValidationError as refusal:
        sentences = {}
        for language in ("zh-hans", "en"):
            with override(language):
                sentences[language] = " ".join(refusal.messages)
        return [Problem("password-refused", "password", sentences["zh-hans"], sentences["en"])]
    return []
