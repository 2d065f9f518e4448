"""The Chinese festivals that move a school year: Spring Festival, Dragon Boat and Mid-Autumn.

They follow the moon, so a formula of our own would be a second opinion about the almanac. These are its dates as the
Chinese calendar of Unicode's ICU gives them, month and day of each, from 2020 on (GB/T 33661-2017 defines the rule).
"""

from dataclasses import dataclass
from datetime import date

FIRST_YEAR = 2020
_DATES = (
    "0125 0625 1001", "0212 0614 0921", "0201 0603 0910", "0122 0622 0929", "0210 0610 0917",
    "0129 0531 1006", "0217 0619 0925", "0207 0609 0915", "0126 0528 1003", "0213 0616 0922",
    "0202 0605 0912", "0123 0624 1001", "0211 0612 0919", "0131 0601 0908", "0219 0620 0927",
    "0208 0610 0916", "0128 0530 1004", "0215 0618 0924", "0204 0607 0913", "0124 0527 1002",
    "0212 0614 0920", "0201 0603 0910", "0122 0622 0928", "0210 0611 0917", "0130 0531 1005",
    "0217 0619 0925", "0206 0608 0915", "0126 0529 1004", "0214 0615 0922", "0202 0604 0911",
    "0123 0623 0930", "0211 0613 0919", "0201 0601 0907", "0219 0620 0926", "0208 0610 0916",
    "0128 0530 1005", "0215 0617 0924", "0204 0606 0913", "0124 0625 1002", "0212 0614 0921",
    "0202 0603 0909", "0121 0622 0928", "0209 0611 0917", "0129 0601 1006", "0217 0619 0925",
    "0205 0608 0915", "0126 0528 1003", "0214 0616 0923", "0203 0604 0911", "0123 0623 0929",
    "0211 0613 0919", "0131 0602 0908", "0219 0620 0926", "0207 0610 0916", "0127 0530 1005",
    "0215 0617 0924", "0205 0606 0912", "0124 0624 1001", "0212 0614 0920", "0202 0604 0910",
    "0122 0622 0928", "0209 0611 0917", "0129 0601 1006", "0217 0619 0926", "0206 0607 0914",
    "0126 0527 1003", "0214 0615 0922", "0203 0605 0911", "0124 0623 0929", "0210 0613 0918",
    "0130 0602 0908", "0218 0621 0927", "0207 0609 0916", "0127 0529 1005", "0215 0617 0924",
    "0205 0606 0913", "0125 0624 0930", "0212 0614 0920", "0201 0604 0909", "0121 0623 0929",
)  # fmt: skip
LAST_YEAR = FIRST_YEAR + len(_DATES) - 1


@dataclass(frozen=True)
class Festivals:
    spring: date
    dragon_boat: date
    mid_autumn: date


def festivals(year: int) -> Festivals:
    """The festivals of a year. Outside the table the year with the same place in the moon's cycle of 19 stands in.

    That is off by a day or two, which moves the start of a term by a week at the most; a school that must be right
    then has a calendar of its own.
    """
    known = year
    while known < FIRST_YEAR:
        known += 19
    while known > LAST_YEAR:
        known -= 19
    spring, dragon_boat, mid_autumn = (date(year, int(d[:2]), int(d[2:])) for d in _DATES[known - FIRST_YEAR].split())
    return Festivals(spring, dragon_boat, mid_autumn)
