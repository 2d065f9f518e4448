"""The 34 provincial regions of the demonstration country: who contributes there, and who teaches.

Centres and schools are invented and say so in their names; so are the people.
"""

from functools import cache

import msgspec

from smartedu.demo.chance import lot
from smartedu.demo.written import read_file
from smartedu.library.content import Credit

MARK_ZH, MARK_EN = "（示范）", " (demonstration)"
SCHOOLS = {
    "primary": ("小学", "Primary School"),
    "junior": ("初级中学", "Junior Secondary School"),
    "senior": ("高级中学", "Senior Secondary School"),
}
SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪"
    "廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛"
)
GIVEN = (
    "致远 若水 静姝 明川 秋棠 映雪 晚晴 怀瑾 书言 思齐 慕青 允中 采薇 景行 乐川 清和 敏之 文澜 雨桐 "
    "嘉树 守拙 其琛 素心 亦然 子衿 念初 临风 若谷 蕴之 兰舟 晓岚 佩兰 云舒 春霖 秀芸 桂芬 家和 雪茵 "
    "广澄 佳苒 可欣 明漪 东篱 南星 北辰 西岭 如松 似锦 予安 成蹊 方洲 半夏 青禾 禾苗 麦秋 谷雨 霜序 "
    "冬青 长庚 平川 远岫 志学 好问 慎思 笃行 博约 礼然 尚宁 勤修 听澜 望野 一苇 舒窈 知夏 以宁 绍文 "
    "启文 汝舟 承砚 砚秋 沐阳 沐言 安澜 芷若 芷兰 云岫 星河 语冰 语溪 墨林 竹筠 竹君 松年 鹤鸣 鹿溪 "
    "溪亭 汀兰 疏桐 月桥 秋实 "
).split()
"""Given names that make no well-known person with one of the surnames above, as far as we know."""


class Region(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A provincial region: `gb` is its code in GB/T 2260, `word` what its demonstration schools are called by."""

    slug: str
    gb: str
    name_zh: str
    short_zh: str
    name_en: str
    word: str

    @property
    def centre(self) -> str:
        """The code of the region's education resource centre as a provider."""
        return f"region-{self.slug}"

    def school(self, stage: str) -> str:
        """The code of the region's demonstration school of a stage ("primary", "junior", "senior")."""
        return f"school-{self.slug}-{stage}"


class _Regions(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    regions: tuple[Region, ...]


@cache
def regions() -> tuple[Region, ...]:
    """All 34 in the order of their codes. Raises msgspec.ValidationError where `regions.toml` is malformed."""
    return read_file("regions.toml", _Regions).regions


@cache
def provider_names() -> dict[str, tuple[str, str]]:
    """Chinese and English name of every regional provider by its code: 34 centres, 102 schools."""
    names = {}
    for each in regions():
        names[each.centre] = (
            f"{each.name_zh}教育资源中心{MARK_ZH}",
            f"{each.name_en} Education Resource Centre{MARK_EN}",
        )
        for stage, (kind_zh, kind_en) in SCHOOLS.items():
            names[each.school(stage)] = (
                f"{each.short_zh}{each.word}{kind_zh}{MARK_ZH}",
                f"{each.name_en} {kind_en}{MARK_EN}",
            )
    return names


def teachers(*seed: str) -> tuple[Credit, ...]:
    """Who taught and who advised: two invented people, the same for the same seed."""
    first, second = (
        SURNAMES[lot(*seed, role, "surname") % len(SURNAMES)] + GIVEN[lot(*seed, role, "given") % len(GIVEN)]
        for role in ("执教", "指导")
    )
    if first == second:
        second = SURNAMES[(SURNAMES.index(second[0]) + 1) % len(SURNAMES)] + second[1:]
    return (Credit(first, "执教"), Credit(second, "指导"))
