"""Jobs and a runner of the test site: what they did stands in files of the data folder."""

import asyncio
import time

from smartedu.base.jobs import runner, task
from smartedu.base.settings import get_settings


@task
def note(*, name: str) -> None:
    (get_settings().data_dir / name).touch()


@task
def slow(*, name: str) -> None:
    """Goes on until it is killed the first time; done at once the second time."""
    folder = get_settings().data_dir
    if not (folder / f"{name}.begun").exists():
        (folder / f"{name}.begun").touch()
        time.sleep(3600)
    (folder / f"{name}.done").touch()


@runner
async def beside() -> None:
    (get_settings().data_dir / "runner.ran").touch()
    await asyncio.Event().wait()
