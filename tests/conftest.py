"""What every test may ask for."""

from datetime import UTC, datetime

import pytest

from tests.library.makers import Maker

AT = datetime(2026, 9, 1, 8, 0, tzinfo=UTC)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Journeys come last in whatever order the rest is: Playwright keeps an event loop running in its thread to the
    end of the session, and no test after it could start one of its own."""
    items.sort(key=lambda item: "journey" in item.keywords)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(database_url: str, django_db_modify_db_settings_parallel_suffix: None) -> None:
    """Before pytest-django makes the test database, the cluster must run."""


@pytest.fixture
def at() -> datetime:
    """The instant at which tests act."""
    return AT


@pytest.fixture
def make(db: None) -> Maker:
    """A library with its reference, to be filled by actions."""
    from django.core.cache import cache

    from smartedu.library import queries, shelfmarks, shelves

    cache.clear()
    maker = Maker(AT)
    queries.forget_plates()
    shelfmarks.column.forget()
    shelfmarks.tag.forget()
    shelfmarks.grade.forget()
    shelves.forget()
    return maker
