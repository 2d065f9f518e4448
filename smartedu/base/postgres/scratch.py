"""A throw-away cluster for tests: no fsync, a role that may make databases, gone with its folder."""

import shutil
from pathlib import Path

from ..folders import make_folder
from ..settings import Settings
from .connection import url
from .place import home_elsewhere
from .server import Server, start, stop

_started: dict[Path, Server] = {}


def scratch_settings(folder: Path) -> Settings:
    """The settings of a throw-away cluster in `folder`."""
    return Settings(data_dir=folder, app_processes=8, app_threads=16)


def scratch_cluster(folder: Path) -> str:
    """Start a throw-away cluster in `folder` (once a process) and return its address.

    It ends with this process; `end_scratch_cluster` ends it earlier and removes the folder. As root the folder
    should be one that every user can reach, or the cluster is kept elsewhere.
    """
    settings = scratch_settings(folder)
    if folder not in _started:
        make_folder(folder)
        _started[folder] = start(settings, for_tests=True)
    return url(settings)


def end_scratch_cluster(folder: Path) -> None:
    """Stop the throw-away cluster of `folder`, if this process started it, and remove all that it left."""
    server = _started.pop(folder, None)
    if server is not None:
        stop(server)
        remove_data_folder(server.settings)


def remove_data_folder(settings: Settings) -> None:
    """Remove a data folder with everything in it, a cluster that is kept elsewhere included."""
    if home := home_elsewhere(settings):
        shutil.rmtree(home, ignore_errors=True)
    for folder in (settings.data_dir, settings.run_dir):
        shutil.rmtree(folder, ignore_errors=True)
