"""Texts in the encodings of many countries, and files that are no text."""

from __future__ import annotations

import pytest

from litsearch.errors import ListError
from litsearch.lists.encodings import decoded

TEXTS = {
    "utf-8": "- [Böden](https://a.example) – „gut“\n",
    "utf-16": "Titel;Link\nBöden;https://a.example\n",
    "cp1252": "Böden im Wandel;Lee, Anna;2016;https://a.example;„sehr gut“\n",
    "cp1250": "Książka;Autor\nŻółw i błoto;Łukasz Ray\n",
    "cp1254": "Başlık;Yazar\nYosun ve Taş;Ayşe Lee\n",
    "cp1251": "- [Почвы](https://a.example)\n",
    "koi8_r": "Название;Автор\nПочвы севера;Анна Ли\n",
    "gb18030": "[1] 李安, 雷波. 苔藓的柔软[J]. 苔藓学报, 2019, 4(2): 1-9.\n",
    "shift_jis": "タイトル,著者,発行年\n土の事典,山本一郎,2015\n",
    "euc_jp": "タイトル,著者,発行年\n土の事典,山本一郎,2015\n",
    "euc_kr": "제목,저자,연도\n이끼의 모든 것,김철수,2020\n",
    "big5": "書名,作者\n土壤物理學,李安\n",
    "cp1256": "العنوان,المؤلف\nالأنهار الصغيرة,منى دي\n",
    "cp1253": "Τίτλος;Συγγραφέας\nΧώμα και νερό;Άννα Λη\n",
}


@pytest.mark.parametrize("encoding", TEXTS)
def test_a_list_is_read_in_the_encoding_of_its_country(encoding: str) -> None:
    assert decoded(TEXTS[encoding].encode(encoding)) == TEXTS[encoding]


@pytest.mark.parametrize("opening", [b"PK\x03\x04", b"%PDF-1.7", b"SQLite format 3\0", b"\x1f\x8b"])
def test_a_file_that_is_no_text_is_refused_with_what_to_do(opening: bytes) -> None:
    with pytest.raises(ListError, match="no text") as refused:
        decoded(opening + b"rest")
    assert refused.value.hint
