"""How the application reaches PostgreSQL, the embedded one or one's own, and whether it will do."""

from contextlib import closing
from typing import Any
from urllib.parse import quote

from ..folders import kept_secret
from ..settings import Settings
from .place import OLDEST_MAJOR, place, refuse

NAME = "smartedu"
PASSWORD_FILE = "postgres.password"  # noqa: S105 - a file's name


def url(settings: Settings) -> str:
    """The libpq address of the database, password included; works before the cluster exists."""
    if settings.database_url is not None:
        return settings.database_url
    password = kept_secret(settings.data_dir / PASSWORD_FILE)
    return f"postgresql://{NAME}:{quote(password)}@/{NAME}?host={quote(str(place(settings).sockets), safe='')}"


def parameters(settings: Settings) -> dict[str, str]:
    """The same as libpq's keywords: dbname, host, user, password, sslmode …"""
    from psycopg.conninfo import conninfo_to_dict

    return {key: str(value) for key, value in conninfo_to_dict(url(settings)).items() if value is not None}


def connection_parameters(settings: Settings) -> dict[str, Any]:
    """NAME, USER, PASSWORD, HOST and PORT of Django's DATABASES; the rest is connection_options()."""
    found = parameters(settings)
    keys = {"NAME": "dbname", "USER": "user", "PASSWORD": "password", "HOST": "host", "PORT": "port"}
    return {key: found.get(word, "") for key, word in keys.items()}


def connection_options(settings: Settings) -> dict[str, str]:
    """What else the address says (sslmode, target_session_attrs …), for OPTIONS of Django's DATABASES."""
    main = {"dbname", "user", "password", "host", "port"}
    return {key: value for key, value in parameters(settings).items() if key not in main}


def is_ready(settings: Settings, timeout_seconds: int = 3) -> bool:
    """Whether the database answers a query now."""
    import psycopg

    try:
        with closing(psycopg.connect(url(settings), connect_timeout=timeout_seconds, autocommit=True)) as db:
            return db.execute("SELECT 1").fetchone() == (1,)
    except psycopg.OperationalError:
        return False


def check_server(settings: Settings) -> None:
    """See that a PostgreSQL of one's own is new enough, speaks UTF-8 and has room for all our pools.

    Raises PostgresError with one sentence. The embedded one is made to fit and need not be asked.
    """
    import psycopg

    try:
        with closing(psycopg.connect(url(settings), connect_timeout=10, autocommit=True)) as db:
            version = db.info.server_version // 10000
            row = db.execute(
                "SELECT current_setting('server_encoding'), current_setting('max_connections')::int,"
                " current_setting('superuser_reserved_connections')::int,"
                " coalesce(current_setting('reserved_connections', true), '0')::int"
            ).fetchone()
    except psycopg.Error as error:
        raise refuse(
            "no-answer",
            f"连接不上 SMARTEDU_DATABASE_URL 指的数据库：{str(error).strip()}；请检查地址、密码和网络。",
            f"The database of SMARTEDU_DATABASE_URL does not answer: {str(error).strip()}; "
            "check address, password and network.",
        ) from None
    assert row is not None
    encoding, most, for_superusers, reserved = row
    if version < OLDEST_MAJOR:
        raise refuse(
            "too-old",
            f"SMARTEDU_DATABASE_URL 指的是 PostgreSQL {version}，需要 {OLDEST_MAJOR} 或更新的版本。",
            f"SMARTEDU_DATABASE_URL is PostgreSQL {version}; {OLDEST_MAJOR} or later is needed.",
        )
    if encoding != "UTF8":
        raise refuse(
            "encoding",
            f"数据库的编码是 {encoding}，应为 UTF8；请用 CREATE DATABASE … ENCODING 'UTF8' 另建一个。",
            f"The database's encoding is {encoding} and must be UTF8; "
            "make another with CREATE DATABASE … ENCODING 'UTF8'.",
        )
    plan, room = settings.pool_plan(), most - for_superusers - reserved
    if plan.total > room:
        raise refuse(
            "connections",
            f"所有连接池合计 {plan.sentence()}，而数据库只给 {room} 个连接；请调大 max_connections（至少 "
            f"{plan.total + most - room}）或调小 SMARTEDU_APP_PROCESSES、SMARTEDU_APP_THREADS。",
            f"The pools sum up to {plan.sentence()}, but the database gives {room} connections; raise "
            f"max_connections (to {plan.total + most - room} at least) or lower SMARTEDU_APP_PROCESSES or "
            "SMARTEDU_APP_THREADS.",
        )
