"""What the commands do; the words of their help stand in cli.py."""

import io
import logging
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, redirect_stdout
from datetime import UTC, datetime
from pathlib import Path

from smartedu.base import postgres
from smartedu.base.errors import DomainError, Problem
from smartedu.base.settings import PREFIX, Settings, SettingsError, get_settings
from smartedu.base.settings_words import ABOUT

# Commands of Django that need no database, and would only be slowed by starting one.
WITHOUT_DATABASE = {
    "check",
    "compilemessages",
    "help",
    "--help",
    "makemessages",
    "version",
    "--version",
}


def say(text: str) -> None:
    """Print a line at once, also into a pipe."""
    print(text, flush=True)  # noqa: T201 - this is the command line


def _django() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "smartedu.config.settings")
    import django

    django.setup()
    if "log_level" not in get_settings().model_fields_set:  # unasked, a command shows its own lines only
        logging.getLogger().setLevel(logging.WARNING)


@contextmanager
def _house(command: str) -> Iterator[Settings]:
    """The database and Django, for the length of a command."""
    settings = get_settings()
    with postgres.running(settings, command, say):
        _django()
        try:
            yield settings
        finally:
            _close_connections()


def _close_connections() -> None:
    """Give the pool's connections back before PostgreSQL is stopped: its threads would complain."""
    from django.db import connections

    for connection in connections.all(initialized_only=True):
        connection.close()
        if close_pool := getattr(connection, "close_pool", None):
            close_pool()


def refuse_demo(settings: Settings) -> None:
    """Raise DomainError where demonstration content must not come: its passwords are public."""
    if settings.production:
        raise DomainError(
            Problem(
                "demo-in-production",
                "SMARTEDU_PRODUCTION",
                "正式运行的平台不能加入演示内容，其密码是公开的；请去掉这个变量，并用另一个数据文件夹。",
                "a platform in production takes no demonstration content, whose passwords are public; "
                "unset this variable and use another data folder.",
            )
        )


def setup(*, with_demo: bool, whole: bool = False) -> None:
    """Bring the tables up to this code, and add demonstration content if asked; `whole` waits for all of it."""
    if with_demo:
        refuse_demo(get_settings())
    with _house("setup") as settings:
        from smartedu.config.readiness import migrate

        with redirect_stdout(io.StringIO()):  # a line for each of a hundred steps tells nobody anything
            count = migrate()
        say(f"数据库的表已就绪（更新 {count} 步）。 The tables are ready ({count} migrations applied).")
        if with_demo:
            from smartedu.demo.build import build

            build(settings, say, whole=whole)


def import_feed(folder: Path) -> None:
    """Import the public catalogue feed from a folder."""
    with _house("library import-feed"):
        from smartedu.library.feed.importer import import_feed as run

        result = run(folder, by=None, at=datetime.now(UTC), report=say)
        say(str(result))


def reindex() -> None:
    """Build the search index anew."""
    with _house("library reindex") as settings:
        from smartedu.library.search.index import ask_for_rebuild

        count = ask_for_rebuild(settings.index_dir)
        if count is None:
            say("平台正在运行，已请它在后台重建索引。 The platform is running and builds the index anew by itself.")
        else:
            say(f"索引已重建：{count} 条。 The index is built anew: {count} resources.")


def backup(target: Path) -> None:
    """Save database and media into one file."""
    settings = get_settings()
    if settings.embedded and not postgres.is_made(settings):
        raise DomainError(
            Problem(
                "nothing-to-save",
                "",
                f"数据文件夹 {settings.data_dir} 里还没有数据库；请检查 SMARTEDU_DATA_DIR。",
                f"The data folder {settings.data_dir} has no database yet; check SMARTEDU_DATA_DIR.",
            )
        )
    with postgres.running(settings, "backup", say):
        contents = postgres.back_up(settings, target.absolute(), at=datetime.now(UTC), say=say)
    rows, media = sum(contents.rows.values()), sum(name.startswith("media/") for name in contents.files)
    size = target.stat().st_size / 1e6
    say(
        f"已存入 {target}（{size:.1f} MB）：{rows} 行，{media} 个媒体文件。 "
        f"Saved into {target} ({size:.1f} MB): {rows} rows, {media} media files."
    )


def restore(file: Path) -> None:
    """Bring a backup back into an empty data folder."""
    settings = get_settings()
    contents = postgres.restore(settings, file, say=say)
    rows, media = sum(contents.rows.values()), sum(name.startswith("media/") for name in contents.files)
    say(
        f"已读回 {settings.data_dir}：{rows} 行，{media} 个媒体文件。 "
        f"Brought back into {settings.data_dir}: {rows} rows, {media} media files."
    )


def manage(arguments: Sequence[str]) -> None:
    """Run a management command of Django, with the database for as long as it takes."""

    def run() -> None:
        from django.core.management import execute_from_command_line

        execute_from_command_line(["smartedu manage", *arguments])

    if not arguments or arguments[0] in WITHOUT_DATABASE:
        _django()
        run()
        return
    with _house(f"manage {arguments[0]}"):
        run()


def doctor() -> int:
    """Print every setting with where it comes from, then what is wrong; returns the exit code."""
    try:
        settings = get_settings()
    except SettingsError as error:
        for problem in error.problems:
            say(f"✗ {problem.text('zh')}\n  {problem.text('en')}")
        return 2
    for name, (zh, en, _) in ABOUT.items():
        field = "secret_key_given" if name == "secret_key" else name
        value = getattr(settings, field)
        if value is not None and name in ("secret_key", "database_url"):
            value = "***"
        given = "●" if field in settings.model_fields_set else "○"
        shown = ",".join(value) if isinstance(value, tuple) else "–" if value is None else value
        say(f"{given} {PREFIX}{name.upper()} = {shown}    {zh} · {en}")
    say("（● 来自环境变量 from the environment，○ 默认 default）")
    say(f"连接数 Connections: {settings.pool_plan().sentence()}")
    return _doctor_database(settings)


def _doctor_database(settings: Settings) -> int:
    if settings.embedded and settings.postgres_dir.is_symlink():
        say(f"数据库在 The database is in {os.readlink(settings.postgres_dir)}")
    try:
        if not settings.embedded:
            postgres.check_server(settings)
        elif not postgres.is_made(settings):
            say("还没有数据库：请运行 make run。 There is no database yet: run `make run`.")
            return 0
        elif not postgres.is_ready(settings):
            say("PostgreSQL 没有运行，serve 会启动它。 PostgreSQL is not running; serve starts it.")
            return 0
    except DomainError as error:
        for problem in error.problems:
            say(f"✗ {problem.text('zh')}\n  {problem.text('en')}")
        return 1
    say("✓ 数据库正常。 The database answers.")
    return 0
