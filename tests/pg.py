"""One throw-away PostgreSQL a test session, shared by all xdist workers, each with databases of its own.

Loaded with `-p tests.pg`, before pytest-django reads the settings: on import it says where the database *will*
be; it is started when the first test asks for a database, or at once when workers are about to be started.
The session's data folder is a throw-away too, so that no test can touch the one of a checkout.
"""

import atexit
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from smartedu.base.postgres.connection import url
from smartedu.base.postgres.scratch import (
    end_scratch_cluster,
    remove_data_folder,
    scratch_cluster,
    scratch_settings,
)
from smartedu.base.settings import PREFIX, Settings, get_settings

_GIVEN = "SMARTEDU_TEST_CLUSTER"  # set for xdist's workers and for nobody else


def open_folder() -> Path:
    """A new folder under /tmp that PostgreSQL's own user can reach too (pytest's tmp_path is closed to it)."""
    folder = Path(tempfile.mkdtemp(prefix="smartedu-test-", dir="/tmp"))
    folder.chmod(0o711)
    return folder


def _prepare() -> Path:
    if _GIVEN in os.environ:
        return Path(os.environ[_GIVEN])
    for variable in [v for v in os.environ if v.startswith(PREFIX)]:
        del os.environ[variable]  # whatever the developer's shell says, tests see the defaults
    folder = open_folder()
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    os.environ[_GIVEN] = str(folder)
    os.environ["SMARTEDU_DATABASE_URL"] = url(scratch_settings(folder / "cluster"))
    return folder


_FOLDER = _prepare()
os.environ["SMARTEDU_DATA_DIR"] = str(_FOLDER / os.environ.get("PYTEST_XDIST_WORKER", "main"))
get_settings.cache_clear()
_CLUSTER = _FOLDER / "cluster"


def _is_worker() -> bool:
    return "PYTEST_XDIST_WORKER" in os.environ


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_setupnodes() -> None:
    """Start the cluster in the one process that outlives all workers."""
    scratch_cluster(_CLUSTER)


def pytest_unconfigure() -> None:
    """End the cluster if this process started it."""
    if not _is_worker():
        end_scratch_cluster(_CLUSTER)


@pytest.fixture(scope="session")
def database_url() -> str:
    """The address of the session's cluster; its role may make databases."""
    if not _is_worker():
        return scratch_cluster(_CLUSTER)
    return os.environ["SMARTEDU_DATABASE_URL"]


@pytest.fixture(scope="session")
def django_db_modify_db_settings(database_url: str, django_db_modify_db_settings_parallel_suffix: None) -> None:
    """pytest-django's hook before it makes the test database: by then the cluster must run."""


@pytest.fixture
def data_dir() -> Iterator[Path]:
    """An empty data folder for tests that start their own PostgreSQL or the whole service in it."""
    folder = open_folder()
    yield folder / "data"
    remove_data_folder(Settings(data_dir=folder / "data"))
    shutil.rmtree(folder, ignore_errors=True)
