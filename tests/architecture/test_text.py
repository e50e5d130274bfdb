from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from samenspraak.method.check import check_edition
from samenspraak.method.load import editions
from samenspraak.site import texts
from tests.architecture import pages
from tests.architecture.source import Breach, calls, code, dotted, name_of, templates, text_of, told, tree_of
from tests.architecture.writes import literal

# What people read when a form is refused or a field is shown: first argument, or keyword.
SAID_FIRST = {"ValidationError", "add_error"}
SAID_BY_NAME = {"label", "help_text", "verbose_name", "empty_label"}


def unseen(text: str, file: str = "page.html") -> list[str]:
    return [f"{breach.line}: {breach.what}" for breach in pages.untranslated(text, file)]


def plain_messages(tree: ast.AST, file: str) -> Iterator[Breach]:
    """Messages and labels that are literals instead of a text of the catalogue."""
    for call in calls(tree):
        name = dotted(call.func).rsplit(".", 1)[-1]
        said = call.args[-1:] if name in SAID_FIRST else []
        for words in [*said, *(k.value for k in call.keywords if k.arg in SAID_BY_NAME)]:
            if any(c.isalpha() for c in literal(words)) or isinstance(words, ast.JoinedStr):
                yield Breach(file, words.lineno, f"not in the catalogue: {ast.unparse(words)[:60]}")


def test_every_text_has_its_dutch() -> None:
    assert texts.missing(texts.read(texts.catalogue_path())) == []


def test_the_catalogue_holds_no_text_that_nothing_uses() -> None:
    assert texts.unused(texts.read(texts.catalogue_path())) == []


def test_a_text_without_dutch_and_a_text_without_use_are_found() -> None:
    catalogue = texts.updated(texts.read(texts.catalogue_path()))
    used = next(message.id for message in catalogue if isinstance(message.id, str) and message.id)
    catalogue.delete(used)
    catalogue.add("Nobody says this", "Niemand zegt dit")

    assert used in texts.missing(catalogue)
    assert texts.unused(catalogue) == ["Nobody says this"]


@pytest.mark.parametrize("edition", editions())
def test_the_method_says_the_same_in_both_languages(edition: str) -> None:
    assert [str(problem) for problem in check_edition(edition)] == []


def test_templates_say_nothing_outside_the_catalogue() -> None:
    assert told(b for p in templates() for b in pages.untranslated(text_of(p), name_of(p))) == []


@pytest.mark.parametrize(
    "line",
    [
        "<p>Save</p>",
        '<p>{{ "Save" if may_change else "–" }}</p>',
        '<img alt="The route">',
        '<button aria-label="{% if x %}Close{% endif %}">',
        "<p>{{ name }} invites you</p>",
        '{{ seen("Who sees this") }}',
        '{% set title = "All rounds" %}',
    ],
)
def test_words_outside_the_catalogue_are_found(line: str) -> None:
    assert [found.split(":")[0] for found in unseen(f"<main>\n{line}\n")] == ["2"]


def test_words_of_the_catalogue_names_and_what_only_machines_read_are_left_alone() -> None:
    text = (
        '<p class="lead">{% trans %}You can read here.{% endtrans %} · Samenspraak</p>\n'
        '<a href="/x" title="{{ _("Save") }}">PDF</a>{# a remark #}<!-- another -->\n'
        '<input type="text" value="{{ "a b" if x else "c" }}"{% if y %} required{% endif %}>'
    )

    assert unseen(text) == []


def test_a_macro_that_gives_a_class_or_attributes_says_nothing_to_people() -> None:
    kind = "{% macro answer_kind(v) %}{% if v %}good{% else %}open{% endif %}{% endmacro %}"
    attributes = '{% macro described(f) %}aria-describedby="{{ f.id }}-hint"{% if f.errors %} aria-invalid="true"{% endif %}{% endmacro %}'

    assert unseen(kind + attributes) == []
    assert unseen("{% macro answer_word(v) %}good{% endmacro %}") == ["1: not in the catalogue: good"]


def test_a_mail_says_nothing_outside_the_catalogue() -> None:
    assert unseen('{{ _("Hello,") }}\n\nSee you\n\nSamenspraak\n', "mail.txt") != []
    assert unseen('{{ _("Hello,") }}\n\n{{ link }}\n\nSamenspraak\n', "mail.txt") == []


def test_messages_and_labels_in_code_come_out_of_the_catalogue() -> None:
    assert told(b for p in code() for b in plain_messages(tree_of(p), name_of(p))) == []


@pytest.mark.parametrize(
    "line", ['raise ValidationError("Too long")', 'CharField(label="Name")', 'form.add_error("name", f"{x} is wrong")']
)
def test_a_message_outside_the_catalogue_is_found(line: str) -> None:
    assert [b.line for b in plain_messages(ast.parse(line), "forms.py")] == [1]
