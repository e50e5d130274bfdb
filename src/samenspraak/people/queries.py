"""Reads about people that deserve a name, and the loaders that authorise."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone

from samenspraak.people.http import Gone, GuestGone
from samenspraak.people.models import (
    ApiToken,
    Guest,
    HistoryEntry,
    Invitation,
    Member,
    Organisation,
    Person,
    Role,
    Session,
)
from samenspraak.people.remembered import Remembered, columns

SESSION_ORGANISATION = "organisation"
A_PAGE = 100


_PERSON = columns(Person)
_MEMBER = columns(Member)
_ORGANISATION = [name for name in columns(Organisation) if name != "logo"]
_MEMBERSHIPS = Remembered(
    lambda person_id: (
        Member.objects.filter(person_id=person_id, left_at=None)
        .order_by("joined_at", "id")
        .values_list(
            *_MEMBER, *(f"person__{name}" for name in _PERSON), *(f"organisation__{name}" for name in _ORGANISATION)
        )
    )
)


def person_with_memberships(person_id: UUID) -> Person | None:
    """A person with everything a page wants to know about who asks, in one query.

    Asked from the side of the members, because nearly everybody is one; only somebody without any organisation costs
    a second query. The logo stays in the table. Every page pays for this query, so it is a remembered one.
    """
    rows = _MEMBERSHIPS(person_id)
    if not rows:
        person = Person.objects.filter(pk=person_id).first()
        if person is not None:
            person.current_memberships = []
        return person
    to_person, to_organisation = len(_MEMBER), len(_MEMBER) + len(_PERSON)
    person = Person.from_db("default", _PERSON, rows[0][to_person:to_organisation])
    person.current_memberships = []
    for row in rows:
        member = Member.from_db("default", _MEMBER, row[:to_person])
        member.person = person
        member.organisation = Organisation.from_db("default", _ORGANISATION, row[to_organisation:])
        person.current_memberships.append(member)
    return person


def memberships_of(person: Person) -> list[Member]:
    """Where this person is a member now, oldest first; read already for the person of a session."""
    if person.current_memberships is None:
        known = person_with_memberships(person.pk)
        person.current_memberships = (known.current_memberships if known else None) or []
    return person.current_memberships


def member_of_session(request: HttpRequest) -> Member | None:
    """The membership this session works in: the chosen organisation, else the first the person joined."""
    if not isinstance(request.user, Person):
        return None
    memberships = memberships_of(request.user)
    chosen = request.session.get(SESSION_ORGANISATION)
    return next((m for m in memberships if str(m.organisation_id) == chosen), memberships[0] if memberships else None)


_COLLEAGUES = Remembered(
    lambda organisation_id: (
        Member.objects.filter(organisation_id=organisation_id, left_at=None)
        .order_by("person__name", "id")
        .values_list(*_MEMBER, *(f"person__{name}" for name in _PERSON))
    )
)


def members_of(member: Member) -> list[Member]:
    """The colleagues of a member, the member too, by name."""
    found = []
    for row in _COLLEAGUES(member.organisation_id):
        colleague = Member.from_db("default", _MEMBER, row[: len(_MEMBER)])
        colleague.person = Person.from_db("default", _PERSON, row[len(_MEMBER) :])
        found.append(colleague)
    return found


def _members(member: Member) -> QuerySet[Member]:
    found = Member.objects.filter(organisation_id=member.organisation_id, left_at=None)
    return found.select_related("person").order_by("person__name", "id")


class MembersPage(NamedTuple):
    """At most a hundred members by name; ``total`` counts all. Each has ``has_second_factor``, for owners to see."""

    members: list[Member]
    total: int
    page: int

    @property
    def has_more(self) -> bool:
        """Whether there is a next page."""
        return self.page * A_PAGE < self.total


def members_page(member: Member, page: int = 1) -> MembersPage:
    """One page of the colleagues of a member."""
    factors = Authenticator.objects.filter(user_id=OuterRef("person_id"))
    found = _members(member).annotate(has_second_factor=Exists(factors))
    start = (page - 1) * A_PAGE
    return MembersPage(list(found[start : start + A_PAGE]), found.count(), page)


def colleague_for(member: Member, colleague_id: UUID) -> Member:
    """A colleague in the same organisation, or 404; one who left too, so that a second click finds what it asked for."""
    found = Member.objects.filter(organisation_id=member.organisation_id).select_related("person")
    return get_object_or_404(found, pk=colleague_id)


def number_of_owners(organisation_id: UUID) -> int:
    """How many owners an organisation has."""
    return Member.objects.filter(organisation_id=organisation_id, left_at=None, role=Role.OWNER).count()


def sole_ownerships(person: Person, organisation_id: UUID | None = None) -> list[Organisation]:
    """Where this person is the only owner, of one organisation or of all."""
    mine = Member.objects.filter(person=person, left_at=None, role=Role.OWNER)
    if organisation_id is not None:
        mine = mine.filter(organisation_id=organisation_id)
    owners = Count("members", filter=Q(members__role=Role.OWNER, members__left_at=None))
    found = Organisation.objects.filter(pk__in=mine.values("organisation_id")).annotate(owners=owners)
    return list(found.filter(owners=1).defer("logo").order_by("name"))


class Device(NamedTuple):
    """A browser in which somebody is signed in. ``mark`` stands for its key, which is a key indeed."""

    device: str
    started_at: datetime
    seen_at: datetime
    mark: str
    is_here: bool


def sessions_of(person: Person, here: str) -> list[Device]:
    """Where this person is signed in: this browser first, then the one used last."""
    found = Session.objects.filter(person=person, expire_date__gt=timezone.now()).order_by("-seen_at")[:A_PAGE]
    devices = [
        Device(s.device, s.started_at, s.seen_at, hash_of_token(s.session_key), s.session_key == here) for s in found
    ]
    return sorted(devices, key=lambda device: not device.is_here)


class Factors(NamedTuple):
    """What somebody shows besides the password. ``codes`` are the recovery codes that are left."""

    app: Authenticator | None
    passkeys: list[Authenticator]
    codes: int

    @property
    def are_there(self) -> bool:
        """Whether there is a second factor."""
        return self.app is not None or bool(self.passkeys)


def factors_of(person: Person) -> Factors:
    """The second factor of a person, in one query."""
    rows = list(Authenticator.objects.filter(user=person).order_by("pk"))
    by_type = {row.type: row for row in rows}
    recovery = by_type.get(Authenticator.Type.RECOVERY_CODES)
    return Factors(
        by_type.get(Authenticator.Type.TOTP),
        [row for row in rows if row.type == Authenticator.Type.WEBAUTHN],
        len(recovery.data["hashes"]) if recovery else 0,
    )


def has_organisation() -> bool:
    """Whether this installation has been started by somebody."""
    return Organisation.objects.exists()


def has_logo(member: Member) -> bool:
    """Whether the organisation has a logo, without bringing it along."""
    return Organisation.objects.filter(pk=member.organisation_id, logo__isnull=False).exists()


def is_member_address(member: Member, email: str) -> bool:
    """Whether somebody with this address is a colleague already."""
    return _members(member).filter(person__email=email).exists()


def mail_is_configured() -> bool:
    """Whether this installation has a mail server; without one mail waits in the outbox."""
    return settings.ENVIRONMENT.mail is not None


def hash_of_token(token: str) -> str:
    """What is kept of the token in a link: 256 random bits need no slow hash."""
    return hashlib.sha256(token.encode()).hexdigest()


def open_invitations(member: Member) -> list[Invitation]:
    """Invitations that nobody has used or withdrawn, the newest first; too old ones too: their owner may send anew."""
    found = Invitation.objects.filter(organisation_id=member.organisation_id, accepted_at=None, withdrawn_at=None)
    return list(found.select_related("mail").order_by("-created_at", "id")[:A_PAGE])


def invitation_for(member: Member, invitation_id: UUID) -> Invitation:
    """An invitation of the same organisation, open or ended, or 404."""
    return get_object_or_404(Invitation, organisation_id=member.organisation_id, pk=invitation_id)


def invitation_of_token(token: str) -> Invitation | None:
    """The invitation a link opens: None when it was used, withdrawn, is too old or never was one."""
    found = Invitation.objects.filter(
        token_hash=hash_of_token(token), accepted_at=None, withdrawn_at=None, expires_at__gt=timezone.now()
    )
    return found.select_related("organisation", "invited_by__person").defer("organisation__logo").first()


def is_invitation_path(path: str, email: str) -> bool:
    """Whether this page is an invitation that still works, for this address."""
    before, _slash, token = path.rpartition("/")
    found = invitation_of_token(token) if before == "/invitation" else None
    return found is not None and found.email == email


_GUEST = columns(Guest)
_BY_LINK = Remembered(
    lambda key_hash, purpose: (
        Guest.objects.filter(key_hash=key_hash, purpose=purpose)
        .annotate(
            has_members=Exists(Member.objects.filter(organisation_id=OuterRef("organisation_id"), left_at=None)),
        )
        .values_list(
            "has_members",
            *_GUEST,
            *(f"organisation__{name}" for name in _ORGANISATION),
            *(f"asked_by__{name}" for name in _MEMBER),
            *(f"asked_by__person__{name}" for name in _PERSON),
        )
    )
)


def _guest_from(row: tuple[Any, ...]) -> Guest:
    """A guest with the organisation and who asked, of a row of ``_BY_LINK``; who asked may be gone altogether."""
    to_organisation = len(_GUEST)
    to_member = to_organisation + len(_ORGANISATION)
    to_person = to_member + len(_MEMBER)
    guest = Guest.from_db("default", _GUEST, row[:to_organisation])
    guest.organisation = Organisation.from_db("default", _ORGANISATION, row[to_organisation:to_member])
    if guest.asked_by_id is not None:
        guest.asked_by = Member.from_db("default", _MEMBER, row[to_member:to_person])
        guest.asked_by.person = Person.from_db("default", _PERSON, row[to_person:])
    return guest


def guest_for(key: str, purpose: str, *, may_correct: bool = False) -> Guest:
    """Whom a link is for, with the organisation and who asked; 404 where there never was such a link.

    Raises ``GuestGone`` when it opens nothing any more. ``may_correct`` leaves a link open after the answer, until
    it is too old.
    """
    rows = _BY_LINK(hash_of_token(key), purpose)
    if not rows:
        raise Http404
    has_members, row = rows[0][0], rows[0][1:]
    guest = _guest_from(row)
    ends = (
        (Gone.ORGANISATION, guest.organisation.ends_on is not None or not has_members),
        (Gone.WITHDRAWN, guest.withdrawn_at is not None),
        (Gone.USED, guest.answered_at is not None and not may_correct),
        (Gone.EXPIRED, guest.is_expired),
    )
    for why, is_so in ends:
        if is_so:
            raise GuestGone(guest, why)
    return guest


def guest_of(member: Member, purpose: str, guest_id: UUID) -> Guest:
    """A guest that the organisation of this member asked, answered or not, or 404."""
    found = Guest.objects.filter(organisation_id=member.organisation_id, purpose=purpose).select_related("mail")
    return get_object_or_404(found, pk=guest_id)


def has_account(email: str) -> bool:
    """Whether somebody signs in with this address, or once did."""
    return Person.objects.filter(email=email).exists()


class HistoryPage(NamedTuple):
    """At most a hundred changes, the newest first."""

    entries: list[HistoryEntry]
    page: int
    has_older: bool


def history_of(member: Member, subject: UUID, page: int = 1) -> HistoryPage:
    """What changed about ``subject``, as far as it is of the member's own organisation."""
    found = HistoryEntry.objects.filter(organisation_id=member.organisation_id, subject=subject).order_by("-id")
    start = (page - 1) * A_PAGE
    entries = list(found[start : start + A_PAGE + 1])
    return HistoryPage(entries[:A_PAGE], page, len(entries) > A_PAGE)


def names_in(member: Member, page: HistoryPage) -> dict[str, str]:
    """The members and invitations that lines in an organisation's history are about, by their id."""
    asked = {entry.item for entry in page.entries if entry.item}
    members = Member.objects.filter(organisation_id=member.organisation_id, pk__in=asked)
    invitations = Invitation.objects.filter(organisation_id=member.organisation_id, pk__in=asked)
    found = [*members.values_list("pk", "person__name"), *invitations.values_list("pk", "email")]
    return {str(pk): name for pk, name in found}


def whole_history(member: Member, subject: UUID) -> list[HistoryEntry]:
    """Every change of ``subject``, the newest first: for papers, which leave nothing out."""
    found = HistoryEntry.objects.filter(organisation_id=member.organisation_id, subject=subject)
    return list(found.order_by("-id"))


def tokens_of(member: Member) -> list[ApiToken]:
    """The tokens of this member that still work or only became too old, the newest first."""
    found = ApiToken.objects.filter(organisation_id=member.organisation_id, member_id=member.pk, withdrawn_at=None)
    return list(found.order_by("-created_at", "id")[:A_PAGE])


def token_for(member: Member, token_id: UUID) -> ApiToken:
    """A token of this member, withdrawn or not, or 404."""
    return get_object_or_404(ApiToken, organisation_id=member.organisation_id, member_id=member.pk, pk=token_id)


_TOKEN = columns(ApiToken)
_TOKENS = Remembered(
    lambda token_hash: ApiToken.objects.filter(
        token_hash=token_hash, withdrawn_at=None, member__left_at=None, member__person__is_active=True
    ).values_list(
        *_TOKEN,
        *(f"member__{name}" for name in _MEMBER),
        *(f"member__person__{name}" for name in _PERSON),
        *(f"member__organisation__{name}" for name in _ORGANISATION),
    )
)


def token_in_use(token: str) -> ApiToken | None:
    """The token with its member, while it and the membership last; every question of a program pays for this."""
    rows = _TOKENS(hash_of_token(token))
    if not rows:
        return None
    to_member, to_person = len(_TOKEN), len(_TOKEN) + len(_MEMBER)
    to_organisation = to_person + len(_PERSON)
    found = ApiToken.from_db("default", _TOKEN, rows[0][:to_member])
    found.member = Member.from_db("default", _MEMBER, rows[0][to_member:to_person])
    found.member.person = Person.from_db("default", _PERSON, rows[0][to_person:to_organisation])
    found.member.organisation = Organisation.from_db("default", _ORGANISATION, rows[0][to_organisation:])
    return found if found.expires_at > timezone.now() else None
