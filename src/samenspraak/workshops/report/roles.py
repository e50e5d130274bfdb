"""Hand-outs of the role play: one page for each role, for one pair of eyes."""

from __future__ import annotations

from django.utils.translation import gettext as _

from samenspraak.documents.blocks import Block, Document, Facts, Heading, Notice, PageBreak, Paragraph
from samenspraak.method.kit_types import Role
from samenspraak.workshops.report.occasion import Occasion


def roles(occasion: Occasion) -> Document:
    """The roles of the case, a page each: what is said aloud, what is kept, what comes out with trust, and the limit."""
    play = occasion.programme.role_play
    parts = {part.id: part for part in play.parts}
    blocks: list[Block] = []
    for number, role in enumerate(occasion.kit.roles):
        blocks += [PageBreak()] if number else []
        blocks += _role(occasion, role, parts[role.id].title)
    return occasion.paper(_("Roles for the role play"), blocks, lead=play.safety)


def _role(occasion: Occasion, role: Role, title: str) -> list[Block]:
    play = occasion.programme.role_play
    return [
        Heading(text=f"{role.name}, {title}" if role.name != title else title),
        Paragraph(text=role.who, tone="lead"),
        Facts(
            rows=(
                (play.public_goal, role.public_goal),
                (play.private_worry, role.private_worry),
                (play.if_trust, role.if_trust),
                (play.red_line, role.red_line),
                (_("You may begin with"), role.opening),
            )
        ),
        Notice(text=_("Show this page to nobody."), tone="attention"),
    ]
