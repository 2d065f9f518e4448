"""What tests of the page memory ask for."""

import uuid
from collections.abc import Iterator
from contextlib import closing
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
from psycopg import sql


@pytest.fixture
def lone_database(database_url: str) -> Iterator[str]:
    """The address of an empty database that no other test uses: notices, lines and tables are this test's alone.

    The workers of one session share a cluster, and so would they `database_url` itself.
    """
    name = f"lone_{uuid.uuid4().hex}"
    with closing(psycopg.connect(database_url, autocommit=True)) as db:
        db.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(name)))
        yield urlunsplit(urlsplit(database_url)._replace(path=f"/{name}"))
        db.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))
