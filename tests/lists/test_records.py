"""Fields of records, whatever program wrote them."""

from __future__ import annotations

import pytest

from litsearch.lists.values import year_of


@pytest.mark.parametrize(
    ("value", "year"),
    [
        (1_700_000_000, 2023),
        (1_700_000_000_000, 2023),
        ("2019-05-01", 2019),
        ({"date-parts": [[2017, 6]]}, 2017),
        (int("9" * 400), None),  # found by fuzzing: no float holds it
    ],
)
def test_years_of_dates_in_any_form(value: object, year: int | None) -> None:
    assert year_of(value) == year
