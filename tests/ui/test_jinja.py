from __future__ import annotations

import pytest
from django.utils import translation

from samenspraak.ui.jinja import written_day


@pytest.mark.parametrize(
    ("kept", "nl", "en"),
    [("2027-03-01", "1 maart 2027", "1 March 2027"), ("", "", ""), ("voor de zomer", "voor de zomer", "voor de zomer")],
)
def test_day_that_was_kept_is_told_as_people_write_it(kept: str, nl: str, en: str) -> None:
    with translation.override("nl"):
        dutch = written_day(kept)
    with translation.override("en"):
        english = written_day(kept)

    assert (dutch, english) == (nl, en)
