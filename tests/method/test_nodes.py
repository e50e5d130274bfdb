import math
import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from samenspraak.method.nodes import LOADERS, REFUSED, ListNode, MapNode, Node, ScalarNode, compose, plain_scalar
from samenspraak.method.problem import Problem

loaders = pytest.mark.parametrize("loader", LOADERS, ids=lambda loader: loader.__name__)


def found(text: str, loader: object = LOADERS[0]) -> list[tuple[int, str]]:
    _, problems = compose(text.encode(), "x.yaml", loader)
    return [(problem.line, problem.message) for problem in problems]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("", None),
        ("~", None),
        ("null", None),
        ("Null", None),
        ("NULL", None),
        ("true", True),
        ("True", True),
        ("TRUE", True),
        ("false", False),
        ("0", 0),
        ("007", 7),
        ("-12", -12),
        ("+3", 3),
        ("0o17", 15),
        ("0xFf", 255),
        ("9" * 18, 999_999_999_999_999_999),
        ("1.5", 1.5),
        (".5", 0.5),
        ("1.", 1.0),
        ("-1e3", -1000.0),
        ("-.inf", -math.inf),
        (".INF", math.inf),
    ],
)
def test_plain_scalar_means_what_yaml_1_2_says(text: str, value: object) -> None:
    meant = plain_scalar(text)

    assert (type(meant), meant) == (type(value), value)


def test_not_a_number_is_a_float() -> None:
    meant = plain_scalar(".nan")

    assert isinstance(meant, float)
    assert math.isnan(meant)


@pytest.mark.parametrize(
    "text",
    ["no", "Yes", "on", "OFF", "y", "12:30", "2025-04-01", "1_000", "0b1", "tRue", "+", ".", "1e", "=", "<<", "v1"],
)
def test_what_only_yaml_1_1_gives_a_meaning_stays_text(text: str) -> None:
    meant = plain_scalar(text)

    assert meant == text


@pytest.mark.parametrize("text", ["1" * 19, "9" * 5000, "0x" + "f" * 17, "1." + "0" * 17])
def test_endless_number_stays_text(text: str) -> None:
    meant = plain_scalar(text)

    assert meant == text


@loaders
def test_tree_remembers_the_line_of_every_key_and_value(loader: object) -> None:
    text = "a: 1\nb:\n  - 'no'\n  - c: >-\n      two\n      lines\n"

    tree, problems = compose(text.encode(), "x.yaml", loader)

    inner = MapNode(4, {"c": (4, ScalarNode(4, "two lines"))})
    whole: Node = MapNode(1, {"a": (1, ScalarNode(1, 1)), "b": (2, ListNode(3, (ScalarNode(3, "no"), inner)))})
    assert (tree, problems) == (whole, ())


@loaders
def test_blank_line_in_a_folded_text_becomes_one_newline(loader: object) -> None:
    text = "a: >-\n  one\n  and more\n\n  two\n"

    tree, _ = compose(text.encode(), "x.yaml", loader)

    assert tree == MapNode(1, {"a": (1, ScalarNode(1, "one and more\ntwo"))})


@loaders
def test_windows_line_ends_and_byte_order_mark_change_nothing(loader: object) -> None:
    content = b"\xef\xbb\xbfa: 1\r\nb: two\r\n"

    tree, problems = compose(content, "x.yaml", loader)

    assert (tree, problems) == (MapNode(1, {"a": (1, ScalarNode(1, 1)), "b": (2, ScalarNode(2, "two"))}), ())


@loaders
def test_duplicate_key_is_refused_and_the_first_kept(loader: object) -> None:
    text = "a: 1\nb: 2\na: 3\n"

    tree, problems = compose(text.encode(), "x.yaml", loader)

    assert tree == MapNode(1, {"a": (1, ScalarNode(1, 1)), "b": (2, ScalarNode(2, 2))})
    assert problems == (Problem("x.yaml", 3, "The key 'a' stands here twice, first on line 1", "Keep one"),)


@loaders
def test_all_faults_of_form_are_found_in_one_run(loader: object) -> None:
    text = "a: &x 1\nb: *x\nc: !!str 2\nd: ! 3\n[e]: 4\na: 5\n---\nf: 6\n"

    faults = found(text, loader)

    assert faults == [
        (1, "Anchors and aliases are not used here"),
        (2, "Anchors and aliases are not used here"),
        (3, "The tag tag:yaml.org,2002:str is not used here"),
        (4, "The tag ! is not used here"),
        (5, "A key must be a single word"),
        (6, "The key 'a' stands here twice, first on line 1"),
        (7, "A second document starts here"),
    ]


@loaders
@pytest.mark.parametrize("text", ["", "# only a remark\n"])
def test_empty_file_is_refused(text: str, loader: object) -> None:
    faults = found(text, loader)

    assert faults == [(1, "The file is empty")]


@loaders
@pytest.mark.parametrize(
    ("text", "line"), [("a: 1\nb: c: d\n", 2), ("a: 1\n\tb: 2\n", 2), ("a: [1, 2\n\nb: 3\n", 3), ("a: 'open\n", 2)]
)
def test_broken_yaml_is_told_with_its_line(text: str, line: int, loader: object) -> None:
    tree, problems = compose(text.encode(), "x.yaml", loader)

    assert tree is None
    assert [(problem.line, problem.message[:16]) for problem in problems] == [(line, "This is no YAML:")]


@loaders
def test_impossible_escape_is_told(loader: object) -> None:
    faults = found('a: "\\U00110000"\n', loader)

    assert [(line, message[:16]) for line, message in faults] == [(1, "This is no YAML:")]


def test_bytes_that_are_no_utf_8_are_told_with_their_line() -> None:
    tree, problems = compose("a: 1\nb: één\n".encode("latin-1"), "x.yaml")

    assert (tree, problems) == (None, (Problem("x.yaml", 2, "This is not UTF-8", "Save the file as UTF-8"),))


def test_every_sign_that_cannot_be_shown_is_told_with_its_line() -> None:
    faults = found("\na: b\x07\nc: \u2028\nd: \ue000\ne: \ufffe\nf: \U0001ffff\ng: \U00100000\nh: \r\n\ri: \n")

    assert faults == [
        (2, "Character U+0007 cannot be shown"),
        (3, "Character U+2028 cannot be shown"),
        (4, "Character U+E000 cannot be shown"),
        (5, "Character U+FFFE cannot be shown"),
        (6, "Character U+1FFFF cannot be shown"),
        (7, "Character U+100000 cannot be shown"),
        (9, "Character U+000D cannot be shown"),
    ]


def test_exactly_what_no_screen_shows_is_refused() -> None:
    signs = [chr(code) for code in range(0x110000)]

    refused = {sign for sign in signs if REFUSED.fullmatch(sign)}

    hidden = {sign for sign in signs if unicodedata.category(sign) in ("Cc", "Cs", "Co", "Zl", "Zp")} - {"\t", "\n"}
    nothing = {sign for sign in signs if ord(sign) & 0xFFFE == 0xFFFE or 0xFDD0 <= ord(sign) <= 0xFDEF}
    assert refused == hidden | nothing


@loaders
@pytest.mark.parametrize(
    "text",
    ["[" * 900 + "]" * 900, "[" * 21 + "]" * 21, "{a: " * 20 + "b" + "}" * 20, "[" * 19 + "{[a]: b}" + "]" * 19],
)
def test_deep_nesting_is_refused_and_not_followed(text: str, loader: object) -> None:
    faults = found(text, loader)

    assert faults == [(1, "This is nested more than 20 deep")]


@loaders
@pytest.mark.parametrize("text", ["[" * 20 + "]" * 20, "{a: " * 19 + "b" + "}" * 19])
def test_twenty_levels_are_allowed(text: str, loader: object) -> None:
    faults = found(text, loader)

    assert faults == []


YAML = st.lists(
    st.sampled_from(
        [*"ab:-[]{}>|'\"#&*!?%@`\\,\n \t0", "\n  ", "- ", ": ", "---\n", "...\n", "\\x", "\ufeff", "é", "😀"]
    )
).map("".join)


@loaders
@settings(deadline=None)  # how long an example takes on a busy machine is not the law
@given(
    content=st.one_of(st.binary(), st.text().map(lambda text: text.encode("utf-8", "replace")), YAML.map(str.encode))
)
@example(content="a: \ufeffb".encode())
@example(content=b'"\\ud800"')
def test_no_file_makes_the_reader_fall_over(content: bytes, loader: object) -> None:
    tree, problems = compose(content, "x.yaml", loader)

    assert tree is not None or problems != ()
