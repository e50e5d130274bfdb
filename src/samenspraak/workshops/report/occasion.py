"""What every paper of a workshop needs to know, and the frame they share."""

from __future__ import annotations

from datetime import date, time
from typing import NamedTuple

from django.utils.translation import gettext as _

from samenspraak.documents.blocks import Block, Document, DocumentKind
from samenspraak.method.kit_types import Kit
from samenspraak.method.types import Language
from samenspraak.method.workshop_types import Programme
from samenspraak.people.models import Organisation


class Occasion(NamedTuple):
    """One workshop: whose, about which kit, for how many people, from what time; ``day`` is when the paper is made."""

    organisation: Organisation
    language: Language
    programme: Programme
    kit: Kit
    people: int
    starts: time
    day: date

    def paper(self, title: str, blocks: list[Block], *, kind: DocumentKind = "report", lead: str = "") -> Document:
        """A paper of this workshop, in its language."""
        logo = self.organisation.logo
        return Document(
            title=title,
            language=self.language,
            day=self.day,
            organisation=self.organisation.name,
            logo=bytes(logo) if logo else None,
            kind=kind,
            sender_line=self.kit.title,
            lead=lead,
            blocks=tuple(blocks),
            foot_start=_(
                "Made with Samenspraak, independent of the SER. Times within a part, script, slides and case are ours."
            ),
            subject=self.programme.title,
        )
