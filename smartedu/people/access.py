"""Who may enter where."""

from typing import Any

from smartedu.base.errors import NotFound
from smartedu.people.models import Person, Role


def person_in_role(account: Any, *roles: Role) -> Person:
    """The person of a signed-in account, if they have one of these roles.

    Raises NotFound for anybody else: what is not for them is not known to them.
    """
    person = Person.objects.filter(account=account.pk, memberships__role__in=roles).distinct().first()
    if person is None:
        raise NotFound
    return person
