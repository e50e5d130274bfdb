"""A file that is not what it says comes in not at all: a clear message, and nothing has changed."""

from __future__ import annotations

import io
import json
import stat
from collections.abc import Callable
from typing import Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

import pytest
from django.db import models

from samenspraak.people.exchange import Refused
from samenspraak.people.models import HistoryEntry, Member, Organisation, Person
from samenspraak.readiness.models import Answer, Evidence, Round
from samenspraak.site.transfer import archive
from samenspraak.site.transfer.archive import MANIFEST, as_json
from samenspraak.site.transfer.bring import bring_in
from samenspraak.tasks.models import Task
from tests.factories import make_member, make_person
from tests.readiness.filled import make_filled
from tests.readiness.rounds import stored_files
from tests.site.pictures import png
from tests.site.transfer.files import changed, elsewhere, exported, packed, parts

pytestmark = pytest.mark.django_db
TABLES: tuple[type[models.Model], ...] = (Organisation, Person, Member, HistoryEntry, Round, Answer, Evidence, Task)


@pytest.fixture
def content() -> bytes:
    found = exported(make_filled("nl").member.organisation)
    elsewhere()
    return found


def refusal(given: bytes) -> str:
    """What is said about a file that is refused; nothing may have changed."""
    person = make_person()
    before = [m._default_manager.count() for m in TABLES], stored_files()

    with pytest.raises(Refused) as refused:
        bring_in(io.BytesIO(given), person)

    assert ([m._default_manager.count() for m in TABLES], stored_files()) == before
    return str(refused.value)


def zipped(given: dict[str, bytes], how: Callable[[ZipInfo], None]) -> bytes:
    target = io.BytesIO()
    with ZipFile(target, "w", ZIP_STORED) as written:
        for name, part in given.items():
            info = ZipInfo(name)
            how(info)
            written.writestr(info, part)
    return target.getvalue()


def test_something_else_than_a_zip() -> None:
    assert refusal(b"%PDF-1.7") == "Dit is geen bestand van Samenspraak, of het is beschadigd."


def test_half_a_zip(content: bytes) -> None:
    assert refusal(content[: len(content) // 2]) == "Dit is geen bestand van Samenspraak, of het is beschadigd."


@pytest.mark.parametrize(
    "name",
    [
        "../people.json",
        "/etc/passwd",
        "files/../../x",
        "C:\\x.json",
        "files/kort",
        "people.json/",
        "Ω.json",
        "a\\b.json",
    ],
)
def test_a_name_that_leads_elsewhere(content: bytes, name: str) -> None:
    told = refusal(packed({**parts(content), name: b"{}"}))

    assert told.endswith("hoort niet in een bestand van Samenspraak.")


def test_a_link_in_place_of_a_file(content: bytes) -> None:
    def as_link(info: ZipInfo) -> None:
        if info.filename == "tasks.json":
            info.external_attr = (stat.S_IFLNK | 0o777) << 16

    assert refusal(zipped(parts(content), as_link)) == "“tasks.json” is geen gewoon bestand."


def test_a_file_that_was_packed_anew(content: bytes) -> None:
    def packed_anew(info: ZipInfo) -> None:
        info.compress_type = ZIP_DEFLATED

    assert refusal(zipped(parts(content), packed_anew)).startswith("Een ander programma heeft dit bestand")


def test_a_bomb_that_unpacks_to_a_gigabyte(content: bytes) -> None:
    target = io.BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED) as written:
        written.writestr("people.json", b" " * 50_000_000)
        written.writestr(MANIFEST, parts(content)[MANIFEST])

    assert refusal(target.getvalue()).startswith("Een ander programma heeft dit bestand")


def test_a_bomb_that_lies_about_its_size(content: bytes) -> None:
    at = content.rindex(b"PK\x01\x02", 0, content.rindex(b"tasks.json"))
    size = (1_000_000_000).to_bytes(4, "little")

    lying = content[: at + 20] + size + size + content[at + 28 :]

    assert refusal(lying) == "Dit is geen bestand van Samenspraak, of het is beschadigd."


def test_parts_that_lie_over_one_another(content: bytes) -> None:
    target = io.BytesIO(content)
    with ZipFile(target, "a", ZIP_STORED) as written:
        first = written.getinfo("people.json")
        for number in range(300):
            twin = ZipInfo("files/" + f"{number:064x}")
            twin.header_offset, twin.CRC = first.header_offset, first.CRC
            twin.compress_size = twin.file_size = first.file_size
            written.filelist.append(twin)
            written._didModify = True

    assert refusal(target.getvalue()) == "Dit is geen bestand van Samenspraak, of het is beschadigd."


def test_too_many_parts(content: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MOST_ENTRIES", 3)

    assert refusal(content) == "Er zit te veel in dit bestand: hooguit 3 onderdelen."


def test_a_part_that_is_too_large(content: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MOST_JSON", 100)

    assert refusal(content) == "people.json is te groot."


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_part_that_is_there_twice(content: bytes) -> None:
    target = io.BytesIO(content)
    with ZipFile(target, "a", ZIP_STORED) as written:
        written.writestr("tasks.json", b"{}")

    assert refusal(target.getvalue()) == "Er staat iets dubbel in dit bestand."


def test_no_list_at_all(content: bytes) -> None:
    rest = {name: part for name, part in parts(content).items() if name != MANIFEST}

    assert refusal(packed(rest, told=False)) == "Dit is geen bestand van Samenspraak, of het is beschadigd."


def test_something_that_the_list_does_not_name(content: bytes) -> None:
    found = {**parts(content), "files/" + "a" * 64: b"x"}

    assert refusal(packed(found, told=False)).startswith("In het bestand zit niet wat de lijst zegt")


def test_content_that_was_changed(content: bytes) -> None:
    found = parts(content)
    found["tasks.json"] = found["tasks.json"].replace(b"Bel", b"Mel")

    assert refusal(packed(found, told=False)).startswith("tasks.json is niet wat de lijst zegt")


def test_content_that_is_damaged_on_the_way(content: bytes) -> None:
    at = content.index(b'"task"', content.index(b"tasks.json"))

    assert refusal(content[:at] + b'"tesk"' + content[at + 6 :]) == "tasks.json is beschadigd."


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"format": 2}, "Dit bestand komt uit een andere versie van Samenspraak (0"),
        ({"product": "anders"}, "Dit is geen bestand van Samenspraak"),
        ({"kind": "alles"}, "Dit is geen bestand van Samenspraak"),
        ({"strange": 1}, "Dit is geen bestand van Samenspraak"),
        ({"counts": {"people.member": 1}}, "In het bestand zitten niet zoveel regels"),
    ],
)
def test_a_list_that_is_not_ours(content: bytes, change: dict[str, Any], told: str) -> None:
    assert refusal(changed(content, MANIFEST, lambda v: v.update(change))).startswith(told)


@pytest.mark.parametrize(
    "text",
    [
        b"\xff\xfe",
        b"{",
        b'{"task": [], "task": []}',
        b'{"task": NaN}',
        b"[" * 100_000,
        b'{"task": ' + b"9" * 5000 + b"}",
        b"[]",
        b'{"task": {}}',
        b'{"other": []}',
    ],
)
def test_json_that_is_none(content: bytes, text: bytes) -> None:
    assert refusal(packed({**parts(content), "tasks.json": text})) == "tasks.json is niet te lezen."


def test_a_room_that_is_missing(content: bytes) -> None:
    rest = {name: part for name, part in parts(content).items() if name != "tasks.json"}

    assert refusal(packed(rest)) == "In het bestand zitten niet de onderdelen die deze versie van Samenspraak heeft."


def in_row(table: str, column: str, value: Any) -> Callable[[Any], None]:
    def change(told: Any) -> None:
        told[table][0][column] = value

    return change


UNKNOWN_ID = "6f0c5a9e-7d0b-4a52-9f0a-3f1f6f6f7a11"
WRONG_ROWS = [
    ("tasks", "task", "strange", 1, "tasks.json, task 1: “strange” ontbreekt of is onbekend"),
    ("tasks", "task", "title", None, "tasks.json, task 1: title: hier staat niets, en dat moet wel"),
    ("tasks", "task", "title", 5, "tasks.json, task 1: title: dit is niet goed geschreven"),
    ("tasks", "task", "title", "", "tasks.json, task 1: title: "),
    ("tasks", "task", "title", "a\nb", "tasks.json, task 1: title: deze tekst hoort op één regel"),
    ("tasks", "task", "title", "x" * 201, "tasks.json, task 1: title: Deze tekst is 201 tekens lang"),
    ("tasks", "task", "note", "\x00", "tasks.json, task 1: note: Hier staat een teken"),
    ("tasks", "task", "note", "\ud800", "tasks.json"),
    ("tasks", "task", "due_on", "1999-12-31", "tasks.json, task 1: due_on: deze dag ligt niet tussen 2000 en 2100"),
    ("tasks", "task", "due_on", "morgen", "tasks.json, task 1: due_on: dit is niet goed geschreven"),
    ("tasks", "task", "created_at", "2026-01-01T00:00:00", "tasks.json, task 1: created_at: dit is niet goed"),
    ("tasks", "task", "created_at", "9999-12-31T23:59:59Z", "tasks.json, task 1: created_at: dit is niet goed"),
    ("tasks", "task", "version", 10**30, "tasks.json, task 1: version: "),
    ("tasks", "task", "version", True, "tasks.json, task 1: version: dit is niet goed geschreven"),
    ("tasks", "task", "owner", UNKNOWN_ID, "tasks.json, task 1: owner: dit wijst naar een regel die niet"),
    ("tasks", "task", "owner", "x", "tasks.json, task 1: owner: dit is geen id"),
    ("tasks", "task", "id", "x", "tasks.json, task 1: dit is geen id"),
    ("tasks", "task", "id", 1, "tasks.json, task 1: dit is geen id"),
    ("tasks", "task", "origin_route", "people:let_leave", "Een actiepunt zegt dat het van “people:let_leave” komt"),
    ("readiness", "answer", "value", "soms", "Iets in dit bestand past niet bij elkaar."),
    ("readiness", "answer", "condition_id", "onzin", "“onzin” is geen voorwaarde in de editie van deze ronde."),
    ("readiness", "round", "edition", "1999-01", "Dit bestand gebruikt editie 1999-01, en die is hier niet."),
    ("readiness", "evidence", "link", "javascript:alert(1)", "readiness.json, evidence 1: link: "),
    ("readiness", "evidence", "file", "../x", "readiness.json, evidence 1: file: dit is geen naam van een bestand"),
    ("readiness", "evidence", "file", "a" * 64, "De bestanden en de regels passen niet bij elkaar"),
    (
        "people",
        "organisation",
        "time_zone",
        "Mars/Noord",
        "people.json, organisation 1: time_zone: “Mars/Noord” is geen",
    ),
    ("people", "organisation", "language", "xx", "Iets in dit bestand past niet bij elkaar."),
    ("people", "member", "role", "baas", "people.json, member 1: role: "),
    ("people", "member", "email", "geen adres", "people.json, member 1: email: "),
]


@pytest.mark.parametrize("wrong", WRONG_ROWS, ids=lambda w: f"{w[1]}.{w[2]} {str(w[3])[:20]!a}")
def test_a_row_that_is_wrong(content: bytes, wrong: tuple[str, str, str, Any, str]) -> None:
    room, table, column, value, told = wrong
    if value == "\ud800":
        found = parts(content)
        found["tasks.json"] = found["tasks.json"].replace(b'"note": "', b'"note": "\\ud800', 1)
        given = packed(found)
    else:
        given = changed(content, f"{room}.json", in_row(table, column, value))

    assert refusal(given).startswith(told)


@pytest.mark.parametrize("row", [[], "x", None, 5])
def test_a_row_that_is_none(content: bytes, row: Any) -> None:
    told = refusal(changed(content, "people.json", lambda v: v["historyentry"].append(row)))

    assert told.endswith("dit is geen regel")


def test_a_row_that_stands_there_twice(content: bytes) -> None:
    told = refusal(changed(content, "tasks.json", lambda v: v["task"].append(v["task"][0])))

    assert told == "Er staat iets dubbel in dit bestand."


def test_two_answers_to_one_condition(content: bytes) -> None:
    def twice(told: Any) -> None:
        told["answer"].append({**told["answer"][0], "id": UNKNOWN_ID})

    assert refusal(changed(content, "readiness.json", twice)) == "Iets in dit bestand past niet bij elkaar."


@pytest.mark.parametrize("number", [0, 2])
def test_not_one_organisation(content: bytes, number: int) -> None:
    def more(told: Any) -> None:
        told["organisation"] = [
            {**told["organisation"][0], "id": f"6f0c5a9e-7d0b-4a52-9f0a-3f1f6f6f7a1{n}"} for n in range(number)
        ]

    assert refusal(changed(content, "people.json", more)) == "In dit bestand zit niet precies één organisatie."


def with_file(content: bytes, old: bytes, new: bytes, name: str) -> bytes:
    """The archive with another file in place of one, its row and its name made to fit."""
    from hashlib import sha256

    before, after = sha256(old).hexdigest(), sha256(new).hexdigest()
    found = parts(content)
    assert found.pop(f"files/{before}") == old
    told = json.loads(found["readiness.json"])
    for row in told["evidence"]:
        if row["file"] == before:
            row |= {"file": after, "sha256": after, "size": len(new), "name": name}
    found |= {f"files/{after}": new, "readiness.json": as_json(told)}
    found["people.json"] = found["people.json"].replace(before.encode(), after.encode())
    return packed(found)


@pytest.mark.parametrize(
    ("new", "name", "told"),
    [
        (b"<svg onload=alert(1)>", "plaatje.svg", "plaatje.svg: "),
        (b"MZ\x90", "hulp.pdf", "hulp.pdf: "),
        (b"", "leeg.pdf", "leeg.pdf: "),
        (b"%PDF-" + b"x" * 10_000_001, "groot.pdf", "files/"),
        (bytes(png()), "beeld.png", "beeld.png is niet wat de regel zegt."),
    ],
    ids=["svg", "program", "empty", "large", "other kind"],
)
def test_a_file_of_a_kind_that_cannot_be_kept(content: bytes, new: bytes, name: str, told: str) -> None:
    from tests.readiness.rounds import PDF

    assert refusal(with_file(content, PDF, new, name)).startswith(told)


def test_a_logo_that_is_no_picture(content: bytes) -> None:
    from hashlib import sha256

    found = parts(content)
    logo = json.loads(found["people.json"])["organisation"][0]["logo"]
    new = b"<svg onload=alert(1)>"
    name = sha256(new).hexdigest()
    del found[f"files/{logo}"]
    found |= {f"files/{name}": new, "people.json": found["people.json"].replace(logo.encode(), name.encode())}

    assert refusal(packed(found)) == "Het logo is geen PNG of JPEG zoals wij die bewaren."


def test_a_file_that_is_gone_on_this_server_is_said_and_not_left_out() -> None:
    filled = make_filled("nl")
    for path in stored_files():
        path.unlink()

    with pytest.raises(Refused, match="beschadigd of weg"):
        exported(filled.member.organisation)


def test_ids_of_another_organisation_are_never_touched() -> None:
    theirs = make_filled("nl")
    before = exported(theirs.member.organisation)
    content = exported(make_member().organisation)
    row = json.loads(parts(before)["readiness.json"])["round"][0]
    given = changed(
        content,
        "readiness.json",
        lambda v: v["round"].append({**row, "name": "Gekaapt", "created_by": None, "previous": None}),
    )

    organisation = bring_in(io.BytesIO(given), make_person())

    assert exported(theirs.member.organisation) == before
    assert [r.name for r in Round.objects.filter(organisation=organisation)] == ["Gekaapt"]


def test_a_file_brought_in_far_too_often_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    from samenspraak.site.transfer import bring

    content = exported(make_member().organisation)
    monkeypatch.setattr(bring, "_are_taken", lambda _model, _ids: True)

    assert refusal(content) == "Dit bestand is te vaak binnengehaald."
