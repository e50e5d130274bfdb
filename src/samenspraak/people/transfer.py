"""What of people and organisations travels."""

from __future__ import annotations

import io
from collections.abc import Mapping
from functools import partial
from secrets import token_hex
from typing import Any
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from PIL import Image

from samenspraak.people.exchange import Refused, Room, Rows, Table
from samenspraak.people.exchange.brought import BROUGHT_IN, TAKEN_OUT, couriers_of
from samenspraak.people.models import ApiToken, Guest, HistoryEntry, Invitation, Mail, Member, Organisation

MOST_PIXELS = 1200


def _clock(name: str) -> str:
    try:
        ZoneInfo(name)
    except (KeyError, OSError, ValueError):
        raise ValidationError(_("“%(name)s” is not a clock we know") % {"name": name}) from None
    return name


def _known_as(member: Member) -> Mapping[str, Any]:
    """Name, address and leaving as they are; of somebody who is known by name, as the file said."""
    is_known = bool(member.known_email)
    return {
        "name": member.person.name,
        "email": member.known_email if is_known else member.person.email,
        "left_at": member.known_left_at if is_known else member.left_at,
    }


def _check(rows: Rows) -> None:
    for organisation in rows.get(Organisation, ()):
        logo = getattr(organisation, "logo", None)
        if logo is not None:
            _check_logo(logo)


def _check_logo(logo: bytes) -> None:
    """A PNG or JPEG of the size we make them; only its head is read."""
    try:
        with Image.open(io.BytesIO(logo), formats=("PNG", "JPEG")) as picture:
            is_ours = max(picture.size) <= MOST_PIXELS
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        is_ours = False
    if not is_ours:
        raise Refused(_("The logo is not a PNG or JPEG as we keep them."))


ROOM = Room(
    name="people",
    tables=(
        Table(
            model=Organisation,
            of="pk",
            left_out={"ends_on": "that it ends here is no reason to end where its file is brought in"},
            checks={"time_zone": _clock},
        ),
        Table(
            model=Member,
            left_out={
                "person": "an account stays where it is; who it was travels as name and email",
                "left_at": "travels as left_at, which is that of the file for somebody known by name",
                "known_email": "travels as email",
                "known_left_at": "travels as left_at",
            },
            added={
                "name": models.CharField(max_length=120),
                "email": models.EmailField(max_length=254),
                "left_at": models.DateTimeField(null=True),
            },
            write_added=_known_as,
            related=("person",),
            only_if_named=couriers_of,
        ),
        Table(
            model=Guest,
            rows=~models.Q(purpose="assessment"),
            rows_why="who of a team has answered is shown to nobody",
            left_out={
                "once": "the secret of a link",
                "key_hash": "the secret of a link; on arrival nothing fits it, so the old link opens nothing",
                "mail": "mail belongs to the installation that sends it",
            },
            ids_in=("subject",),
            fresh={"key_hash": partial(token_hex, 32)},
        ),
        Table(
            model=HistoryEntry,
            rows=~models.Q(field__in=(TAKEN_OUT, BROUGHT_IN)),
            rows_why="what the file itself did here is no part of what it holds",
            ids_in=("subject", "item"),
        ),
    ),
    left_out={
        Invitation: "a way in, with the hash of its secret; people are invited anew where the data goes",
        ApiToken: "a way in, with the hash of its secret; tokens are made anew where the data goes",
        Mail: "mail that waits or went belongs to the installation that sends it",
    },
    check=_check,
)
