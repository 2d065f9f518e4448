"""The embedded PostgreSQL on real clusters: made, started, killed, found again, refused twice."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from smartedu.base import postgres
from smartedu.base.postgres import cluster, leftovers, place, scratch, server
from smartedu.base.settings import Settings
from tests.pg import open_folder


@pytest.fixture(scope="module")
def house() -> Iterator[Settings]:
    """One cluster for this module's tests, none of which leaves it running."""
    folder = open_folder()
    settings = Settings(data_dir=folder / "data")
    postgres.init_cluster(settings, lambda _: None)
    yield settings
    scratch.remove_data_folder(settings)
    shutil.rmtree(folder)


def ask(settings: Settings, query: str) -> object:
    with closing(psycopg.connect(postgres.url(settings), autocommit=True)) as db:
        cursor = db.execute(query)
        row = cursor.fetchone() if cursor.description else None
        return row[0] if row else None


def until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + 60
    while not true():
        assert time.monotonic() < end
        time.sleep(0.02)


def test_a_cluster_is_made_once_and_kept_from_others(house: Settings) -> None:
    before = (house.postgres_dir / "PG_VERSION").stat().st_mtime_ns
    postgres.init_cluster(house)
    assert (house.postgres_dir / "PG_VERSION").stat().st_mtime_ns == before
    assert (house.data_dir / "postgres.password").stat().st_mode & 0o777 == 0o600
    assert house.postgres_dir.stat().st_mode & 0o777 == 0o700
    user = place.owner()
    assert house.postgres_dir.stat().st_uid == (user.uid if user else os.geteuid())
    assert house.data_dir.stat().st_uid == os.geteuid()  # a parent folder stays as it was


def test_it_listens_on_its_own_socket_only_and_wants_the_password(house: Settings) -> None:
    with postgres.running(house, "test") as address:
        assert postgres.is_ready(house)
        assert ask(house, "SHOW listen_addresses") == ""
        assert ask(house, "SHOW fsync") == "on"
        assert ask(house, "SHOW server_encoding") == "UTF8"
        assert ask(house, "SELECT upper('é') || ('中' > '一')::text") == "Étrue"
        assert ask(house, "SELECT rolsuper FROM pg_roles WHERE rolname = current_user") is False
        assert int(str(ask(house, "SHOW max_connections"))) >= house.pool_plan().total
        with pytest.raises(psycopg.OperationalError, match="password"):
            psycopg.connect(address, password="wrong")
    assert not postgres.is_ready(house)


def test_django_is_given_the_same_address(house: Settings) -> None:
    found = postgres.connection_parameters(house)
    assert found["NAME"] == found["USER"] == "smartedu"
    assert found["HOST"] == str(place.place(house).sockets)
    own = Settings(database_url="postgresql://u:p%20w@db.example.cn:5433/x?sslmode=require")
    assert postgres.connection_parameters(own) == {
        "NAME": "x",
        "USER": "u",
        "PASSWORD": "p w",
        "HOST": "db.example.cn",
        "PORT": "5433",
    }
    assert postgres.connection_options(own) == {"sslmode": "require"}


def test_what_was_committed_survives_kill_9_of_everything(house: Settings) -> None:
    started = postgres.start(house)
    ask(house, "CREATE TABLE IF NOT EXISTS kept (n int)")
    ask(house, "TRUNCATE kept")
    ask(house, "INSERT INTO kept SELECT generate_series(1, 1000)")
    for pid in leftovers.processes_of(house.postgres_dir):
        os.kill(pid, signal.SIGKILL)
    started.process.wait()
    with postgres.running(house, "test"):
        assert ask(house, "SELECT count(*) FROM kept") == 1000


def test_backends_without_their_postmaster_are_ended(house: Settings) -> None:
    started = postgres.start(house)
    with closing(psycopg.connect(postgres.url(house))) as db:
        db.execute("SELECT 1")
        os.kill(started.pid, signal.SIGKILL)
        started.process.wait()
        with postgres.running(house, "test"):
            assert ask(house, "SELECT 1") == 1


def test_a_pid_that_was_given_to_another_program_does_not_stop_the_start(house: Settings) -> None:
    other = subprocess.Popen(["sleep", "600"])
    try:
        stale = house.postgres_dir / "postmaster.pid"
        stale.write_text(f"{other.pid}\n{house.postgres_dir}\n0\n5432\n\n\n")
        with postgres.running(house, "test"):
            assert ask(house, "SELECT 1") == 1
        assert other.poll() is None
    finally:
        other.kill()
        other.wait()


def test_a_dead_pid_is_no_server(house: Settings) -> None:
    dead = subprocess.Popen(["true"])
    dead.wait()
    (house.postgres_dir / "postmaster.pid").write_text(f"{dead.pid}\n{house.postgres_dir}\n")
    with postgres.running(house, "test"):
        assert ask(house, "SELECT 1") == 1


OWNER = """
import sys, time
from pathlib import Path
from smartedu.base import postgres
from smartedu.base.settings import Settings
settings = Settings(data_dir=Path(sys.argv[1]))
with postgres.instance_lock(settings.data_dir, sys.argv[2]):
    server = postgres.start(settings)
    print(server.pid, flush=True)
    time.sleep(600)
"""


@pytest.fixture
def other_owner(house: Settings) -> Iterator[subprocess.Popen[str]]:
    """Another process that holds the house as `serve` does."""
    process = subprocess.Popen(
        [sys.executable, "-c", OWNER, str(house.data_dir), "serve"], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    process.stdout.readline()
    yield process
    process.kill()
    process.wait()
    process.stdout.close()
    until(lambda: not leftovers.processes_of(house.postgres_dir))


def test_it_ends_cleanly_with_a_killed_owner(house: Settings, other_owner: subprocess.Popen[str]) -> None:
    assert leftovers.processes_of(house.postgres_dir)
    other_owner.kill()
    until(lambda: not leftovers.processes_of(house.postgres_dir))
    assert not (house.postgres_dir / "postmaster.pid").exists()


def test_the_next_owner_takes_over_at_once(house: Settings, other_owner: subprocess.Popen[str]) -> None:
    other_owner.kill()
    other_owner.wait()
    with postgres.running(house, "test"):
        assert ask(house, "SELECT 1") == 1


def test_a_second_instance_is_refused_in_one_sentence(house: Settings, other_owner: subprocess.Popen[str]) -> None:
    with pytest.raises(postgres.AlreadyRunning) as caught, postgres.instance_lock(house.data_dir, "serve"):
        pass
    (problem,) = caught.value.problems
    for text in (problem.zh, problem.en):
        assert str(other_owner.pid) in text
        assert str(house.data_dir) in text
        assert "SMARTEDU_DATA_DIR" in text


def test_a_command_uses_the_database_of_a_running_serve(house: Settings, other_owner: subprocess.Popen[str]) -> None:
    with postgres.running(house, "test"):
        assert ask(house, "SELECT 1") == 1
    assert postgres.is_ready(house)  # it is not ours to stop


def test_a_command_does_not_lean_on_another_short_one(house: Settings) -> None:
    with (
        postgres.instance_lock(house.data_dir, "backup"),
        pytest.raises(postgres.AlreadyRunning, match="backup"),
        postgres.running(house, "test"),
    ):
        pass


def test_a_server_that_nobody_owns_is_stopped_cleanly(house: Settings) -> None:
    with postgres.running(house, "test"):
        pass  # its folders are there then, whichever test comes first
    user = place.owner()
    where = place.place(house)
    left = subprocess.Popen(
        [place.server_programs(house, user) / "postgres", "-D", where.data],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        **place.spawn_as(user),
    )
    until(lambda: postgres.is_ready(house))
    with postgres.running(house, "test"):
        assert left.wait(60) == 0
        assert ask(house, "SELECT 1") == 1


def test_a_start_that_fails_says_why(house: Settings) -> None:
    conf = house.postgres_dir / "own.conf"
    conf.write_text("shared_buffers = 'nonsense'\n")
    conf.chmod(0o644)
    try:
        with pytest.raises(postgres.PostgresError, match="nonsense"), postgres.running(house, "test"):
            pass
    finally:
        conf.unlink()


def test_a_cluster_of_another_version_is_left_alone(house: Settings) -> None:
    file = house.postgres_dir / "PG_VERSION"
    text = file.read_text()
    file.write_text("9\n")
    try:
        with pytest.raises(postgres.PostgresError, match="PostgreSQL 9"), postgres.running(house, "test"):
            pass
    finally:
        file.write_text(text)


def test_a_making_that_was_killed_leaves_no_cluster(data_dir: Path) -> None:
    settings = Settings(data_dir=data_dir)
    (data_dir / "postgres.new" / "base").mkdir(parents=True)
    data_dir.chmod(0o711)
    assert not postgres.is_made(settings)
    with postgres.running(settings, "test"):
        assert ask(settings, "SELECT 1") == 1
    assert not (data_dir / "postgres.new").exists()


def test_a_deep_folder_gets_a_short_socket(data_dir: Path) -> None:
    settings = Settings(data_dir=data_dir / ("深" * 30) / ("deep" * 10))
    try:
        with postgres.running(settings, "test"):
            assert ask(settings, "SELECT 1") == 1
    finally:
        scratch.remove_data_folder(settings)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root runs PostgreSQL as another user")
def test_below_a_closed_folder_the_cluster_is_kept_elsewhere_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = open_folder()
    monkeypatch.setattr(place, "ELSEWHERE", elsewhere)
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    settings, said = Settings(data_dir=closed / "data"), list[str]()
    try:
        with postgres.running(settings, "test", said.append):
            assert ask(settings, "SELECT 1") == 1
        assert settings.postgres_dir.is_symlink()
        assert settings.postgres_dir.resolve().is_relative_to(elsewhere)
        assert any("SMARTEDU_DATA_DIR" in line and str(elsewhere) in line for line in said)
        assert closed.stat().st_mode & 0o777 == 0o700
        with postgres.running(settings, "test", said.append):
            assert ask(settings, "SELECT 1") == 1
    finally:
        scratch.remove_data_folder(settings)
        shutil.rmtree(elsewhere)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root runs PostgreSQL as another user")
def test_programs_below_a_closed_folder_are_copied_to_where_they_can_run(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    elsewhere = open_folder()
    monkeypatch.setattr(place, "ELSEWHERE", elsewhere)
    try:
        copied = place._copied(place.programs())
        assert copied == place._copied(place.programs())
        user = place.owner()
        assert place.reachable(copied, user)
        for name in ("postgres", "initdb"):
            subprocess.run([copied / name, "--version"], check=True, capture_output=True, **place.spawn_as(user))
    finally:
        shutil.rmtree(elsewhere)


def test_a_socket_folder_that_another_made_is_not_used(tmp_path: Path) -> None:
    (tmp_path / "target").mkdir()
    (tmp_path / "sockets").symlink_to(tmp_path / "target")
    with pytest.raises(postgres.PostgresError):
        place.own_folder(tmp_path / "sockets", None)


def test_an_own_database_must_answer_and_have_room(database_url: str) -> None:
    postgres.check_server(Settings(database_url=database_url))
    with pytest.raises(postgres.PostgresError, match="max_connections"):
        postgres.check_server(Settings(database_url=database_url, app_processes=200, app_threads=60))
    with pytest.raises(postgres.PostgresError, match="does not answer"):
        postgres.check_server(Settings(database_url="postgresql://u@/x?host=/nowhere"))


def test_memory_decides_the_buffers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "memory_bytes", lambda: 512 * 1024 * 1024)
    assert cluster._values(Settings(), Path("/x"))["shared_buffers"] == "64MB"


def test_the_log_stays_small(tmp_path: Path) -> None:
    log = tmp_path / "postgres.log"
    log.write_bytes(b"x" * (server.LOG_LIMIT_BYTES + 1))
    server._trim(log)
    assert log.stat().st_size == 0
    assert (tmp_path / "postgres.log.1").stat().st_size == server.LOG_LIMIT_BYTES + 1
