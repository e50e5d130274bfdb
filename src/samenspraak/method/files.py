"""Which file of an edition holds what, and the JSON Schema of each file that editors complete from."""

from __future__ import annotations

import functools
import json
import typing
from pathlib import Path

import msgspec

from samenspraak.method.kit_types import Kit
from samenspraak.method.types import Edition

# Each file holds these fields of ``Edition`` as its top-level keys.
FILES: dict[str, tuple[str, ...]] = {
    "edition": ("title", "disclaimer", "documents"),
    "conditions": ("categories",),
    "elements": ("rule", "elements"),
    "model": ("model",),
    "steps": ("phases",),
    "questions": ("questions",),
    "glossary": ("terms",),
    "norms": ("norms",),
    "facilitator": ("facilitator",),
    "business-case": ("business_case",),
    "commitment": ("commitment",),
    "tools": ("tools",),
    "workshop": ("workshop",),
    "search": ("synonyms",),
}
SCHEMA = Path(__file__).parent / "schema"


KIT = "kit"


@functools.cache
def shape(file: str) -> type[msgspec.Struct]:
    """The struct a file must fit: the fields of ``Edition`` it holds, all required, nothing besides."""
    hints = typing.get_type_hints(Edition)
    fields = [(field, hints[field]) for field in FILES[file]]
    return msgspec.defstruct(f"{file}.yaml", fields, frozen=True, forbid_unknown_fields=True)


def schema(file: str) -> str:
    """The JSON Schema of a file of an edition, or of a kit, as text that is the same on every machine."""
    kind = Kit if file == KIT else shape(file)
    (root,), parts = msgspec.json.schema_components([kind], ref_template="#/$defs/{name}")
    whole = {"$schema": "https://json-schema.org/draft/2020-12/schema", **root, "$defs": parts}
    return json.dumps(whole, indent=2, ensure_ascii=False) + "\n"


def write_schema(folder: Path = SCHEMA) -> tuple[Path, ...]:
    """Write the schema of every file, and of a kit, into the folder; gives the paths written.

    An editor with the YAML language server completes from them once a file begins with
    ``# yaml-language-server: $schema=../../../schema/conditions.json``.
    """
    folder.mkdir(parents=True, exist_ok=True)
    paths = tuple(folder / f"{file}.json" for file in (*FILES, KIT))
    for path in paths:
        path.write_text(schema(path.stem), encoding="utf-8", newline="\n")
    return paths
