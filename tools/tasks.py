"""The targets of `make`: each sets up what it needs, then does its work."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from prepare import (
    FRONTEND,
    PYTHON,
    ROOT,
    VENV,
    digest,
    files_below,
    install,
    install_frontend,
    is_fresh,
    keep,
    make_venv,
    node_environment,
    prepare,
)
from refusal import refuse


def is_production():
    """Whether SMARTEDU_PRODUCTION is set to something that pydantic takes for true."""
    return os.environ.get("SMARTEDU_PRODUCTION", "").lower() in ("1", "true", "t", "yes", "y", "on")


def show(command):
    """Run a program with its output shown; end with its exit code when it fails."""
    code = subprocess.call([str(c) for c in command], cwd=str(ROOT))
    if code != 0:
        sys.exit(code)


def fill():
    """PostgreSQL, tables and demonstration content, when the content's sources changed."""
    data = Path(os.environ.get("SMARTEDU_DATA_DIR") or ROOT / "var").expanduser().absolute()
    sources = files_below(ROOT / "smartedu" / "demo") + files_below(ROOT / "smartedu" / "library" / "reference")
    stamp = data / "demo.stamp"
    mark = digest(*sources, os.environ.get("SMARTEDU_DATABASE_URL", ""))
    if is_production() or is_fresh(stamp, mark):
        return
    print(flush=True)
    show([VENV / "bin" / "smartedu", "setup", "--demo"])
    keep(stamp, mark)
    return


def chromium():
    """The browser for browser tests."""
    given = os.environ.get("CHROMIUM")
    for name in [given] if given else ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]:
        found = shutil.which(name)
        if found:
            return found
    return refuse(
        "浏览器测试需要 Chromium，请输入：sudo apt-get install chromium（或用 CHROMIUM 指出其路径）",
        "Browser tests need Chromium; type: sudo apt-get install chromium (or name its path in CHROMIUM)",
    )


def command_run(_):
    """Set everything up and serve."""
    steps = prepare("run.txt", 1)
    steps.run("数据库与演示内容", "database and demonstration content", fill)
    program = str(VENV / "bin" / "smartedu")
    os.execv(program, [program, "serve"])


def command_test(arguments):
    """Run every test."""
    browser = chromium()
    prepare("dev.txt")
    os.environ["CHROMIUM"] = browser
    environment, npm = node_environment()
    if (FRONTEND / "package.json").is_file():
        install_frontend()
        if not arguments and subprocess.call([*npm, "test"], cwd=str(FRONTEND), env=environment) != 0:
            sys.exit(1)
    os.chdir(str(ROOT))
    os.execv(str(PYTHON), [str(PYTHON), "-m", "pytest", *(arguments or ["-n", "2"])])


def command_check(_):
    """Every check that needs no running house; all are run, and all that fail are named."""
    prepare("dev.txt")
    environment, npm = node_environment()
    # Whether migrations are missing is asked with a database, but not with the developer's own.
    data = tempfile.mkdtemp(prefix="smartedu-check-")
    os.chmod(data, 0o711)
    environment["SMARTEDU_DATA_DIR"] = data
    environment.pop("SMARTEDU_DATABASE_URL", None)
    tools = VENV / "bin"
    checks = [
        ("ruff check", [tools / "ruff", "check", "."], ROOT),
        ("ruff format", [tools / "ruff", "format", "--check", "."], ROOT),
        ("mypy", [tools / "mypy"], ROOT),
        ("imports", [tools / "lint-imports"], ROOT),
        ("migrations", [tools / "smartedu", "manage", "makemigrations", "--check", "--dry-run"], ROOT),
        ("generated docs", [PYTHON, "tools/docs.py", "--check"], ROOT),
    ]
    if (FRONTEND / "package.json").is_file():
        install_frontend()
        checks.append(("tsc", [*npm, "run", "check"], FRONTEND))
    failed = []
    for name, command, folder in checks:
        began = time.monotonic()
        done = subprocess.run(
            [str(c) for c in command],
            cwd=str(folder),
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        print("✗" if done.returncode else "✓", name, f"{time.monotonic() - began:.1f} s", flush=True)
        if done.returncode:
            failed.append(name)
            print(done.stdout + done.stderr, flush=True)
    shutil.rmtree(data)
    if failed:
        refuse("未通过：" + "、".join(failed), "Failed: " + ", ".join(failed) + " (`make fix` mends what it can).")


def command_fix(_):
    """Mend what can be mended by itself."""
    prepare("dev.txt")
    subprocess.call([str(VENV / "bin" / "ruff"), "check", "--fix", "."], cwd=str(ROOT))
    show([VENV / "bin" / "ruff", "format", "."])
    show([PYTHON, "tools/docs.py"])


def command_lock(_):
    """Resolve all lock files anew, with hashes and without the address of any package index."""
    make_venv()
    install("tools.txt")
    common = ["--generate-hashes", "--no-emit-index-url", "--universal", "--python-version", "3.11", "--quiet"]
    common += ["--custom-compile-command", "make lock"]
    for sources, lock in (
        (["pyproject.toml"], "run.txt"),
        (["pyproject.toml", "--group", "dev", "-c", "locks/run.txt"], "dev.txt"),
        (["locks/node.in"], "node.txt"),
        (["locks/tools.in"], "tools.txt"),
    ):
        print("locks/" + lock, flush=True)
        show([VENV / "bin" / "uv", "pip", "compile", *sources, *common, "-o", "locks/" + lock])


def command_bench(arguments):
    """Run every benchmark, or those that are named."""
    prepare("dev.txt")
    for file in arguments or sorted(str(f) for f in (ROOT / "bench").glob("[a-z]*.py")):
        print("\n== " + os.path.relpath(file, str(ROOT)), flush=True)
        show([PYTHON, file])


COMMANDS = {
    "run": command_run,
    "test": command_test,
    "check": command_check,
    "fix": command_fix,
    "lock": command_lock,
    "bench": command_bench,
    "setup": lambda _: prepare("dev.txt"),
}
