"""Who does what in a teaching step, where the step's own sentence says so."""

PUPILS = (
    *("请学生", "请同学", "请同桌", "请孩子", "请小组", "学生", "同学", "同桌", "小组", "两人", "四人", "两组"),
    *("全班", "每人", "每组", "各组", "分组", "大家", "齐读", "自由读"),
)
"""A clause that begins so tells what the pupils do."""
TEACHER = (
    *("教师", "老师", "师生", "板书", "示范", "演示", "出示", "播放", "追问", "提问", "讲解", "强调", "提醒", "介绍"),
    "点评",
)
"""A clause that begins so tells what the teacher does, or both together."""
ANYONE = ("听", "读", "看", "阅读", "观察", "回忆", "猜", "找", "检查", "比较", "数", "摸", "唱")
"""A step that begins so is done by pupils as well as by the teacher: it is not told apart."""
DROPPED = ("请学生", "学生")
"""The column's heading says it already."""
PAUSES = "，；。？！："
OPENING, CLOSING = "“（《【(", "”）》】)"


def split_activity(step: str) -> tuple[str, str] | None:
    """A step as (what the teacher does, what the pupils do), or None where it does not tell them apart."""
    clauses = _clauses(step)
    first = next((n for n, clause in enumerate(clauses) if _pupils(clause)), 0)
    if first == 0 or step.startswith(ANYONE) or any(clause.startswith(TEACHER) for clause in clauses[first:]):
        return None
    teacher = "".join(clauses[:first])
    pupils = "".join(clauses[first:])
    for word in DROPPED:
        if pupils.startswith(word):
            pupils = pupils.removeprefix(word)
            break
    pupils = pupils.removeprefix("请")
    if min(len(teacher), len(pupils)) < 5:
        return None
    return _closed(teacher), _closed(pupils)


def _pupils(clause: str) -> bool:
    return clause.startswith(PUPILS) and not clause.startswith(("学生的", "同学的", "同桌的"))


def _closed(sentence: str) -> str:
    """The sentence with a full stop where it was cut at a comma."""
    return sentence if sentence[-1] in "。？！”）" else sentence.rstrip("，；：") + "。"


def _clauses(text: str) -> list[str]:
    """The text cut after its pauses, never within quotation marks or brackets."""
    found, start, depth = [], 0, 0
    for at, letter in enumerate(text):
        depth += (letter in OPENING) - (letter in CLOSING)
        if depth <= 0 and letter in PAUSES:
            found.append(text[start : at + 1])
            start = at + 1
    if start < len(text):
        found.append(text[start:])
    return found
