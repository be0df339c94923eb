"""PDF fonts of two bytes a sign: Chinese and Japanese lines are joined, signs without a map refused."""

from __future__ import annotations

import pytest
from extract.pages import blocks, extract, raw

from litsearch.errors import ExtractError

CHINESE = (
    "这座石桥建于一八七二年，桥上的每一块石头都是从北面",
    "的山上用木筏运下来的。一九五四年的洪水冲走了两个桥",
    "孔，村民用木板铺了一条临时的便道，一用就是六年。",
)
JAPANESE = (
    "冬に仕込んだもろみは、二度の夏を越してようやく搾ら",
    "れ、色と香りが落ち着く。見学に来た子どもたちは、櫂",
    "棒を握って重いもろみをかき混ぜる体験ができる。",
)


def composite_pdf(lines: tuple[str, ...], *, mapped: bool) -> bytes:
    """A page in a font whose codes are not characters; only its map, if it has one, tells them."""
    signs = sorted(set("".join(lines)))
    code = {sign: number for number, sign in enumerate(signs, 1)}
    shown = []
    for at, line in enumerate(lines):
        codes = "".join(f"{code[sign]:04X}" for sign in line)
        shown.append(f"BT /F1 12 Tf 72 {700 - 18 * at} Td <{codes}> Tj ET")
    pairs = "\n".join(f"<{number:04X}> <{ord(sign):04X}>" for sign, number in code.items())
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /A def\n"
        "/CMapType 2 def 1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
        f"{len(code)} beginbfchar\n{pairs}\nendbfchar endcmap end end"
    )
    unicode = "/ToUnicode 7 0 R" if mapped else ""
    system = "/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>"
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R"
        " /Resources << /Font << /F1 5 0 R >> >> >>",
        _stream("\n".join(shown)),
        "<< /Type /Font /Subtype /Type0 /BaseFont /Signs /Encoding /Identity-H"
        f" /DescendantFonts [6 0 R] {unicode} >>",
        f"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Signs {system} /DW 1000 >>",
        _stream(cmap),
    ]
    body = "%PDF-1.7\n"
    for number, content in enumerate(objects, 1):
        body += f"{number} 0 obj\n{content}\nendobj\n"
    return f"{body}trailer << /Root 1 0 R /Size {len(objects) + 1} >>\n%%EOF".encode("latin-1")


def _stream(content: str) -> str:
    return f"<< /Length {len(content)} >>\nstream\n{content}\nendstream"


@pytest.mark.parametrize("lines", [CHINESE, JAPANESE], ids=["zh", "ja"])
def test_lines_of_a_script_without_spaces_are_one_paragraph(lines: tuple[str, ...]) -> None:
    document = extract(raw(composite_pdf(lines, mapped=True), "application/pdf"))
    assert blocks(document) == ["".join(lines)]


def test_signs_without_a_map_are_no_text() -> None:
    unmapped = composite_pdf(CHINESE * 3, mapped=False)
    with pytest.raises(ExtractError) as refusal:
        extract(raw(unmapped, "application/pdf"))
    assert refusal.value.status == "unsupported"
