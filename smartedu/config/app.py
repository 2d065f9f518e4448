"""The app's processes: gunicorn with threads on a Unix socket, started from here without any shell.

The application is loaded once, before the processes are forked: they share its memory, and one that was killed is
back within milliseconds instead of a second.
"""

import gc
import os
import signal
from pathlib import Path
from typing import Any

from gunicorn.app.base import BaseApplication

from smartedu.base.lifeline import PARENT_VARIABLE, die_with_parent
from smartedu.base.logs import LINE
from smartedu.base.settings import Settings, get_settings


class _Gunicorn(BaseApplication):  # type: ignore[misc]
    """gunicorn with our settings; it reads no command line, no file and no variable of its own."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        super().__init__()

    def load_config(self) -> None:
        for name, value in options(self._settings).items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        from smartedu.config.wsgi import application

        gc.collect()
        gc.freeze()  # what is loaded before the fork is never moved again: its pages stay shared
        return application


def options(settings: Settings) -> dict[str, Any]:
    """gunicorn's settings for ours."""
    return {
        "bind": f"unix:{settings.run_dir / 'app.sock'}",
        "umask": 0o077,
        "worker_class": "gthread",
        "workers": settings.app_processes,
        "threads": settings.app_threads,
        "worker_connections": 1000,
        "keepalive": 75,  # longer than the front keeps a connection, so that it is never us who close it first
        "timeout": 60,
        "graceful_timeout": 10,
        "preload_app": True,
        "accesslog": None,
        "loglevel": "warning",
        "logconfig_dict": _LOGGING,
        "control_socket_disable": True,
        "limit_request_line": 8190,
        "worker_tmp_dir": _memory_folder(),
        "post_fork": _after_fork,
        "proc_name": "smartedu-app",
    }


# gunicorn would else write lines of its own form to its own handlers; Django's settings give the root its handler.
_LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": LINE}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"level": "WARNING", "handlers": ["stderr"]},
    "loggers": {
        "gunicorn.error": {"level": "WARNING", "propagate": True},
        "gunicorn.access": {"level": "ERROR", "propagate": False},
    },
}


def _memory_folder() -> str | None:
    """Where the processes show that they live: in memory, since a busy disk would make them look dead."""
    return "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108 - gunicorn unlinks the file at once


def _after_fork(arbiter: Any, worker: Any) -> None:
    os.environ[PARENT_VARIABLE] = str(arbiter.pid)
    die_with_parent(signal.SIGKILL)


def main() -> None:
    """Serve until SIGTERM, then let running requests end (ten seconds at most)."""
    die_with_parent()
    settings = get_settings()
    Path(settings.run_dir).mkdir(parents=True, exist_ok=True)
    _Gunicorn(settings).run()


if __name__ == "__main__":
    main()
