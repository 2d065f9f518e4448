"""Whether the app can serve: the database answers and knows every migration of this code. Also: migrate."""

import json
import logging
from dataclasses import dataclass

from django.db import Error, close_old_connections, connection
from django.db.migrations.executor import MigrationExecutor

log = logging.getLogger(__name__)
# One node migrates at a time; any number that nobody else uses.
_MIGRATION_LOCK = 0x5EDA_0001


@dataclass(frozen=True)
class Missing:
    """One thing that stands in the way of serving."""

    part: str
    zh: str
    en: str


def missing() -> list[Missing]:
    """What stands in the way; empty when all is well."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        pending = _pending()
    except Error as error:
        log.warning("the database does not answer: %s", error)
        return [Missing("database", "数据库没有回答。", "The database does not answer.")]
    if pending:
        names = ", ".join(pending[:5])
        return [
            Missing(
                "migrations",
                f"还有 {len(pending)} 个数据库迁移没有执行（{names}），请运行 smartedu setup。",
                f"{len(pending)} migrations are not applied ({names}); run: smartedu setup.",
            )
        ]
    return []


def answer_ready() -> tuple[str, bytes]:
    """The status line and the JSON of /readyz."""
    close_old_connections()
    try:
        found = missing()
    finally:
        close_old_connections()
    told = {"ready": not found, "missing": [vars(each) for each in found]}
    return ("503 Service Unavailable" if found else "200 OK"), json.dumps(told, ensure_ascii=False).encode()


def migrate() -> int:
    """Apply what is pending and return how many migrations that were; one node at a time."""
    from django.core.management import call_command

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [_MIGRATION_LOCK])
        try:
            count = len(_plan())
            if count:
                call_command("migrate", interactive=False, verbosity=1)
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [_MIGRATION_LOCK])
    return count


def _plan() -> list[str]:
    executor = MigrationExecutor(connection)
    steps = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{step.app_label}.{step.name}" for step, _ in steps]


_settled: list[bool] = []


def is_settled() -> bool:
    """Whether the database has had every migration of this code since this process looked; looks until it has."""
    if not _settled:
        answer_ready()
    return bool(_settled)


def _pending() -> list[str]:
    """Names of migrations that the database lacks. Once there are none, it is not asked again by this process."""
    if _settled:
        return []
    pending = _plan()
    if not pending:
        _settled.append(True)
    return pending
