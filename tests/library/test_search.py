from __future__ import annotations

import time
from functools import cache
from pathlib import Path

import pytest
import yaml
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from samenspraak.library.entries import PARTS
from samenspraak.library.search import LONGEST_EXCERPT, Index, nearest_parts
from samenspraak.method.load import editions, load_edition
from samenspraak.method.types import Language

HERE = Path(__file__).parent


@cache
def index(language: Language) -> Index:
    return Index(load_edition(editions()[-1], language))


def queries(language: Language) -> list[tuple[str, str]]:
    lines = yaml.safe_load((HERE / f"queries_{language}.yaml").read_text(encoding="utf-8"))
    return [(question, address) for question, address in lines]


def addresses(question: str, language: Language = "nl") -> list[str]:
    return [hit.entry.address for hit in index(language).find(question).hits]


@pytest.mark.parametrize(("question", "address"), queries("nl"))
def test_what_people_type_in_dutch_is_among_the_first_three(question: str, address: str) -> None:
    assert address in addresses(question)[:3]


@pytest.mark.parametrize(("question", "address"), queries("en"))
def test_what_people_type_in_english_is_among_the_first_three(question: str, address: str) -> None:
    assert address in addresses(question, "en")[:3]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_there_are_forty_five_queries_and_all_lead_somewhere(language: Language) -> None:
    asked = queries(language)

    assert len(asked) == 45
    assert {address for _, address in asked} - index(language).by_address.keys() == set()


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_search_takes_less_than_five_milliseconds(language: Language) -> None:
    asked = [question for question, _ in queries(language)]
    known = index(language)
    spent = []

    for question in asked * 3:
        begin = time.thread_time()
        known.find(question)
        spent.append(time.thread_time() - begin)

    assert sorted(spent)[len(spent) // 2] < 0.005


@pytest.mark.parametrize("question", ["qwertzuiop", "zzzz", "???", "xx"])
def test_nothing_found_gives_three_parts_to_look_in(question: str) -> None:
    result = index("nl").find(question)

    assert result.hits == ()
    assert len(result.nearest) == 3


def test_the_nearest_parts_are_those_that_sound_like_the_question() -> None:
    assert nearest_parts("richtlijnen", "nl")[0].key == "norms"
    assert nearest_parts("facilitator", "en")[0].key == "facilitator"


def test_what_is_found_gives_no_parts() -> None:
    assert index("nl").find("tolk").nearest == ()


def test_a_norm_that_nobody_could_confirm_is_not_found() -> None:
    kept_back = {f"norm:{norm.id}" for norm in load_edition(editions()[-1], "nl").norms if norm.sure == "C"}

    assert kept_back & index("nl").by_address.keys() == set()
    assert kept_back != set()


def test_words_are_marked_in_title_and_sentence() -> None:
    hit = index("nl").find("tolken").hits[0]

    assert "<mark>" in hit.title + hit.excerpt
    assert hit.title[:1] == "<" or hit.title[:1].isupper()


def test_words_without_meaning_are_not_marked_beside_words_with_meaning() -> None:
    hit = index("nl").find("wie betaalt de tolk").hits[0]

    assert "<mark>de</mark>" not in hit.excerpt.lower()


def test_a_question_of_only_small_words_still_finds_something() -> None:
    assert addresses("wie is het") != []


def test_a_word_in_two_pieces_is_found_in_one() -> None:
    assert "term:grievance-mechanism" in addresses("klachten mechanisme")[:5]


def test_the_beginning_of_a_word_finds_it() -> None:
    assert "term:facilitator" in addresses("gespreksleid")[:5]


def test_an_unknown_compound_is_found_by_the_part_that_is_known() -> None:
    assert "term:trade-union" in addresses("schijnvakbond")[:3]


def test_a_synonym_of_several_words_is_found() -> None:
    assert "term:ngo" in addresses("maatschappelijke organisatie")[:3]


def test_titles_weigh_more_than_text() -> None:
    assert addresses("mandaat")[0] == "term:mandate"


@given(st.text(max_size=300))
def test_anything_may_be_asked(question: str) -> None:
    result = index("nl").find(question)

    assert len(result.hits) <= 10
    assert bool(result.hits) != bool(result.nearest)


@given(st.sampled_from([question for question, _ in queries("nl")]))
def test_what_is_marked_is_what_was_written(question: str) -> None:
    for hit in index("nl").find(question).hits:
        plain = hit.excerpt.replace("<mark>", "").replace("</mark>", "")

        assert plain.unescape().removesuffix(" …") in hit.entry.text
        assert len(plain) <= LONGEST_EXCERPT + 100


def test_typed_markup_stays_text() -> None:
    result = index("nl").find("<b>tolk</b>")

    assert result.question == "<b>tolk</b>"
    assert "<b>" not in "".join(hit.title + hit.excerpt for hit in result.hits)


def test_asking_leaves_the_index_as_it_was() -> None:
    known = index("nl")
    before = (len(known.stem_of), len(known.held), len(known.same), len(known.seen))

    known.find("een zeldzaamwoordje dat nergensvoorkomt")

    assert (len(known.stem_of), len(known.held), len(known.same), len(known.seen)) == before


def test_a_very_long_question_is_cut_off() -> None:
    assert addresses("tolk " * 1000) == addresses("tolk " * 40)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_parts_have_a_title_and_a_line_in_each_language(language: Language) -> None:
    with override(language):
        lines = [(str(part.title), str(part.about)) for part in PARTS]

    assert all(title and about.endswith(".") for title, about in lines)
    assert len(set(lines)) == len(PARTS)
