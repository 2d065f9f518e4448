"""What the supervisor must have before it starts anything: the port, the folder of its sockets, room for files."""

import contextlib
import os
import resource
import socket

from smartedu.base.errors import DomainError, Problem
from smartedu.base.folders import make_folder
from smartedu.base.settings import Settings


class ServeError(DomainError):
    """The platform could not be started; the problem says why and what to do."""


def open_port(settings: Settings) -> socket.socket:
    """The listening socket that all fronts share. Raises ServeError when the port cannot be had."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    try:
        return socket.create_server((settings.host, settings.port), family=family, backlog=2048)
    except OSError as error:
        place, why = f"{settings.host}:{settings.port}", os.strerror(error.errno) if error.errno else str(error)
        raise ServeError(
            Problem(
                "port-taken",
                "",
                f"不能在 {place} 上监听（{why}）；请关闭占用它的程序，或用 SMARTEDU_PORT 换一个。",
                f"Cannot listen on {place} ({why}); end the program that uses it, "
                "or choose another port with SMARTEDU_PORT.",
            )
        ) from None


def own_run_dir(settings: Settings) -> None:
    """Make the folder of our sockets; one below /tmp may have been made by another user before us."""
    make_folder(settings.run_dir)
    state = settings.run_dir.lstat()
    if settings.run_dir.is_symlink() or state.st_uid != os.geteuid():
        raise ServeError(
            Problem(
                "folder-taken",
                "",
                f"{settings.run_dir} 属于别的用户；请移走它，或用 SMARTEDU_DATA_DIR 另选较短的路径。",
                f"{settings.run_dir} belongs to another user; move it away, or choose a shorter SMARTEDU_DATA_DIR.",
            )
        )


def raise_file_limit() -> None:
    """Allow as many open files as we may (a connection is one), within reason."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 65536) if hard > 0 else 65536, hard))
