"""The house stands when parts of it are killed: each time it answers again, and nothing of it is left behind."""

import json
import os
import shutil
import signal
import socket
import threading
from collections.abc import Iterator

import pytest

from smartedu.base.postgres.scratch import remove_data_folder
from tests.config.platform import Platform, alive, eventually
from tests.pg import open_folder

pytestmark = pytest.mark.processes


@pytest.fixture(scope="module")
def _platform() -> Iterator[Platform]:
    folder = open_folder()
    platform = Platform(folder / "data", fronts=2, app_processes=2, app_threads=2)
    try:
        yield platform
    finally:
        platform.destroy()
        remove_data_folder(platform.settings)
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def platform(_platform: Platform) -> Platform:
    """One platform for all tests of this file, up and answering, whatever the test before did to it."""
    if _platform.process is None or _platform.process.poll() is not None:
        _platform.start()
    _platform.answers()
    return _platform


def test_two_fronts_share_the_port(platform: Platform) -> None:
    assert len(platform.processes("front")) == 2


def test_killed_fronts_come_back(platform: Platform) -> None:
    before = platform.processes("front")
    platform.kill(*before)
    platform.answers()
    eventually(lambda: len(platform.processes("front")) == 2)
    assert not set(before) & set(platform.processes("front"))


def test_a_killed_app_process_costs_no_read(platform: Platform) -> None:
    begun = platform.settings.data_dir / "sleep.begun"
    begun.unlink(missing_ok=True)
    answer: dict[str, int] = {}
    reader = threading.Thread(target=lambda: answer.update(platform.get("/sleep?seconds=0.5")))
    reader.start()
    eventually(begun.exists)
    master = platform.get("/process")["master"]
    platform.kill(*(pid for pid in platform.processes("app") if pid != master))
    reader.join()
    assert answer["pid"] not in (0, None)
    assert platform.answers()["master"] == master


def test_a_killed_app_comes_back_as_a_whole(platform: Platform) -> None:
    before = platform.processes("app")
    platform.kill(platform.get("/process")["master"])
    eventually(lambda: not any(alive(pid) for pid in before))
    assert platform.answers()["pid"] not in before


def test_the_job_of_a_killed_worker_is_taken_up_again(platform: Platform) -> None:
    folder = platform.settings.data_dir
    platform.open("/defer/slow/film").close()
    eventually((folder / "film.begun").exists)
    (folder / "runner.ran").unlink(missing_ok=True)
    platform.kill(*platform.processes("worker"))
    eventually((folder / "film.done").exists)
    eventually((folder / "runner.ran").exists)


def test_a_killed_database_comes_back_and_jobs_go_on(platform: Platform) -> None:
    before = platform.database()
    platform.kill(*before)
    platform.answers()
    assert not set(before) & set(platform.database())
    platform.open("/defer/note/after-the-database").close()
    eventually((platform.settings.data_dir / "after-the-database").exists)


def test_nothing_outlives_a_killed_supervisor(platform: Platform) -> None:
    assert platform.process is not None
    before = platform.all_processes()
    platform.kill(platform.process.pid)
    platform.process.wait()
    eventually(lambda: not any(alive(pid) for pid in before))
    platform.start()
    platform.answers()


def test_a_new_start_does_not_wait_for_the_old_one_to_be_gone(platform: Platform) -> None:
    assert platform.process is not None
    platform.process.kill()
    platform.process.wait()
    platform.start()
    platform.answers()


def test_all_killed_at_once_recovers_by_itself(platform: Platform) -> None:
    assert platform.process is not None
    platform.kill(*platform.all_processes())
    platform.process.wait()
    platform.start()
    platform.answers()


def test_a_second_instance_is_refused_in_one_sentence(platform: Platform) -> None:
    second = platform.start_again_refused()
    assert second.returncode == 1
    assert str(platform.settings.data_dir) in second.stderr
    assert len(second.stderr.strip().splitlines()) == 1
    platform.answers()


@pytest.mark.parametrize("sig", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_in_order_and_leaves_nothing(platform: Platform, sig: signal.Signals) -> None:
    before = platform.all_processes()
    assert platform.end(sig) == 0
    assert not any(alive(pid) for pid in before)
    assert platform.all_processes() == []
    assert not (platform.settings.run_dir / "app.sock").exists()


def test_a_taken_port_is_told_and_nothing_is_left(platform: Platform) -> None:
    platform.end()
    with socket.create_server(("127.0.0.1", platform.port)):
        refused = platform.start_again_refused()
    assert refused.returncode == 1
    assert f"127.0.0.1:{platform.port}" in refused.stderr
    assert "SMARTEDU_PORT" in refused.stderr
    assert platform.all_processes() == []


def test_the_worker_gives_way(platform: Platform) -> None:
    (worker,) = eventually(lambda: platform.processes("worker"))
    ours = os.getpriority(os.PRIO_PROCESS, 0)
    assert eventually(lambda: os.getpriority(os.PRIO_PROCESS, worker) == min(19, ours + 10))


def test_a_drip_arrives_drop_by_drop_and_ends_with_its_reader(platform: Platform) -> None:
    ended = platform.settings.data_dir / "drip.ended"
    ended.unlink(missing_ok=True)
    answer = platform.open("/drip")
    assert answer.readline() == b"0\n"
    assert not ended.exists()
    answer.close()
    eventually(ended.exists)


def test_what_the_app_sees_of_the_visitor_is_what_the_front_says(platform: Platform) -> None:
    lies = {"X-Forwarded-For": "9.9.9.9", "X_Forwarded_For": "8.8.8.8", "X-Forwarded-Proto": "https"}
    seen = json.loads(platform.open("/headers", **lies, Forwarded="for=7.7.7.7").read())
    assert seen["X-Forwarded-For"] == "127.0.0.1"
    assert seen["X-Forwarded-Proto"] == "http"
    assert "Forwarded" not in seen
