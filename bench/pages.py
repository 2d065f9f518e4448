"""What a rendered list page costs: CPU-seconds of app and PostgreSQL (`make bench ARGS=bench/pages.py`).

A platform of its own, with the demonstration country, is started in a temporary folder. The page is a shelf of 24
cards in a column. Beside it, in the same run:

* the limit: the SQL statements of the page by bare psycopg (one connection, prepared after five uses as psycopg does by
  itself), the tiles made from its rows, the same template; one process, no framework, no HTTP;
* the page through the front as well, with the front's time counted.
"""

import http.client
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
PAGE = "/zh/plates/course/junior?page=2"
ROUNDS = 3
REQUESTS = 200
TICK = os.sysconf("SC_CLK_TCK")


def main() -> None:
    """Measure and print; nothing is asserted here."""
    with tempfile.TemporaryDirectory(prefix="smartedu-bench-", dir="/tmp") as name:
        os.chmod(name, 0o711)
        data = Path(name) / "data"
        port = _free_port()
        environment = os.environ | {"SMARTEDU_DATA_DIR": str(data), "SMARTEDU_PORT": str(port)}
        smartedu = [sys.executable, "-m", "smartedu.config.cli"]
        log = (Path(name) / "serve.log").open("w")
        server = subprocess.Popen([*smartedu, "serve"], env=environment, stdout=log, stderr=log, cwd=ROOT)
        try:
            _until_ready(port, server)
            furnish = "import django; django.setup(); from smartedu.demo.build import build; "
            furnish += "from smartedu.base.settings import get_settings; build(get_settings(), order=False)"
            own = environment | {"DJANGO_SETTINGS_MODULE": "smartedu.config.settings", "PYTHONPATH": str(ROOT)}
            subprocess.run([sys.executable, "-c", furnish], env=own, check=True, stderr=subprocess.DEVNULL)
            time.sleep(3)  # the worker writes the index
            _measure(data, server.pid, port, own)
        finally:
            server.send_signal(signal.SIGINT)
            server.wait(30)


def _measure(data: Path, supervisor: int, port: int, environment: dict[str, str]) -> None:
    socket_path = str(_settings(environment).run_dir / "app.sock")
    limit = subprocess.Popen(
        [sys.executable, __file__, "--limit", str(REQUESTS)],
        env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT,
    )  # fmt: skip
    assert limit.stdin is not None
    assert limit.stdout is not None
    print(limit.stdout.readline().strip())
    ours, peers, fronted = [], [], []
    for _ in range(ROUNDS):
        ours.append(_rate(lambda: _get_many(_unix(socket_path), PAGE), _of(supervisor, "app", "postgres")))
        peers.append(_rate(lambda: _ask(limit), lambda: [limit.pid, *_backends(supervisor)]))
        fronted.append(
            _rate(
                lambda: _get_many(http.client.HTTPConnection("localhost", port), PAGE),
                _of(supervisor, "app", "postgres", "front"),
            )
        )
    limit.stdin.close()
    best = sorted(ours)[ROUNDS // 2], sorted(peers)[ROUNDS // 2], sorted(fronted)[ROUNDS // 2]
    print(f"rendered list page, 24 cards, pages a CPU-second (median of {ROUNDS} rounds of {REQUESTS}):")
    print(f"  app + PostgreSQL          {best[0]:7.0f}   (aim >= 150)")
    print(f"  same SQL, same template   {best[1]:7.0f}   ours is {best[0] / best[1]:.0%} of it (aim >= 50 %)")
    print(f"  front + app + PostgreSQL  {best[2]:7.0f}")


def _rate(work: Callable[[], None], pids: Callable[[], list[int]]) -> float:
    before = {pid: _cpu(pid) for pid in pids()}
    work()
    after = {pid: _cpu(pid) for pid in pids()}
    used = sum(seconds - before.get(pid, 0.0) for pid, seconds in after.items())
    return REQUESTS / used


def _cpu(pid: int) -> float:
    """User and system time of a process and of its children that have ended; 0 where it is gone."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except FileNotFoundError:
        return 0.0
    return sum(int(field) for field in fields[11:15]) / TICK


def _tree(pid: int) -> Iterable[int]:
    yield pid
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in task.read_text().split():
            yield from _tree(int(child))


def _of(supervisor: int, *words: str) -> Callable[[], list[int]]:
    def pids() -> list[int]:
        found = []
        for pid in _tree(supervisor):
            line = Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
            kind = "postgres" if "postgres" in line and "smartedu.config" not in line else ""
            if kind in words or any(f"smartedu.config.{word}" in line for word in words):
                found.append(pid)
        return found

    return pids


def _backends(supervisor: int) -> list[int]:
    return _of(supervisor, "postgres")()


class _UnixConnection(http.client.HTTPConnection):
    def __init__(self, path: str) -> None:
        super().__init__("localhost")
        self._path = path

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.connect(self._path)


def _unix(path: str) -> http.client.HTTPConnection:
    return _UnixConnection(path)


def _get_many(connection: http.client.HTTPConnection, page: str) -> None:
    for _ in range(REQUESTS):
        connection.request("GET", page, headers={"Host": "localhost", "Accept-Encoding": "identity"})
        answer = connection.getresponse()
        body = answer.read()
        assert answer.status == 200, answer.status
        assert body.count(b'class="card') >= 24
    connection.close()


def _ask(limit: "subprocess.Popen[str]") -> None:
    assert limit.stdin is not None
    assert limit.stdout is not None
    limit.stdin.write("go\n")
    limit.stdin.flush()
    limit.stdout.readline()


def _limit(requests: int) -> None:
    """The other side: record the page's statements and context once, then only run and render them."""
    import django

    django.setup()
    import psycopg
    from django.db import connection
    from django.template import engines
    from django.test import Client, RequestFactory
    from django.test.utils import CaptureQueriesContext
    from django.utils import translation
    from psycopg.rows import dict_row

    from smartedu.library import queries
    from smartedu.library.models import Tag
    from smartedu.library.shelves import Facets
    from smartedu.web import cards
    from smartedu.web.jinja import page_context
    from smartedu.web.pages import pages

    client = Client(headers={"host": "localhost"})
    client.get(PAGE)
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(PAGE).status_code == 200
    statements = [query["sql"] for query in captured.captured_queries]
    translation.activate("zh")
    request = RequestFactory().get(PAGE, headers={"host": "localhost"})
    page = queries.page_of(queries.listing(Facets(column="junior")), 2)
    view = next(v for v in cards.plates_in("zh") if v.code == "course")
    context = page_context(request) | {
        "request": request,
        "plate": view,
        "column": view.columns[1],
        "pages": pages(request, page.number, page.count, page.total),
    }
    template = engines["jinja2"].env.get_template("public/column.html")
    by_id = {tag.pk: tag for tag in Tag.objects.all()}
    grades = {tag.code: tag for tag in by_id.values() if tag.dimension == "grade"}

    def tile(row: dict[str, Any]) -> cards.Card:
        """What `cards.card` makes of an object, made of a bare row."""
        subject, edition = by_id.get(row["subject_id"]), by_id.get(row["edition_id"])
        names = [*(grades[code].name_zh for code in row["grades"][:1]), *(t.name_zh for t in (subject, edition) if t)]
        return cards.Card(
            row["kind"], row["code"], f"/zh/lessons/{row['code']}", row["title"], " · ".join(names), row["summary"],
            row["length_seconds"], "课", "course", subject.code if subject else "", row["code"],
            row["poster_path"] and f"/media/{row['poster_path']}",
        )  # fmt: skip

    parameters = connection.get_connection_params()
    wanted = {name: parameters[name] for name in ("dbname", "user", "password", "host", "port") if parameters.get(name)}
    with psycopg.connect(**wanted, autocommit=True, row_factory=dict_row) as bare:
        print(f"statements of the page: {len(statements)}", flush=True)
        for _ in sys.stdin:
            for _ in range(requests):
                rows = [bare.execute(statement).fetchall() for statement in statements][-1]
                assert len(rows) == 24
                template.render(context | {"cards": [tile(row) for row in rows]}).encode()
            print("done", flush=True)


def _settings(environment: dict[str, str]):
    from smartedu.base.settings import load

    return load(environment)


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _until_ready(port: int, server: "subprocess.Popen[bytes]") -> None:
    for _ in range(300):
        assert server.poll() is None, "the platform ended by itself"
        try:
            with urllib.request.urlopen(f"http://localhost:{port}/readyz", timeout=2) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.2)
    raise AssertionError("the platform did not come up")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--limit"]:
        _limit(int(sys.argv[2]))
    else:
        main()
