import json
from pathlib import Path

import msgspec

from samenspraak.method.files import FILES, KIT, SCHEMA, schema, shape, write_schema
from samenspraak.method.types import Edition


def test_every_field_of_an_edition_stands_in_exactly_one_file() -> None:
    fields = [field for held in FILES.values() for field in held]

    assert sorted([*fields, "name", "language", "laid", "reworded"]) == sorted(Edition.__struct_fields__)


def test_file_must_hold_all_of_its_fields_and_nothing_else() -> None:
    kind = shape("edition")

    fields = [(field.name, field.required) for field in msgspec.structs.fields(kind)]

    assert fields == [("title", True), ("disclaimer", True), ("documents", True)]
    assert kind.__struct_config__.forbid_unknown_fields is True


def test_committed_schema_is_what_the_types_say() -> None:
    committed = {path.name: path.read_text(encoding="utf-8") for path in SCHEMA.iterdir()}

    assert committed == {f"{file}.json": schema(file) for file in (*FILES, KIT)}


def test_schema_refuses_unknown_keys_and_names_each_part() -> None:
    text = schema("tools")

    whole = json.loads(text)

    assert whole["$ref"] == "#/$defs/tools.yaml"
    assert whole["$defs"]["tools.yaml"]["additionalProperties"] is False
    assert whole["$defs"]["Tool"]["properties"]["sure"] == {"enum": ["mentioned", "partly", "read"]}


def test_writing_the_schema_makes_one_file_for_each(tmp_path: Path) -> None:
    paths = write_schema(tmp_path / "schema")

    assert [path.name for path in paths] == [f"{file}.json" for file in (*FILES, KIT)]
    assert paths[3].read_text(encoding="utf-8") == schema("model")


def test_the_schema_of_a_kit_refuses_unknown_keys() -> None:
    whole = json.loads(schema(KIT))

    assert whole["$ref"] == "#/$defs/Kit"
    assert whole["$defs"]["Role"]["additionalProperties"] is False
    assert whole["$defs"]["Event"]["properties"]["moment"] == {"enum": ["after", "before", "during"]}
