"""What is printed for a pupil to write on, after the manner of the subject."""

import re
from enum import StrEnum

from smartedu.demo.books import Book


class Room(StrEnum):
    CHARACTERS = "characters"  # 田字格
    SQUARES = "squares"
    FOUR_LINES = "four-lines"
    STAVES = "staves"
    FRAME = "frame"
    RULES = "rules"


DRAWING = re.compile("画(?!线|出停顿|横线|去|掉)|设计|制作|贴|剪|拼图|海报|示意图|涂|做一个|做一张|折")
CHARACTERS = re.compile("田字格|生字|写好.*字|抄写|描一?个|描红|组词|写“.{1,2}[”、]")
GRAPHS = re.compile("图象|图像|坐标|曲线|折线|柱状|数轴|光路|力的示意图|轨迹")
SPELLING = re.compile("写|拼|抄|填")
NOTATION = re.compile("谱|音符|节奏型|旋律|小节|乐句")


def room_for(book: Book, text: str) -> Room:
    """The ground on which the answer to `text` is written or drawn."""
    subject, primary = book.subject, book.stage in ("primary", "special")
    if "数学" in subject or GRAPHS.search(text):
        return Room.SQUARES
    if "英语" in subject:
        drawn = DRAWING.search(text) and primary
        return Room.FRAME if drawn else Room.RULES if book.stage == "senior" else Room.FOUR_LINES
    if "语文" in subject and primary and CHARACTERS.search(text):
        return Room.CHARACTERS
    if "音乐" in subject and NOTATION.search(text):
        return Room.STAVES
    if "美术" in subject or DRAWING.search(text):
        return Room.FRAME
    return Room.RULES


def board_for(book: Book, text: str) -> Room:
    """The ground of a slide on which the class works at `text` together: plain unless the text asks for another."""
    if "英语" in book.subject:
        return Room.FOUR_LINES if book.stage == "primary" and SPELLING.search(text) else Room.FRAME
    ground = room_for(book, text)
    return Room.FRAME if ground == Room.RULES else ground
