"""A file of Samenspraak becomes an organisation, or nothing changes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from typing import IO, Any, TypeVar
from uuid import UUID, uuid4, uuid5

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from samenspraak.people import actions
from samenspraak.people.exchange import Ids, Refused, Room, Taken, id_in, rows_of, take, within
from samenspraak.people.exchange.brought import brought_before
from samenspraak.people.models import Member, Organisation, Person
from samenspraak.site.transfer.archive import Archive
from samenspraak.site.transfer.rooms import ROOMS, file_of

Rooms = Sequence[Room]
Saved = TypeVar("Saved")

MOST_ROWS = 200_000
Given = dict[str, dict[str, list[Any]]]


def opened(source: IO[bytes], kind: str) -> Archive:
    """The archive, when it is of the kind that is wanted."""
    archive = Archive(source)
    if archive.manifest["kind"] != kind:
        raise Refused(
            _("This file holds a single round. Bring it in under ‘Are we ready?’.")
            if kind == "organisation"
            else _("This file holds a whole organisation. An owner brings it in on the page of the organisation.")
        )
    return archive


def given_rows(archive: Archive, rooms: Rooms) -> Given:
    """The rows by room and table, as many as the list says; nothing else may stand in the file."""
    files = {name for name in archive.names if not name.startswith("files/")}
    if files != {file_of(room) for room in rooms}:
        raise Refused(_("The file does not hold the rooms that this version of Samenspraak has."))
    found = {room.name: _of_room(archive, room) for room in rooms}
    counts = {f"{room}.{name}": len(rows) for room, tables in found.items() for name, rows in tables.items()}
    if counts != archive.manifest["counts"] or sum(counts.values()) > MOST_ROWS:
        raise Refused(_("The file does not hold as many rows as its list says, or more than fit."))
    return found


def _of_room(archive: Archive, room: Room) -> dict[str, list[Any]]:
    given = archive.rows(file_of(room))
    is_whole = isinstance(given, dict) and given.keys() == {t.name for t in room.tables}
    if not is_whole or not all(isinstance(rows, list) for rows in given.values()):
        raise Refused(_("%(name)s cannot be read.") % {"name": file_of(room)})
    return dict(given)


def known_ids(given: Given, rooms: Rooms) -> dict[type[Model], set[UUID]]:
    """The ids in the file, by table; no row may stand there twice."""
    known: dict[type[Model], set[UUID]] = {}
    for room in rooms:
        for table in (t for t in room.tables if t.has_own_ids):
            ids = []
            for number, row in enumerate(given[room.name][table.name], 1):
                with within(f"{file_of(room)}, {table.name} {number}"):
                    ids.append(id_in(row))
            known[table.model] = set(ids)
            if len(ids) != len(known[table.model]):
                raise Refused(_("Something stands in this file twice."))
    return known


def take_rows(given: Given, rooms: Rooms, ids: Ids) -> list[Taken]:
    """Every row of the file, not saved yet, the rooms and tables in their order."""
    found = []
    for room in rooms:
        for table in room.tables:
            for number, row in enumerate(given[room.name][table.name], 1):
                with within(f"{file_of(room)}, {table.name} {number}"):
                    found.append(take(table, row, ids))
    return found


def check_rooms(rows: list[Taken]) -> None:
    """What only rows together can get wrong."""
    by_table: dict[type[Model], list[Model]] = {}
    for taken in rows:
        by_table.setdefault(taken.table.model, []).append(taken.row)
    for room in ROOMS:
        room.check(by_table)


@contextmanager
def files_kept(archive: Archive, rows: list[Taken], organisation_id: UUID) -> Iterator[None]:
    """Give every row its bytes and keep its files; when anything goes wrong afterwards, the files go again."""
    wanted = {sha256 for taken in rows for sha256 in taken.files.values()}
    if {f"files/{sha256}" for sha256 in wanted} != {n for n in archive.names if n.startswith("files/")}:
        raise Refused(_("The files and the rows do not fit: something is missing or was added."))
    kept: list[str] = []
    try:
        for taken in rows:
            for column, sha256 in taken.files.items():
                _give_bytes(taken, column, archive.content(f"files/{sha256}"), organisation_id, kept)
        yield
    except BaseException:
        for name in kept:
            default_storage.delete(name)
        raise


def _give_bytes(taken: Taken, column: str, content: bytes, organisation_id: UUID, kept: list[str]) -> None:
    row, file = taken.row, taken.table.file
    if file is None or column != file.stored_as:
        setattr(row, column, content)
        return
    name = getattr(row, file.name)
    try:
        media_type = file.check(SimpleUploadedFile(name or "file", content))
    except ValidationError as problem:
        raise Refused(f"{name}: {' '.join(problem.messages)}") from None
    told = (getattr(row, file.media_type), getattr(row, file.size), getattr(row, file.sha256))
    if told != (media_type, len(content), taken.files[column]):
        raise Refused(_("%(name)s is not what its row says.") % {"name": name})
    setattr(row, file.stored_as, default_storage.save(f"{organisation_id}/{uuid4()}", ContentFile(content)))
    kept.append(getattr(row, file.stored_as))


def _new_names(
    known: Mapping[type[Model], set[UUID]], archive: Archive, person: Person | None
) -> Callable[[UUID], UUID]:
    """How ids are called here: as in the file where all are free, else all of them anew.

    New names follow from the file, from who brings it and from how often they are taken: the same file gives the same
    names, and nothing of anybody else is ever touched.
    """
    salt = f"{archive.sha256} {person.pk if person else ''}"
    ways: list[Callable[[UUID], UUID]] = [_as_it_is, *(partial(_renamed, f"{salt} {again}") for again in range(10))]
    for rename in ways:
        if not any(_are_taken(model, {rename(found) for found in ids}) for model, ids in known.items()):
            return rename
    raise Refused(_("This file has been brought in too often."))


def _as_it_is(found: UUID) -> UUID:
    return found


def _renamed(salt: str, found: UUID) -> UUID:
    return uuid5(found, salt)


def _are_taken(model: type[Model], ids: set[UUID]) -> bool:
    listed = sorted(ids)
    parts = (listed[start : start + 500] for start in range(0, len(listed), 500))
    return any(rows_of(model).filter(pk__in=part).exists() for part in parts)


def bring_in(source: IO[bytes], person: Person | None) -> Organisation:
    """Make the organisation in ``source``, owned by ``person``; raises ``Refused`` or ``AlreadyHere``."""
    archive = opened(source, "organisation")
    before = brought_before(person, archive.sha256)
    if before is not None:
        raise actions.AlreadyHere(before)
    given = given_rows(archive, ROOMS)
    known = known_ids(given, ROOMS)
    if len(known[Organisation]) != 1:
        raise Refused(_("This file holds not one organisation."))
    rename = _new_names(known, archive, person)
    rows = take_rows(given, ROOMS, Ids(known, rename))
    organisation = next(t.row for t in rows if isinstance(t.row, Organisation))
    for taken in rows:
        if taken.table.of != "pk":
            setattr(taken.row, taken.table.of, organisation)
    with files_kept(archive, rows, organisation.pk):
        check_rooms(rows)
        return saved(lambda: actions.bring_in_organisation(person, _brought(organisation, rows, archive.sha256)))


def saved(work: Callable[[], Saved]) -> Saved:
    """What ``work`` gives; where the database refuses a row, so does this."""
    try:
        with transaction.atomic():
            return work()
    except DatabaseError:
        raise Refused(_("Something in this file does not fit together.")) from None


def _brought(organisation: Organisation, rows: list[Taken], sha256: str) -> actions.Brought:
    members = [
        actions.KnownFigure(t.row, t.added["name"], t.added["email"], t.added["left_at"])
        for t in rows
        if isinstance(t.row, Member)
    ]
    others = [t.row for t in rows if not isinstance(t.row, Member | Organisation)]
    return actions.Brought(organisation, members, others, sha256)
