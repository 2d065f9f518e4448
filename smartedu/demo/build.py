"""Building the demonstration country, by calling actions only."""

from collections.abc import Callable

from django.utils import timezone

from smartedu.base.errors import DomainError, Problem
from smartedu.base.settings import Settings
from smartedu.demo.catalogue import publish_lessons, publish_titles
from smartedu.demo.ebooks import publish_ebooks
from smartedu.demo.jobs import order_media
from smartedu.demo.people import people_of_the_demo
from smartedu.demo.shelves import publish_shelves
from smartedu.library.actions.reference import sync_reference

Report = Callable[[str], None]


def build(settings: Settings, report: Report = lambda line: None, *, order: bool = True) -> None:
    """Fill the platform with the demonstration country; what is there already stays as it is.

    `report` hears a line a step, in both languages; `order` tells whether films and sheets are to be made by the
    worker. Raises DomainError on a production setting.
    """
    if settings.production:
        raise DomainError(
            Problem(
                "demo-in-production",
                "SMARTEDU_PRODUCTION",
                "演示内容带有演示账号，不能装进正式环境；请换一个数据目录试用。",
                "The demonstration brings accounts of its own, not for production. Try it in another data folder.",
            )
        )
    at = timezone.now()
    sync_reference(at=at)
    report("栏目、学段、版本、出版社 · columns, stages, editions, publishers")
    people_of_the_demo(settings.data_dir / "demo-signins.json", at=at)
    report("每种角色一个账号 · one account a role")
    report(f"{publish_titles(at=at)} 本教材 · textbooks")
    report(f"{publish_lessons(at=at)} 节课 · lessons")
    report(f"{publish_ebooks(at=at)} 本学习手册 · study companions")
    report(f"{publish_shelves(at=at)} 项其他资源 · other resources")
    if order:
        report(f"{order_media()} 项媒体在后台制作 · media jobs in the background")
