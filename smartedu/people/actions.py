"""Writes about people."""

from collections.abc import Iterable
from datetime import datetime

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from smartedu.base import audit
from smartedu.base.errors import DomainError, Problem
from smartedu.people.models import Account, Membership, Person, Role


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

    Raises DomainError where the name of the account is taken or the password is refused.
    """
    if Account.objects.filter(username__iexact=username).exists():
        raise DomainError(
            Problem(
                "username-taken",
                "username",
                f"账号“{username}”已有人使用，请换一个。",
                f"The account name “{username}” is taken. Choose another.",
            )
        )
    try:
        validate_password(password)
    except ValidationError as refusal:
        text = " ".join(refusal.messages)
        raise DomainError(Problem("password-refused", "password", text, text)) from None
    with transaction.atomic():
        account = Account(username=username, created_at=at)
        account.set_password(password)
        account.save()
        person = Person.objects.create(account=account, name=name, created_at=at)
        Membership.objects.bulk_create([Membership(person=person, role=role) for role in roles])
        audit.record("people.create", actor_id=by.pk if by else None, at=at, subject=f"person:{person.pk}")
    return person
