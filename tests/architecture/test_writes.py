from __future__ import annotations

import ast
from collections.abc import Callable, Iterator

import pytest
from django.apps import apps

from tests.architecture import writes
from tests.architecture.source import Breach, code, dotted, name_of, told, tree_of

Check = Callable[[ast.AST, str], Iterator[Breach]]

# A line outside actions that writes, and why it may. One that nothing needs any more fails too.
ALLOWED = {
    "src/samenspraak/site/health.py: SQL UPDATE": "asks whether the database can be written; changes no row",
    "src/samenspraak/people/forms/sign_in.py: super.save()": "allauth keeps a new password in its form; its flow asks for it",
    "src/samenspraak/site/worker.py: stuck.update()": "rows of the task library, which belong to no room",
}
# SQL that cannot be a literal, and why.
BUILT = {
    "src/samenspraak/site/backup.py": "names of tables cannot be parameters; they come out of the database itself",
    "src/samenspraak/people/remembered.py": "the ORM wrote it; values travel as parameters all the same",
}
# Where markup is made from something else than a literal: drawings, and the catalogue that we write ourselves.
MARKUP = ("src/samenspraak/ui/illustrations/", "src/samenspraak/ui/speech.py")


def related_managers() -> frozenset[str]:
    """What our models call the rows of others that point at them."""
    ours = [model for model in apps.get_models() if model.__module__.startswith("samenspraak.")]
    reverse = {r.get_accessor_name() for m in ours for r in m._meta.related_objects if not r.one_to_one}
    return frozenset({name for name in reverse if name} | {f.name for m in ours for f in m._meta.many_to_many})


def everywhere(check: Check) -> list[Breach]:
    return [breach for path in code() for breach in check(tree_of(path), name_of(path))]


def sample(check: Check, text: str) -> list[str]:
    return [breach.what for breach in sorted(check(ast.parse(text), "sample.py"))]


def key_of(breach: Breach) -> str:
    return f"{breach.file}: {breach.what.removeprefix('writes rows outside actions: ')}"


def test_rows_are_written_in_actions_alone() -> None:
    related = related_managers()

    found = everywhere(lambda tree, file: writes.row_writes(tree, file, related))

    outside = [b for b in found if not writes.may_write(b.file) and not b.file.startswith("src/samenspraak/documents/")]
    assert told(b for b in outside if key_of(b) not in ALLOWED) == []
    assert ALLOWED.keys() - {key_of(b) for b in outside} == set()


def test_papers_hold_no_rows_so_saving_there_is_saving_a_file() -> None:
    papers = [p for p in code() if name_of(p).startswith("src/samenspraak/documents/")]

    imported = [name for p in papers for name, _line in writes.names(tree_of(p))]

    assert [name for name in imported if name.split(".")[0] == "django" or ".models" in name] == []


@pytest.mark.parametrize(
    "line",
    [
        "Task.objects.create(title='x')",
        "Task.objects.filter(id=1).update(title='x')",
        "_of(member).update(**values)",
        "tasks.delete()",
        "form.save()",
        "super().save()",
        "Task.objects.get_or_create(id=1)",
        "rows.bulk_create([])",
        "organisation.members.add(member)",
        "cursor.execute('UPDATE people_person SET name = %s', [name])",
    ],
)
def test_a_line_that_writes_a_row_is_found(line: str) -> None:
    found = list(writes.row_writes(ast.parse(line), "sample.py", frozenset({"members"})))

    assert [b.line for b in found] == [1]


@pytest.mark.parametrize(
    "line",
    [
        "digest.update(chunk)",
        "found.add(name)",
        "values.update({'a': 1})",
        "members.add(name)",
        "event.set()",
        "request.session.set_expiry(0)",
        "default_storage.save(name, upload)",
        "cursor.execute('SELECT 1')",
    ],
)
def test_a_line_that_only_looks_like_a_write_is_left_alone(line: str) -> None:
    assert list(writes.row_writes(ast.parse(line), "sample.py", frozenset({"members"}))) == []


def test_actions_and_migrations_may_write_and_nothing_else() -> None:
    files = [
        "people/actions.py",
        "people/actions/invite.py",
        "people/migrations/0002_x.py",
        "people/views/actions_x.py",
    ]

    assert [writes.may_write(f"src/samenspraak/{file}") for file in files] == [True, True, True, False]


def test_related_managers_are_known_by_the_names_our_models_give_them() -> None:
    assert {"members", "answers"} <= related_managers()


def test_nothing_happens_at_a_distance() -> None:
    assert told(everywhere(writes.signals)) == []


def test_a_signal_is_found() -> None:
    text = "from django.db.models.signals import post_save\n\n@receiver(post_save)\ndef f(**_): ...\n"

    assert "signal: django.db.models.signals.post_save" in sample(writes.signals, text)
    assert sample(writes.signals, "import django.dispatch\ndjango.dispatch.Signal()\n") != []


def test_sql_is_written_down_and_never_put_together() -> None:
    found = everywhere(writes.built_sql)

    assert told(b for b in found if b.file not in BUILT) == []
    assert BUILT.keys() - {b.file for b in found} == set()


@pytest.mark.parametrize(
    "line",
    [
        "cursor.execute(f'SELECT * FROM {table}')",
        "cursor.execute('SELECT ' + column)",
        "Task.objects.raw('SELECT %s' % column)",
        "cursor.executemany('SELECT {}'.format(column), rows)",
        "from django.db.models.expressions import RawSQL",
    ],
)
def test_sql_that_is_put_together_is_found(line: str) -> None:
    assert len(sample(writes.built_sql, line)) == 1


def test_sql_in_a_constant_is_a_literal() -> None:
    assert sample(writes.built_sql, "NEWEST = 'SELECT 1'\ncursor.execute(NEWEST)\n") == []


def test_secrets_cannot_be_guessed_and_hashes_hold() -> None:
    assert told(everywhere(writes.weak_secrets)) == []


@pytest.mark.parametrize(
    "line",
    [
        "import random",
        "from random import choice",
        "hashlib.md5(b'')",
        "hashlib.new('sha-1')",
        "from hashlib import sha1",
    ],
)
def test_guessable_chance_and_broken_hashes_are_found(line: str) -> None:
    assert len(sample(writes.weak_secrets, line)) == 1


def test_pages_escape_what_people_type() -> None:
    found = everywhere(writes.unescaped)

    assert told(b for b in found if not b.file.startswith(MARKUP)) == []


@pytest.mark.parametrize("line", ["Markup(text)", "Markup(f'<b>{name}</b>')", "mark_safe('<b>')", "format_html(text)"])
def test_text_that_is_declared_html_is_found(line: str) -> None:
    assert len(sample(writes.unescaped, line)) == 1


def test_a_literal_with_places_for_text_escapes_them() -> None:
    assert sample(writes.unescaped, "Markup('<b>{}</b>').format(name)\nMarkup('').join(parts)\n") == []


def test_dotted_looks_through_calls() -> None:
    node = ast.parse("a.b(1).c").body[0]

    assert isinstance(node, ast.Expr)
    assert dotted(node.value) == "a.b.c"
