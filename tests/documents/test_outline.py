from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from samenspraak.documents.outline import Outline


def test_a_level_is_given_when_the_title_before_it_is_deep_enough() -> None:
    outline = Outline()

    assert [outline.level(wanted) for wanted in (2, 3, 3, 2, 4, 4, 2)] == [2, 3, 3, 2, 3, 4, 2]


@given(st.lists(st.integers(min_value=2, max_value=6)))
def test_no_level_is_ever_skipped_on_the_way_down(wanted: list[int]) -> None:
    outline = Outline()

    levels = [1, *(outline.level(one) for one in wanted)]

    assert [after - before for before, after in pairwise(levels) if after - before > 1] == []
