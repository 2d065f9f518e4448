"""What the supervisor says at the terminal, and whether the platform is ready to be announced."""

import asyncio
import json
import socket
import sys

from smartedu.base.settings import DEMO_SIGNINS, Settings


def say(zh: str, en: str) -> None:
    """One line for the person at the terminal, in both languages."""
    tell(f"{zh} {en}")


def tell(text: str) -> None:
    """One line as it is."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


async def missing(listening: socket.socket) -> list[dict[str, str]]:
    """What /readyz of our own front says is missing; empty when all is well."""
    host, port = listening.getsockname()[:2]
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - compared, not bound
    try:
        async with asyncio.timeout(6):
            reader, writer = await asyncio.open_connection(host, port)
            writer.write(b"GET /readyz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            _, _, body = (await reader.read()).partition(b"\r\n\r\n")
            writer.close()
        told: list[dict[str, str]] = json.loads(body)["missing"]
        return told
    except (OSError, TimeoutError, ValueError, KeyError):
        return [{"part": "front", "zh": "入口进程没有回答。", "en": "The front process does not answer."}]


def print_signins(settings: Settings) -> None:
    """One sign-in per role, when the demonstration content is there."""
    try:
        signins = json.loads((settings.data_dir / DEMO_SIGNINS).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return
    from rich.console import Console
    from rich.table import Table

    table = Table(
        "角色 Role",
        "用户名 Username",
        "密码 Password",
        title="演示账号 Demonstration sign-ins",
        title_justify="left",
    )
    for each in signins:
        table.add_row(f"{each['role_zh']} {each['role_en']}", each["username"], each["password"])
    Console().print(table)
