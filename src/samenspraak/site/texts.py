"""The catalogue of Dutch: taken from code and templates, checked to be complete, compiled with Babel.

The English text is the key (msgid), so English needs no catalogue. Entries are sorted and carry no places, so that
two people who add a text rarely meet in the same line.
"""

from __future__ import annotations

import argparse
import io
import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

PACKAGE = Path(__file__).resolve().parent.parent
METHODS = [
    ("**/migrations/**", "ignore"),
    ("**.py", "python"),
    ("**/templates/**.html", "jinja2"),
    ("**/templates/**.txt", "jinja2"),
]
OPTIONS = {
    "**/templates/**.html": {
        "extensions": "jinja2.ext.i18n,jinja2.ext.do",
        "newstyle_gettext": "true",
        "trimmed": "true",
    },
    "**/templates/**.txt": {
        "extensions": "jinja2.ext.i18n,jinja2.ext.do",
        "newstyle_gettext": "true",
        "trimmed": "true",
    },
}
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
HEADER = "# Dutch texts of Samenspraak. The key is the English text. Written as a Dutch editor would."


def catalogue_path(language: str = "nl") -> Path:
    """Where the catalogue of a language stands."""
    return PACKAGE / "locale" / language / "LC_MESSAGES" / "django.po"


def used() -> Catalog:
    """Every text that code and templates use now."""
    found = Catalog()
    for _, _, message, _, context in extract_from_dir(str(PACKAGE), METHODS, OPTIONS, KEYWORDS):
        found.add(message, None, context=context)
    return found


def read(path: Path) -> Catalog:
    """A catalogue from its file; an empty Dutch one where there is none yet."""
    if not path.exists():
        return Catalog(locale="nl")
    with path.open("rb") as source:
        return read_po(source, locale="nl")


def updated(catalogue: Catalog) -> Catalog:
    """The catalogue with exactly the texts in use; what was translated stays."""
    fresh = Catalog(locale="nl", header_comment=HEADER, charset="utf-8", project="samenspraak")
    fresh.mime_headers = [
        ("Content-Type", "text/plain; charset=utf-8"),
        ("Plural-Forms", "nplurals=2; plural=(n != 1);"),
    ]
    for message in used():
        if message.id:
            known = catalogue.get(message.id, message.context)
            fresh.add(message.id, known.string if known else None, context=message.context, flags=set(message.flags))
    return fresh


def as_po(catalogue: Catalog) -> bytes:
    """The file, sorted by text."""
    target = io.BytesIO()
    write_po(
        target, catalogue, width=118, no_location=True, omit_header=False, sort_output=True, include_previous=False
    )
    lines = target.getvalue().decode().splitlines()
    dropped = (
        '"POT-Creation',
        '"PO-Revision',
        '"Last-Translator',
        '"Language-Team',
        '"Generated-By',
        '"Report-Msgid',
        '"MIME',
        '"Project-Id',
    )
    return ("\n".join(line for line in lines if not line.startswith(dropped)).rstrip() + "\n").encode()


def missing(catalogue: Catalog) -> list[str]:
    """Texts in use that have no Dutch."""
    gaps = []
    for message in used():
        if not message.id:
            continue
        known = catalogue.get(message.id, message.context)
        string = known.string if known else ""
        if not known or known.fuzzy or not (all(string) if isinstance(string, tuple) else string):
            gaps.append(str(message.id))
    return gaps


def unused(catalogue: Catalog) -> list[str]:
    """Texts in the catalogue that nothing uses any more."""
    now = used()
    return [str(m.id) for m in catalogue if m.id and now.get(m.id, m.context) is None]


def compile_catalogue(*, is_forced: bool = False) -> None:
    """Write the ``.mo`` that Django reads, where it is missing or older than its source."""
    source = catalogue_path()
    target = source.with_suffix(".mo")
    if not source.exists():
        return  # nothing to translate from; texts --check says so
    if not is_forced and target.exists() and target.stat().st_mtime_ns >= source.stat().st_mtime_ns:
        return
    compiled = io.BytesIO()
    write_mo(compiled, read(source))
    partial = target.with_suffix(".mo.partial")
    partial.write_bytes(compiled.getvalue())
    partial.replace(target)


def main(arguments: list[str]) -> int:
    """``samenspraak texts [--check | --update]``."""
    parser = argparse.ArgumentParser(prog="samenspraak texts", description="The catalogue of Dutch texts.")
    parser.add_argument("--check", action="store_true", help="fail when a text has no Dutch or is not used any more")
    parser.add_argument("--update", action="store_true", help="take over the texts in use; new ones are left empty")
    options = parser.parse_args(arguments)
    path = catalogue_path()
    catalogue = read(path)
    if options.update:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(as_po(updated(catalogue)))
        catalogue = read(path)
    compile_catalogue(is_forced=True)
    gaps, extra = missing(catalogue), unused(catalogue)
    for text in gaps:
        sys.stderr.write(f"no Dutch yet: {text}\n")
    for text in extra if options.check else []:
        sys.stderr.write(f"not used any more: {text}\n")
    return 1 if options.check and (gaps or extra) else 0
