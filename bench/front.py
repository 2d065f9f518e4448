"""What the front costs: CPU-seconds a request, beside bare servers of the same libraries (`python bench/front.py`).

Each server is a process of its own and answers a raw client over kept-alive connections; counted is the CPU time of
the server's process alone (user and system), so that the load generator does not blur the figures.
"""

import argparse
import asyncio
import contextlib
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
CONNECTIONS = 8

HELLO_UVICORN = """
import socket, sys, uvicorn
async def app(scope, receive, send):
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"5")]})
    await send({"type": "http.response.body", "body": b"hello"})
options = dict(http="httptools", loop="uvloop", ws="none", lifespan="off", access_log=False, log_level="error")
uvicorn.Server(uvicorn.Config(app, **options)).run(sockets=[socket.socket(fileno=int(sys.argv[1]))])
"""
HELLO_AIOHTTP = """
import asyncio, socket, sys, uvloop
from aiohttp import web
async def main():
    app = web.Application()
    async def hello(request): return web.Response(body=b"hello")
    app.router.add_get("/{rest:.*}", hello)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.SockSite(runner, socket.socket(fileno=int(sys.argv[1]))).start()
    await asyncio.sleep(1e6)
uvloop.run(main())
"""
APP = """
import sys
from gunicorn.app.base import BaseApplication
class App(BaseApplication):
    def load_config(self):
        options = dict(bind=sys.argv[1], worker_class="gthread", threads=4, keepalive=75, control_socket_disable=True)
        for name, value in options.items(): self.cfg.set(name, value)
    def load(self):
        body = b"x" * 20_000
        def app(environ, start_response):
            start_response("200 OK", [("Content-Type", "text/html"), ("Content-Length", str(len(body)))])
            return [body]
        return app
App().run()
"""


def cpu_seconds(pid: int) -> float:
    """User and system time of one process."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@contextlib.contextmanager
def server(*command: str, **environment: str) -> Iterator[tuple[int, int]]:
    """A server on a listening socket that is handed to it; yields port and pid."""
    with socket.create_server(("127.0.0.1", 0), backlog=512) as listening:
        os.set_inheritable(listening.fileno(), True)
        process = subprocess.Popen(
            [sys.executable, *command, str(listening.fileno())],
            pass_fds=[listening.fileno()],
            env=os.environ | environment,
            cwd=ROOT,
        )
        try:
            yield listening.getsockname()[1], process.pid
        finally:
            process.terminate()
            process.wait()


async def load(port: int, path: str, count: int, headers: str = "") -> int:
    """Ask `count` times over some connections; the bytes of one answer."""
    request = f"GET {path} HTTP/1.1\r\nHost: localhost\r\nAccept: */*\r\n{headers}\r\n".encode()
    sizes = set()

    async def one(times: int) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=2**21)
        for _ in range(times):
            writer.write(request)
            head = await reader.readuntil(b"\r\n\r\n")
            assert head.startswith(b"HTTP/1.1 20"), head
            length = int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0])
            await reader.readexactly(length)
            sizes.add(length)
        writer.close()

    await asyncio.gather(*(one(count // CONNECTIONS) for _ in range(CONNECTIONS)))
    return max(sizes)


def measure(name: str, at: tuple[int, int], path: str, count: int, headers: str = "") -> float:
    """Print and return the server's CPU microseconds a request."""
    port, pid = at
    asyncio.run(load(port, path, count // 10, headers))
    before, began = cpu_seconds(pid), time.perf_counter()
    size = asyncio.run(load(port, path, count, headers))
    microseconds = (cpu_seconds(pid) - before) / count * 1e6
    rate = count / (time.perf_counter() - began)
    asked = f"{1e6 / microseconds:>8,.0f} a CPU-second  {rate:>6,.0f}/s"
    print(f"{name:36} {size:>9,} bytes {microseconds:>7.0f} us CPU  {asked}")
    return microseconds


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--requests", type=int, default=16_000)
    count = parser.parse_args().requests
    with tempfile.TemporaryDirectory(dir="/tmp") as folder:
        data = Path(folder)
        (data / "media").mkdir()
        (data / "run").mkdir()
        (data / "media" / "page.txt").write_bytes(b"x" * 20_000)
        (data / "media" / "film.mp4").write_bytes(os.urandom(4_000_000))
        app = subprocess.Popen(
            [sys.executable, "-c", APP, f"unix:{data / 'run' / 'app.sock'}"], stderr=subprocess.DEVNULL
        )
        try:
            with server("-c", HELLO_UVICORN) as at:
                bare = measure("peer: bare uvicorn, hello", at, "/", count)
            with server("-c", HELLO_AIOHTTP) as at:
                measure("peer: bare aiohttp server, hello", at, "/", count)
            with server("-m", "smartedu.config.front", "--fd", SMARTEDU_DATA_DIR=folder) as at:
                time.sleep(1)
                measure("front: /livez", at, "/livez", count)
                measure("front: a small file", at, "/media/page.txt", count)
                measure(
                    "front: a megabyte of a film",
                    at,
                    "/media/film.mp4",
                    count // 10,
                    "Range: bytes=9-1000008\r\n",
                )
                passed = measure("front: a page passed on", at, "/zh/", count // 2)
            print(f"passing a page on costs {passed / bare:.1f} times a bare hello")
        finally:
            app.terminate()
            app.wait()


if __name__ == "__main__":
    main()
