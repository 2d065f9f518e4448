"""The front put together: what it answers itself, and what every answer bears."""

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest

from smartedu.base.settings import Settings
from smartedu.config.front import build
from tests.library.asking import Answer


def ask(tmp_path: Path, path: str, method: str = "GET", **settings: Any) -> Answer:
    """One request to a front whose app is away."""
    static = tmp_path / "static"
    (static / "build").mkdir(parents=True, exist_ok=True)
    (static / "build" / "main-abcdef12.js").write_text("1")
    (static / "icon.svg").write_text("<svg/>")
    own = Settings(data_dir=tmp_path / "data", **settings)
    own.media_dir.mkdir(parents=True, exist_ok=True)
    (own.media_dir / "a.vtt").write_text("WEBVTT")
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        await asyncio.sleep(3600)
        return {}

    async def send(message: Any) -> None:
        sent.append(message)

    async def run() -> None:
        front = build(own, static)
        scope = {
            "type": "http",
            "method": method,
            "path": path,
            "raw_path": path.encode(),
            "query_string": b"",
            "headers": [(b"host", b"localhost")],
        }
        await front(scope, receive, send)
        told = iter([{"type": "lifespan.shutdown"}])

        async def ending() -> dict[str, Any]:
            return next(told)

        async def nothing(message: Any) -> None:
            return

        await front({"type": "lifespan"}, ending, nothing)

    asyncio.run(run())
    return Answer(sent)


def test_it_says_that_it_lives_without_asking_anybody(tmp_path: Path) -> None:
    assert ask(tmp_path, "/livez").status == 200


def test_it_says_what_it_is_not_ready_for(tmp_path: Path) -> None:
    answer = ask(tmp_path, "/readyz")
    assert answer.status == 503
    told = json.loads(answer.body)
    assert told["ready"] is False
    assert [each["part"] for each in told["missing"]] == ["app"]


def test_built_files_are_kept_for_a_year_and_others_are_not(tmp_path: Path) -> None:
    built = ask(tmp_path, "/static/build/main-abcdef12.js")
    assert (built.status, built.headers["cache-control"]) == (200, "public, max-age=31536000, immutable")
    assert "immutable" not in ask(tmp_path, "/static/icon.svg").headers["cache-control"]
    assert ask(tmp_path, "/static/icon.svg").headers["content-type"] == "image/svg+xml"


@pytest.mark.parametrize("path", ["/livez", "/readyz", "/static/icon.svg", "/media/a.vtt", "/media/none", "/zh/"])
def test_every_answer_bears_the_security_headers_once(tmp_path: Path, path: str) -> None:
    headers = ask(tmp_path, path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "strict-origin-when-cross-origin"
    assert "frame-ancestors" in headers["content-security-policy"]
    assert "strict-transport-security" not in headers


def test_https_is_insisted_on_where_visitors_come_by_it(tmp_path: Path) -> None:
    real = {"production": True, "public_url": "https://edu.example.cn", "secret_key": "k" * 40}
    assert "strict-transport-security" in ask(tmp_path, "/livez", **real).headers


def test_what_the_app_tells_the_front_alone_is_told_to_nobody_else(tmp_path: Path) -> None:
    assert ask(tmp_path, "/internal/packages/niuhpt5eux").status == 404  # 503 would mean that the app was asked


def test_a_package_waits_for_the_app_that_knows_what_belongs_in_it(tmp_path: Path) -> None:
    answer = ask(tmp_path, "/packages/niuhpt5eux.zip")
    assert (answer.status, answer.headers["retry-after"]) == (503, "5")
