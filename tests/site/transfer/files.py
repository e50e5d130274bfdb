"""An export in a test: made, emptied out of the installation, changed by hand."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Callable
from typing import Any
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from samenspraak.people.models import Member, Organisation, Person
from samenspraak.readiness.models import Round
from samenspraak.site.transfer.archive import MANIFEST, as_json
from samenspraak.site.transfer.gather import write_organisation
from samenspraak.site.transfer.round import write_round

Parts = dict[str, bytes]


def exported(organisation: Organisation) -> bytes:
    target = io.BytesIO()
    write_organisation(Organisation.objects.get(pk=organisation.pk), target)
    return target.getvalue()


def exported_round(round: Round, *, has_answers: bool = True) -> bytes:
    target = io.BytesIO()
    write_round(round, target, has_answers=has_answers)
    return target.getvalue()


def elsewhere() -> None:
    """Another installation: this one without a single row of people."""
    Organisation.objects.all().delete()
    Person.objects.all().delete()


def parts(content: bytes) -> Parts:
    with ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(given: Parts, *, told: bool = True) -> bytes:
    """An archive of these parts; with ``told`` its list says what is in it, as one would who forges it with care."""
    found = dict(given)
    if told:
        manifest = json.loads(found[MANIFEST])
        manifest["entries"] = {
            name: {"bytes": len(part), "sha256": hashlib.sha256(part).hexdigest()}
            for name, part in found.items()
            if name != MANIFEST
        }
        found[MANIFEST] = as_json(manifest)
    target = io.BytesIO()
    with ZipFile(target, "w", ZIP_STORED) as archive:
        for name, part in found.items():
            archive.writestr(ZipInfo(name, (1980, 1, 1, 0, 0, 0)), part)
    return target.getvalue()


def changed(content: bytes, name: str, change: Callable[[Any], Any]) -> bytes:
    """The archive with the JSON of one part changed, counted and signed anew."""
    found = parts(content)
    value = json.loads(found[name])
    replaced = change(value)
    found[name] = as_json(value if replaced is None else replaced)
    if name != MANIFEST:
        manifest = json.loads(found[MANIFEST])
        room = name.removesuffix(".json")
        told = json.loads(found[name])
        if isinstance(told, dict) and all(isinstance(rows, list) for rows in told.values()):
            manifest["counts"] |= {f"{room}.{table}": len(rows) for table, rows in told.items()}
        found[MANIFEST] = as_json(manifest)
    return packed(found)


def owner_of(organisation: Organisation) -> Member:
    return Member.objects.filter(organisation=organisation, left_at=None).select_related("person").get()
