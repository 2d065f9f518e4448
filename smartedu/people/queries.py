"""Reads about people."""

from dataclasses import dataclass
from typing import Any

from smartedu.people.models import Membership, Person


@dataclass(frozen=True)
class Who:
    """The signed-in person; `roles` in no particular order."""

    id: int
    name: str
    roles: list[str]


def person_of(account: Any) -> Who:
    """The person of a signed-in account; an account that has none yet is called by its own name."""
    person = Person.objects.filter(account=account.pk).first()
    if person is None:
        return Who(0, str(account.username), [])
    roles = Membership.objects.filter(person=person).values_list("role", flat=True)
    return Who(person.pk, person.name, list(roles))
