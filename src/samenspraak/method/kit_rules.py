"""What a schema cannot say about one sector kit: its numbers, what fits on a card, and what it points at.

Each rule is a function from a kit and the edition it leans on to findings.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from samenspraak.method.agenda import at_most
from samenspraak.method.kit_types import Kit
from samenspraak.method.places import Finding, Place
from samenspraak.method.rules import ids, texts
from samenspraak.method.types import Edition

EVENTS = 12
STAKEHOLDERS = range(8, 13)
LONGEST_ON_CARD = 220
FILLED = "dialogue-preparation"


def whole(kit: Kit, edition: Edition) -> Iterator[Finding]:
    """Ids and texts as in an edition; everything in a kit is ours, and it has a version from 1 on."""
    del edition
    yield from ids(kit)
    yield from texts(kit)
    if not kit.is_ours:
        yield Finding(("source",), f"The source is '{kit.source}'", "Write 'ours': a kit is made up")
    if kit.version < 1:
        yield Finding(("version",), f"The version is {kit.version}", "Count from 1")


def numbers(kit: Kit, edition: Edition) -> Iterator[Finding]:
    """Eight to twelve stakeholders, twelve events, and somebody whose rights are at stake."""
    del edition
    if len(kit.stakeholders) not in STAKEHOLDERS:
        yield Finding(("stakeholders",), f"There are {len(kit.stakeholders)} stakeholders", "Make them 8 to 12")
    if not any(stakeholder.is_rights_holder for stakeholder in kit.stakeholders):
        yield Finding(("stakeholders",), "Nobody's rights are at stake", "Name at least one rights-holder")
    if len(kit.events) != EVENTS:
        yield Finding(("events",), f"There are {len(kit.events)} events", f"Make them {EVENTS}")


def lengths(kit: Kit, edition: Edition) -> Iterator[Finding]:
    """What stands on a card fits on it."""
    del edition
    for index, role in enumerate(kit.roles):
        for field in ("who", "public_goal", "private_worry", "if_trust", "red_line", "opening"):
            yield from at_most(LONGEST_ON_CARD, getattr(role, field), ("roles", index, field))
    for index, event in enumerate(kit.events):
        for field in ("title", "text", "question"):
            yield from at_most(LONGEST_ON_CARD, getattr(event, field), ("events", index, field))


def follows(kit: Kit, edition: Edition) -> Iterator[Finding]:
    """The roles are those of the role play, the filled-in sheet has its boxes, and stories show an element."""
    workshop = edition.workshop
    parts = [part.id for part in workshop.role_play.parts]
    yield from _same((role.id for role in kit.roles), parts, ("roles",))
    boxes = [field.id for sheet in workshop.worksheets if sheet.id == FILLED for field in sheet.fields]
    yield from _same((filled.id for filled in kit.filled), boxes, ("filled",))
    elements = {element.id for element in edition.elements}
    for index, story in enumerate(kit.stories):
        if story.element not in elements:
            message = f"'element' points at element '{story.element}', which there is not"
            yield Finding(("stories", index, "element"), message, "Point at one there is")


def _same(found: Iterable[str], wanted: list[str], place: Place) -> Iterator[Finding]:
    have = list(found)
    if have != wanted:
        yield Finding(place, f"'{place[-1]}' holds {', '.join(have) or 'nothing'}", f"Make it {', '.join(wanted)}")


KIT_RULES = (whole, numbers, lengths, follows)


def kit_findings(kit: Kit, edition: Edition) -> Iterator[Finding]:
    """Everything the rules find in a kit."""
    for rule in KIT_RULES:
        yield from rule(kit, edition)
