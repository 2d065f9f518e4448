"""What stands behind `make`: sets everything up, skips what is done, then runs, tests or checks.

Standard library only, here and in its neighbours. This file has no syntax newer than Python 3.6, so that
an old Python is told in a sentence.
"""

import os
import shutil
import subprocess
import sys

from refusal import OLDEST, refuse


def wanted_python():
    """This Python if it is new enough, else a newer one of the machine (which then takes over)."""
    if sys.version_info >= OLDEST:
        return
    for minor in range(20, OLDEST[1] - 1, -1):
        found = shutil.which(f"python3.{minor}")
        if found and subprocess.call([found, "-c", ""], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) == 0:
            os.execv(found, [found, *sys.argv])
    refuse(
        "需要 Python 3.11 或更新的版本，请先安装它。",
        f"Python 3.11 or later is needed; install it first (this is {sys.version.split()[0]}).",
    )


if __name__ == "__main__":
    wanted_python()
    from tasks import COMMANDS

    if len(sys.argv) < 2 or sys.argv[1] not in COMMANDS:
        sys.exit("usage: python3 tools/bootstrap.py {}".format("|".join(COMMANDS)))
    try:
        COMMANDS[sys.argv[1]](sys.argv[2:])
    except KeyboardInterrupt:
        sys.exit(130)
