"""What a remembered page costs the front (`make bench ARGS=bench/memory.py`): answers a CPU-second, beside nginx.

A platform of its own, with the demonstration country, is started in a temporary folder. A column page is asked for
over kept-alive connections, as browsers ask (gzip, and br too); counted is the CPU time of the front's process alone,
user and system. Beside it, in the same run:

* the peer: nginx (one worker) with the same page as a file, packed beforehand by the same gzip, sent with `gzip_static`
  and the same headers; brotli is not among Debian's own modules, so br is compared with it too;
* 304: who has the page already;
* ten clients that keep Django busy with a page that is never remembered (signing in), asked for at the app's own
  socket, while remembered pages are asked for: what is kept of the rate;
* the same with the ten clients at the front too: then its time holds what passing their pages on costs.
"""

import argparse
import asyncio
import contextlib
import os
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import uvloop

sys.path.insert(0, str(Path(__file__).parent))
from front import cpu_seconds
from pages import _free_port, _of, _until_ready

ROOT = Path(__file__).resolve().parents[1]
PAGE = "/zh/plates/course/junior?page=2"
BUSY = "/zh/sign-in"
CONNECTIONS, BUSY_CLIENTS = 16, 10
ROUNDS = 3
NGINX = """
worker_processes 1; daemon off; pid {folder}/nginx.pid; error_log {folder}/nginx.log;
events {{ worker_connections 1024; }}
http {{
  access_log off; sendfile on; tcp_nopush on; open_file_cache max=100; keepalive_requests 100000000;
  gzip_static on; gzip_vary on; server_tokens off; default_type "text/html; charset=utf-8"; types {{ }}
  client_body_temp_path {folder}/b; proxy_temp_path {folder}/p; fastcgi_temp_path {folder}/f;
  uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
  server {{ listen 127.0.0.1:{port}; root {folder}; {headers} }}
}}
"""


async def load(at: int | str, path: str, seconds: float, headers: str, clients: int) -> int:
    """Ask at a port, or at a Unix socket, over so many connections for so long; the number of answers."""
    request = f"GET {path} HTTP/1.1\r\nHost: localhost\r\n{headers}\r\n".encode()
    count = 0
    ends = time.perf_counter() + seconds

    async def one() -> None:
        nonlocal count
        if isinstance(at, str):
            reader, writer = await asyncio.open_unix_connection(at, limit=2**20)
        else:
            reader, writer = await asyncio.open_connection("127.0.0.1", at, limit=2**20)
        while time.perf_counter() < ends:
            writer.write(request)
            head = await reader.readuntil(b"\r\n\r\n")
            assert head[9:12] in (b"200", b"304"), head
            if head[9:12] != b"304":
                await reader.readexactly(int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0]))
            count += 1
        writer.close()

    await asyncio.gather(*(one() for _ in range(clients)))
    return count


def rate(pid: int, port: int, path: str, seconds: float, headers: str = "Accept-Encoding: gzip\r\n") -> float:
    """Answers a CPU-second of the process `pid`."""
    uvloop.run(load(port, path, 0.5, headers, CONNECTIONS))
    before = cpu_seconds(pid)
    count = uvloop.run(load(port, path, seconds, headers, CONNECTIONS))
    return count / (cpu_seconds(pid) - before)


def fetch(port: int, encoding: str) -> tuple[bytes, dict[str, str]]:
    """The page as it is sent, and its headers."""
    asked = urllib.request.Request(f"http://127.0.0.1:{port}{PAGE}", headers={"Accept-Encoding": encoding})
    with urllib.request.urlopen(asked) as answer:
        return answer.read(), dict(answer.headers)


@contextlib.contextmanager
def nginx(folder: Path, packed: bytes, headers: dict[str, str]) -> Iterator[tuple[int, int]]:
    """nginx with the page as a file; port and pid of its worker."""
    os.chmod(folder, 0o755)
    (folder / "page").write_bytes(b"-")
    (folder / "page.gz").write_bytes(packed)
    port = _free_port()
    kept = [
        (n, v) for n, v in headers.items() if n.lower() not in ("date", "content-length", "content-encoding", "etag")
    ]
    told = " ".join(
        f"add_header {n} '{v.replace(chr(39), chr(92) + chr(39))}';"
        for n, v in kept
        if n.lower() not in ("content-type", "vary")
    )
    (folder / "nginx.conf").write_text(NGINX.format(folder=folder, port=port, headers=told))
    server = subprocess.Popen(["nginx", "-c", str(folder / "nginx.conf")], stderr=subprocess.DEVNULL)
    try:
        time.sleep(1)
        children = Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text().split()
        yield port, int(children[0])
    finally:
        server.terminate()
        server.wait()


def main() -> None:
    """Measure and print; nothing is asserted here."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=3.0)
    parser.add_argument("--port", type=int, help="a platform that runs already, with its demonstration country")
    parser.add_argument("--pid", type=int, help="the pid of its `smartedu serve`")
    given = parser.parse_args()
    if given.port:
        measure(given.port, given.pid, given.seconds)
        return
    with tempfile.TemporaryDirectory(prefix="smartedu-bench-", dir="/tmp") as name:
        os.chmod(name, 0o711)
        port = _free_port()
        environment = os.environ | {"SMARTEDU_DATA_DIR": f"{name}/data", "SMARTEDU_PORT": str(port)}
        smartedu = [sys.executable, "-m", "smartedu.config.cli"]
        subprocess.run([*smartedu, "setup", "--demo"], env=environment, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        with open(f"{name}/serve.log", "w") as log:
            server = subprocess.Popen([*smartedu, "serve"], env=environment, stdout=log, stderr=log, cwd=ROOT)
        try:
            _until_ready(port, server)
            time.sleep(20)  # the worker has its first jobs to do
            measure(port, server.pid, given.seconds)
        finally:
            server.send_signal(signal.SIGINT)
            server.wait(30)


def measure(port: int, supervisor: int, seconds: float) -> None:
    """The table."""
    (front,) = _of(supervisor, "front")()
    packed, headers = fetch(port, "gzip")
    assert "gzip" in headers.get("content-encoding", ""), headers
    middle = statistics.median
    ours = middle(rate(front, port, PAGE, seconds) for _ in range(ROUNDS))
    print(f"a column page, gzip {len(packed):,} bytes, {CONNECTIONS} connections, median of {ROUNDS} x {seconds:.0f} s")
    print(f"  remembered, gzip          {ours:8,.0f} a CPU-second of the front   (aim >= 25,000)")
    brotli = middle(rate(front, port, PAGE, seconds, "Accept-Encoding: gzip, deflate, br\r\n") for _ in range(ROUNDS))
    print(f"  remembered, br            {brotli:8,.0f}")
    mark = f"Accept-Encoding: gzip\r\nIf-None-Match: {headers['etag']}\r\n"
    print(f"  304                       {rate(front, port, PAGE, seconds, mark):8,.0f}")
    if shutil.which("nginx"):
        with tempfile.TemporaryDirectory(dir="/tmp") as name, nginx(Path(name), packed, headers) as (peer_port, pid):
            peer = middle(rate(pid, peer_port, "/page", seconds) for _ in range(ROUNDS))
        print(f"  nginx, the same file      {peer:8,.0f}   ours is {ours / peer:.0%} of it (aim >= 35 %)")
    else:
        print("  nginx is not installed: no peer")
    app = f"{_data_dir(supervisor)}/run/app.sock"
    for where, at in (("at its own socket", app), ("through the front", str(port))):
        busy = subprocess.Popen([sys.executable, __file__, "--busy", at, str(seconds * (ROUNDS + 1) + 4)])
        time.sleep(1)
        kept = middle(rate(front, port, PAGE, seconds) for _ in range(ROUNDS))
        busy.wait()
        aim = "   (aim >= 70 %)" if at == app else ""
        print(f"  Django busy, asked {where:17} {kept:8,.0f}   {kept / ours:.0%} is kept{aim}")


def _data_dir(supervisor: int) -> str:
    variables = Path(f"/proc/{supervisor}/environ").read_bytes().split(b"\0")
    return next(v.partition(b"=")[2].decode() for v in variables if v.startswith(b"SMARTEDU_DATA_DIR="))


def keep_busy(at: str, seconds: float) -> None:
    """Ten clients in a process of their own."""
    count = uvloop.run(load(int(at) if at.isdigit() else at, BUSY, seconds, "", BUSY_CLIENTS))
    print(f"  (ten clients got {count / seconds:,.0f} pages a second from Django meanwhile)")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--busy"]:
        keep_busy(sys.argv[2], float(sys.argv[3]))
    else:
        main()
