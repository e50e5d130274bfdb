"""The programme and the kits, for this organisation and language, and how many of everything."""

from __future__ import annotations

from math import ceil
from typing import NamedTuple

from django.http import Http404

from samenspraak.library.queries import edition_for
from samenspraak.method.kit_types import Kit
from samenspraak.method.kits import load_kits
from samenspraak.method.types import Language
from samenspraak.method.workshop_types import GroupRule, Material, Programme
from samenspraak.people.models import Member


def programme_for(member: Member, language: str) -> Programme:
    """The workshop as the edition of this organisation describes it."""
    return edition_for(member.organisation, _known(language)).workshop


def kits_in(language: str) -> tuple[Kit, ...]:
    """Every sector kit."""
    return load_kits(_known(language))


def kit_for(kit_id: str, language: str) -> Kit:
    """The kit with this id; else 404."""
    for kit in kits_in(language):
        if kit.id == kit_id:
            return kit
    raise Http404


def _known(language: str) -> Language:
    return "en" if language == "en" else "nl"


class Needed(NamedTuple):
    """Something to bring, and how many."""

    material: Material
    number: int


def tables_for(rule: GroupRule, people: int) -> int:
    """How many tables: four, and fewer where a table would have fewer people than it needs."""
    return max(1, min(rule.tables, people // rule.table_minimum))


def needed(programme: Programme, people: int) -> tuple[Needed, ...]:
    """What to bring for this number of people, in the order of the programme."""
    tables = tables_for(programme.group, people)
    per = {
        "person": people,
        "pair": ceil(people / 2),
        "group": tables,
        "trainer": programme.trainers.advised,
        "room": 1,
    }
    return tuple(Needed(m, m.amount * per[m.per] + m.spare) for m in programme.materials)


def size_advice(rule: GroupRule, people: int) -> tuple[str, str]:
    """What the method says about this number of people: how it stands (``good``, ``attention``) and the words."""
    if people < rule.minimum:
        return "attention", rule.too_few
    if people > rule.maximum:
        return "attention", rule.too_many
    if people < rule.ideal_from:
        return "attention", rule.few
    if people > rule.ideal_to:
        return "attention", rule.many
    return "good", rule.about
