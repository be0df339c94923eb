"""Tell names of persons in Chinese, Korean and Japanese by the commonest surnames, as data.

The first hundred Chinese, sixty Korean and a hundred Japanese surnames name more than four of
five persons of these countries.
"""

from __future__ import annotations

from litsearch.lists.phrases import word_set
from litsearch.patterns import expression

_CHINESE = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶"
    "程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛"
    "郝龚邵万钱严覃武戴莫孔向汤張劉陳楊黃趙吳孫馬鄭謝許馮鄧蕭葉蘇呂盧鍾譚陸賈鄒龍賀顧龔錢嚴"
)
_KOREAN = frozenset(
    "김이박최정강조윤장임한오서신권황안송류전홍고문양손배백허유남심노하곽성차주우구민나진지엄채원천"
    "방공현함변염추도소석선설마길연위표명기반왕"
)
_JAPANESE = word_set(
    """
    佐藤 鈴木 高橋 田中 伊藤 渡辺 渡邊 山本 中村 小林 加藤 吉田 山田 佐々木 山口 松本 井上 木村
    斎藤 斉藤 清水 山崎 池田 橋本 阿部 石川 山下 中島 石井 小川 前田 岡田 長谷川 藤田 後藤 近藤
    村上 遠藤 青木 坂本 福田 太田 西村 藤井 金子 岡本 藤原 三浦 中野 中川 原田 松田 竹内 小野
    田村 中山 和田 石田 森田 上田 内田 柴田 酒井 宮崎 横山 高木 安藤 宮本 大野 小島 谷口 今井
    工藤 高田 増田 丸山 杉山 村田 大塚 新井 小山 平野 藤本 河野 上野 野口 武田 松井 千葉 菅原
    岩崎 久保 木下 佐野 野村 松尾 市川 菊地 杉本 古川 大西 島田 水野 桜井 高野 吉川 山内 西田
    """
)
MAX_PARTED = 6  # signs of a name in two parts
_HAN = expression(r"[\u4e00-\u9fff々]{2,6}")
_HANGUL = expression(r"[\uac00-\ud7a3]{2,4}")


def are_family_and_given(family: str, given_name: str) -> bool:
    """Tell whether two words are the parts of one name, as Japanese write it: "田村 健"."""
    if len(family) + len(given_name) > MAX_PARTED or not _HAN.fullmatch(family + given_name):
        return False
    if family in _JAPANESE or (len(family) == 1 and family in _CHINESE):
        return True
    return len(family) == 2 and not is_eastern_name(family)


def is_eastern_name(text: str) -> bool:
    """Tell whether a text is the name of a person, surname first, with a space or without."""
    text = text.replace(" ", "", 1)
    if _HANGUL.fullmatch(text):
        return text[0] in _KOREAN
    if not _HAN.fullmatch(text) or len(text) > 5:
        return False
    is_chinese = text[0] in _CHINESE and len(text) <= 3
    return is_chinese or text[:2] in _JAPANESE or text[:3] in _JAPANESE
