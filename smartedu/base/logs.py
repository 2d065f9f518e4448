"""How a process of ours writes its log: lines on its error output, which the supervisor keeps in a file."""

import logging
import sys

LINE = "%(asctime)s %(levelname)s %(name)s: %(message)s"
"""The form of a line; the supervisor finds warnings by the level behind the time."""


def log_lines(level: str) -> None:
    """Send this process's log to its error output, from `level` on."""
    logging.basicConfig(level=level, format=LINE, stream=sys.stderr, force=True)
