"""Lists of authors in every manner of writing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litsearch.lists.authors.lists import all_authors, authors_at

LISTS = [
    (
        "Okonkwo, C. N., & Brandt, L. (2014). Where",
        ("C. N. Okonkwo", "L. Brandt"),
        " (2014). Where",
    ),
    ("O'Neill, S., van den Heuvel, P. (2018).", ("S. O'Neill", "P. van den Heuvel"), " (2018)."),
    ("Petrov, D. A., Liu, Q., … Zhao, W. (2022)", ("D. A. Petrov", "Q. Liu", "W. Zhao"), " (2022)"),
    ("Banerjee, Ritwik, and Chloe Duval. Rivers", ("Ritwik Banerjee", "Chloe Duval"), " Rivers"),
    ("Castellanos, Inés, et al. Floods", ("Inés Castellanos",), " Floods"),
    ("Özdemir, Aylin / Weiß, Gerda: Am Kai", ("Aylin Özdemir", "Gerda Weiß"), ": Am Kai"),
    ("Steinbach, Ruth (Hrsg.): Wasser", ("Ruth Steinbach",), ": Wasser"),
    ("Benali, Karim et Rousseau, Anne, « Les", ("Karim Benali", "Anne Rousseau"), ", « Les"),
    ("FONTAINE Jean-Luc (dir.), Crues", ("Jean-Luc Fontaine",), ", Crues"),
    ("SILVA, José A. da. Rios", ("José A. da Silva",), " Rios"),
    ("Adeyemi TO, Reyes-Santos JL. Honey", ("TO Adeyemi", "JL Reyes-Santos"), " Honey"),
    ("Martins P, Oduya K. Mapping", ("P Martins", "K Oduya"), " Mapping"),
    ("Halloran P. Skin, slowly.", ("P. Halloran",), " Skin, slowly."),
    ("Соколова Е. В. Реки и люди", ("Е. В. Соколова",), " Реки и люди"),
    ("Гринберг А.Л., Тимофеев П.С. Модели", ("А.Л. Гринберг", "П.С. Тимофеев"), " Модели"),
    ("Hodgkins, A. L. & Huxtable, F. A mud", ("A. L. Hodgkins", "F. Huxtable"), " A mud"),
    (
        "R. K. Subra, J.-P. Lefèvre, and H. Oye, “",
        ("R. K. Subra", "J.-P. Lefèvre", "H. Oye"),
        ", “",
    ),
    ("M. Kleinfeld, Fog Press, 2017", ("M. Kleinfeld",), ", Fog Press, 2017"),
    ("Oduya & Pryce 2003", ("Oduya", "Pryce"), " 2003"),
    ("王晓明, 李思远, 陈洁. 湿地", ("王晓明", "李思远", "陈洁"), " 湿地"),
    ("高橋由美子・中村亮：「堤", ("高橋由美子", "中村亮"), "：「堤"),
]


@pytest.mark.parametrize(("text", "names", "rest"), LISTS)
def test_a_list_is_read_to_its_end(text: str, names: tuple[str, ...], rest: str) -> None:
    found = authors_at(text)
    assert found is not None
    assert (found.names, text[found.end :]) == (names, rest)


@pytest.mark.parametrize(
    "text",
    ["Fog of War", "The Wave, a history", "a thought", "Read this, please", "", "(2019)"],
)
def test_other_words_are_no_list(text: str) -> None:
    assert authors_at(text) is None


@given(st.text(max_size=200))
def test_any_text_is_read(text: str) -> None:
    found = authors_at(text)
    assert found is None or (found.names and 0 < found.end <= len(text))


@given(
    st.lists(
        st.sampled_from(["Ann Lee", "A. B. Ray", "Eva van Dee", "Jan Żak", "Jean-Luc Oye"]),
        min_size=1,
        max_size=6,
        unique=True,
    )
)
def test_names_that_were_joined_come_back(names: list[str]) -> None:
    assert all_authors(", ".join(names)) == tuple(names)
