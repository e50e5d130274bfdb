"""Where rows are written, and other things that code and SQL must never do. Found by reading syntax trees."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tests.architecture.source import Breach, calls, dotted

# Only Django has these, so whatever they are called on is a table.
ALWAYS = {"get_or_create", "update_or_create", "bulk_create", "bulk_update", "save_base", "create_user"} | {
    f"a{verb}"
    for verb in (
        "save",
        "create",
        "update",
        "delete",
        "get_or_create",
        "update_or_create",
        "bulk_create",
        "bulk_update",
    )
}
# Rows, unless what they are called on is known to be something else.
MOSTLY = {"save", "create", "delete"}
# Sets, dicts and caches have these too: a write on what belongs to a related manager alone.
RELATED = {"add", "set", "remove", "clear"}
# Not rows: files of users, pictures, papers, the cache, parts of a session.
OTHER_THINGS = {"default_storage", "storage", "cache", "picture", "image"}
SQL_WRITES = {"INSERT", "UPDATE", "DELETE", "REPLACE", "CREATE", "DROP", "ALTER", "TRUNCATE"}
SQL_CALLS = {"execute", "executemany", "executescript", "raw", "extra"}


def may_write(file: str) -> bool:
    """Whether rows may be written here: in the actions of a room, and in migrations."""
    parts = file.removesuffix(".py").split("/")
    return "actions" in parts or "migrations" in parts


def row_writes(tree: ast.AST, file: str, related: frozenset[str] = frozenset()) -> Iterator[Breach]:
    """Every call that writes a row; ``related`` are the names of related managers (``members``, ``answers``)."""
    for call in calls(tree):
        if isinstance(call.func, ast.Attribute) and _writes(call, call.func, related):
            yield Breach(file, call.lineno, f"writes rows outside actions: {_shown(call.func)}")
    for call, sql in sql_calls(tree):
        words = literal(sql).split(None, 1) if sql else []
        if words and words[0].upper() in SQL_WRITES:
            yield Breach(file, call.lineno, f"writes rows outside actions: SQL {words[0].upper()}")


def _writes(call: ast.Call, func: ast.Attribute, related: frozenset[str]) -> bool:
    receiver = dotted(func.value)
    owner = receiver.rsplit(".", 1)[-1]
    if func.attr in ALWAYS:
        return True
    if func.attr in MOSTLY:
        return owner not in OTHER_THINGS
    if func.attr == "update":  # that of a queryset takes keywords alone; that of a dict, written our way, never
        return bool(call.keywords) and not call.args
    return func.attr in RELATED and "." in receiver and owner in related


def _shown(func: ast.Attribute) -> str:
    return f"{dotted(func.value) or '…'}.{func.attr}()"


def sql_calls(tree: ast.AST) -> Iterator[tuple[ast.Call, ast.expr | None]]:
    """Every call that hands SQL to the database, with its SQL."""
    for call in calls(tree):
        if isinstance(call.func, ast.Attribute) and call.func.attr in SQL_CALLS:
            yield call, call.args[0] if call.args else None


def literal(node: ast.expr | None) -> str:
    """The text of a literal; empty for anything else."""
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def constants(tree: ast.AST) -> set[str]:
    """The names in capitals that a module gives to literal text."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and literal(node.value):
            found |= {t.id for t in node.targets if isinstance(t, ast.Name) and t.id.isupper()}
    return found


def built_sql(tree: ast.AST, file: str) -> Iterator[Breach]:
    """SQL that is put together instead of written down: values travel as parameters, never as text."""
    known = constants(tree)
    for call, sql in sql_calls(tree):
        if sql is not None and not literal(sql) and not (isinstance(sql, ast.Name) and sql.id in known):
            yield Breach(file, call.lineno, f"SQL that is not a literal: {ast.unparse(sql)[:60]}")
    for name, line in names(tree):
        if name.rsplit(".", 1)[-1] == "RawSQL":
            yield Breach(file, line, "RawSQL")


def names(tree: ast.AST) -> Iterator[tuple[str, int]]:
    """Every name that is imported or used, with its line: ``hashlib.md5``, ``django.db.models.signals.post_save``."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from ((f"{node.module or ''}.{alias.name}", node.lineno) for alias in node.names)
        elif isinstance(node, ast.Attribute):
            yield dotted(node), node.lineno
        elif isinstance(node, ast.Name):
            yield node.id, node.lineno


def signals(tree: ast.AST, file: str) -> Iterator[Breach]:
    """Model signals: behaviour at a distance. The action calls what must happen, by name."""
    for name, line in names(tree):
        parts = name.split(".")
        if "signals" in parts or "receiver" in parts or parts[-1] in ("Signal", "ModelSignal"):
            yield Breach(file, line, f"signal: {name}")


def weak_secrets(tree: ast.AST, file: str) -> Iterator[Breach]:
    """Guessable chance and broken hashes."""
    for name, line in names(tree):
        if name == "random" or name.startswith("random."):
            yield Breach(file, line, "random can be guessed: take secrets")
        if name.rsplit(".", 1)[-1] in ("md5", "sha1"):
            yield Breach(file, line, f"{name} is broken: take sha256")
    for call in calls(tree):
        first = literal(call.args[0]).lower() if call.args else ""
        if dotted(call.func).endswith("new") and first.replace("-", "") in ("md5", "sha1"):
            yield Breach(file, call.lineno, f"{first} is broken: take sha256")


def unescaped(tree: ast.AST, file: str) -> Iterator[Breach]:
    """Text that is declared to be HTML without being a literal: ``Markup("<p>{}</p>").format(text)`` escapes."""
    known = constants(tree)
    for call in calls(tree):
        name, first = dotted(call.func).rsplit(".", 1)[-1], call.args[0] if call.args else None
        is_plain = bool(literal(first)) or (isinstance(first, ast.Name) and first.id in known)
        is_empty = isinstance(first, ast.Constant) and first.value == ""
        if name in ("Markup", "format_html") and first is not None and not is_plain and not is_empty:
            yield Breach(file, call.lineno, f"{name} of something that is not a literal: {ast.unparse(first)[:60]}")
    for name, line in names(tree):
        if name.rsplit(".", 1)[-1] in ("mark_safe", "SafeString", "SafeText"):
            yield Breach(file, line, f"{name}: pages escape everything")
