"""Building the demonstration country, by calling actions only."""

from collections.abc import Callable
from functools import partial

from django.utils import timezone

from smartedu.base.errors import DomainError, Problem
from smartedu.base.settings import Settings
from smartedu.demo.catalogue import publish_lessons
from smartedu.demo.ebooks import publish_ebooks
from smartedu.demo.jobs import order_filling, order_media
from smartedu.demo.loading import Report, fill, once
from smartedu.demo.people import people_of_the_demo
from smartedu.demo.retiring import retire
from smartedu.demo.shelves import publish_shelves
from smartedu.demo.titles import publish_titles
from smartedu.library.actions.reference import sync_reference

Step = Callable[..., int]
STEPS: tuple[tuple[str, Step, str, str, str], ...] = (
    ("titles", publish_titles, "本", "教材", "textbooks"),
    ("written-lessons", publish_lessons, "节", "手写的课", "hand-written lessons"),
    ("companions", publish_ebooks, "本", "学习手册", "study companions"),
    ("shelves", publish_shelves, "项", "其他资源", "other resources"),
)
"""The small country: name of the stamp, what publishes it, and what is counted, with its measure word."""


def build(settings: Settings, report: Report = lambda line: None, *, order: bool = True, whole: bool = False) -> None:
    """Fill the platform with the demonstration country; what is there already stays as it is.

    The small country comes first: every title, the thirty hand-written books. The rest is loaded here where `whole`
    asks for it, else by the worker while the platform is looked at already. `report` hears a line a step, in both
    languages; `order` tells whether the worker is to make films and sheets, and to load the rest. Raises DomainError
    on a production setting.
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
    if gone := once("retired", partial(retire, at=at), at=at):
        report(f"{gone:,} 项旧的演示内容已撤下 · outdated things withdrawn")
    for name, publish, measure, zh, en in STEPS:
        count = once(name, partial(publish, at=at), at=at)
        if count is None:
            report(f"{zh}已经有了 · {en} are there already")
        else:
            report(f"{count:,} {measure}{zh} · {en}")
    if whole:
        fill(at=at, report=report)
    if order:
        if order_filling():
            report("其余内容在后台装入，现在就可以打开看 · the rest is loaded in the background; look around")
        report(f"{order_media()} 项媒体在后台制作 · media jobs in the background")
