"""A process of ours never outlives the one that started it.

The kernel is asked to end us when our parent ends (Linux `prctl(PR_SET_PDEATHSIG)`). A pidfile to clean up later
would not do: after `kill -9` of the supervisor nothing of the old run may still hold a socket, a job or an index.
Where there is no prctl (macOS) nothing happens here, and the supervisor's ordered stop is all there is.
"""

import ctypes
import os
import signal
import sys

_PR_SET_PDEATHSIG = 1
PARENT_VARIABLE = "SMARTEDU_PARENT_PID"
"""The environment variable by which a parent tells a child its process id."""


def die_with_parent(sig: int = signal.SIGKILL) -> None:
    """Ask the kernel to send us `sig` when the thread that started us ends; end now if it has ended already.

    The parent may die between starting us and this call: then we have been handed to another parent, whose id
    differs from the one in the environment, and no signal would ever come.
    """
    if sys.platform != "linux":
        return
    ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, int(sig), 0, 0, 0)
    expected = os.environ.get(PARENT_VARIABLE, "")
    if expected.isdigit() and os.getppid() != int(expected):
        os.kill(os.getpid(), sig)


def be_the_first_to_go() -> None:
    """Tell the kernel to end this process before others when memory runs out (Linux; elsewhere nothing)."""
    try:
        with open("/proc/self/oom_score_adj", "w", encoding="ascii") as file:
            file.write("500")
    except OSError:  # not Linux, or a container that does not let us
        pass
