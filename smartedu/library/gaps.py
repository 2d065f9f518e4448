"""What readers looked for and did not find, for those who fill the library."""

from dataclasses import dataclass

from smartedu.library.models import SearchGap

ON_A_PAGE = 50


@dataclass(frozen=True)
class GapPage:
    """A stretch of the list: `number` from 1, `count` pages of `total` words."""

    gaps: list[SearchGap]
    number: int
    count: int
    total: int


def most_wanted(number: int = 1) -> GapPage:
    """Words that found nothing, those asked for most often first. A number out of range gives the nearest page."""
    total = SearchGap.objects.count()
    count = max(1, -(-total // ON_A_PAGE))
    number = min(max(number, 1), count)
    start = (number - 1) * ON_A_PAGE
    return GapPage(list(SearchGap.objects.order_by("-times", "words")[start : start + ON_A_PAGE]), number, count, total)
