"""People, organisations, members, invitations, history and the outbox."""

from __future__ import annotations

import uuid
from typing import NamedTuple

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models.functions import Lower, Now
from django.utils import timezone
from django.utils.translation import pgettext_lazy


class Role(models.TextChoices):
    """What a member may do. An owner also decides who is a member; a reader changes nothing."""

    OWNER = "owner", pgettext_lazy("role", "owner")
    EDITOR = "editor", pgettext_lazy("role", "editor")
    READER = "reader", pgettext_lazy("role", "reader")


class Reminders(models.TextChoices):
    """When somebody gets mail about the own tasks: a list every week, on the day itself, both, or never."""

    BOTH = "both", pgettext_lazy("reminders", "every week and on the day itself")
    WEEKLY = "weekly", pgettext_lazy("reminders", "every week")
    ON_THE_DAY = "day", pgettext_lazy("reminders", "on the day itself")
    NEVER = "never", pgettext_lazy("reminders", "never")


class Person(AbstractBaseUser):
    """Somebody who can sign in. ``language`` is the language of pages and mail for this person.

    ``current_memberships`` comes with the person of a session, oldest first; elsewhere it is None.
    """

    current_memberships: list[Member] | None = None

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(unique=True, max_length=254)
    name = models.CharField(max_length=120)
    language = models.CharField(max_length=2, default="nl")
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]
    objects = BaseUserManager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(language__in=["nl", "en"]), name="person_language"),
            models.CheckConstraint(condition=models.Q(email=Lower("email")), name="person_email_lower"),
        ]

    def __str__(self) -> str:
        return self.name


class Organisation(models.Model):
    """A tenant. ``time_zone`` is where its days begin; ``language`` is that of its papers unless asked otherwise.

    ``reminder_weekday`` (0 is Monday) and ``reminder_hour`` are when its people get mail about their tasks.

    ``logo`` is a PNG or JPEG that we encoded ourselves. The organisation of a session leaves it in the table until
    it is asked for. ``ends_on`` is the day on which everything is deleted, once an owner has asked for that. ``overlay_version`` rises with every change of its own words, and is 0 while it has none: it comes
    with the session, so that whoever has no own words pays nothing for them.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=120)
    language = models.CharField(max_length=2, default="nl")
    time_zone = models.CharField(max_length=64, default="Europe/Amsterdam")
    reminder_weekday = models.PositiveSmallIntegerField(default=0)
    reminder_hour = models.PositiveSmallIntegerField(default=8)
    logo = models.BinaryField(null=True)
    is_fictional = models.BooleanField(default=False)
    overlay_version = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(language__in=["nl", "en"]), name="organisation_language"),
            models.CheckConstraint(
                condition=models.Q(reminder_weekday__lte=6, reminder_hour__lte=23), name="organisation_reminder"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def logo_type(self) -> str:
        """The media type of the logo."""
        return "image/png" if bytes(self.logo or b"").startswith(b"\x89PNG") else "image/jpeg"


class Session(AbstractBaseSession):
    """One browser in which somebody is signed in, or is on the way to.

    ``device`` is the browser and the system in plain words, from what the browser says of itself; no address is kept
    and nothing else of it. ``seen_at`` is true to the hour.
    """

    person = models.ForeignKey(Person, models.CASCADE, null=True, related_name="sessions")
    device = models.CharField(max_length=60, blank=True)
    started_at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(default=timezone.now)

    class Meta:
        db_table = "people_session"


class Member(models.Model):
    """A person in an organisation. ``function`` is what colleagues know the person by: ‘inkoop’, ‘directie’.

    Somebody who came along with a file is *known by name*: ``person`` cannot sign in, ``known_email`` and
    ``known_left_at`` are what the file said, and ``left_at`` is set, so that nothing opens for them until they are
    invited.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="members")
    person = models.ForeignKey(Person, models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=10, choices=Role.choices)
    function = models.CharField(max_length=80, blank=True)
    reminders = models.CharField(max_length=6, choices=Reminders.choices, default=Reminders.BOTH)
    joined_at = models.DateTimeField(auto_now_add=True)
    left_at = models.DateTimeField(null=True, blank=True)
    known_email = models.EmailField(max_length=254, blank=True)
    known_left_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "person"], name="member_once"),
            models.CheckConstraint(condition=models.Q(role__in=Role.values), name="member_role"),
            models.CheckConstraint(condition=models.Q(reminders__in=Reminders.values), name="member_reminders"),
            models.CheckConstraint(
                condition=models.Q(known_email="") | models.Q(left_at__isnull=False), name="member_known_has_left"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}, {self.role}"

    @property
    def may_edit(self) -> bool:
        """Whether this member may change things."""
        return self.role in (Role.OWNER, Role.EDITOR)

    @property
    def is_owner(self) -> bool:
        """Whether this member decides about members and the organisation."""
        return self.role == Role.OWNER

    @property
    def label(self) -> str:
        """Name and function, as colleagues say it: ‘Sanne, duurzaamheid’."""
        return f"{self.person.name}, {self.function}" if self.function else self.person.name


class Invitation(models.Model):
    """A way in by mail, used at most once. Only the hash of its token is kept; ``mail`` is the newest that carries it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="invitations")
    email = models.EmailField(max_length=254)
    role = models.CharField(max_length=10, choices=Role.choices)
    language = models.CharField(max_length=2)
    token_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    mail = models.ForeignKey("Mail", models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "email"],
                condition=models.Q(accepted_at=None, withdrawn_at=None),
                name="invitation_open_once",
            ),
            models.CheckConstraint(condition=models.Q(role__in=Role.values), name="invitation_role"),
        ]

    def __str__(self) -> str:
        return self.email


class Guest(models.Model):
    """A link for one person without an account, to exactly one thing: the row ``subject``, for one ``purpose``.

    Only the hash of its key is kept. The key is drawn anew from ``once`` and the key of the installation for a
    reminder; after an answer ``once`` is wiped, so that only whoever holds the link can open it again. ``mail`` is
    the newest that carries the link.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    purpose = models.CharField(max_length=20)
    subject = models.UUIDField()
    email = models.EmailField(max_length=254)
    name = models.CharField(max_length=120)
    language = models.CharField(max_length=2)
    once = models.UUIDField(null=True, blank=True)
    key_hash = models.CharField(max_length=64, unique=True)
    asked_by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    mail = models.ForeignKey("Mail", models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["organisation", "purpose", "subject", "name"], name="guests_of_subject")]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "purpose", "subject", "email"],
                condition=models.Q(answered_at=None, withdrawn_at=None),
                name="guest_open_once",
            ),
            models.CheckConstraint(condition=models.Q(language__in=["nl", "en"]), name="guest_language"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_expired(self) -> bool:
        """Whether the link is too old."""
        return self.expires_at <= timezone.now()


class Scope(models.TextChoices):
    """What a token may do: look, or also change. Never more than its member may."""

    READ = "read", pgettext_lazy("scope", "read")
    WRITE = "write", pgettext_lazy("scope", "read and write")


class TokenDraft(NamedTuple):
    """What somebody asks for. ``once`` is the number of the form: the same form twice gives the same token."""

    name: str
    scope: str
    days: int
    once: uuid.UUID


class ApiToken(models.Model):
    """The way in for a program of one member of one organisation. Only the hash of the token is kept.

    It dies with the membership. ``last_used_on`` is a day, so that using it writes at most once a day.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    member = models.ForeignKey(Member, models.CASCADE, related_name="+")
    name = models.CharField(max_length=80)
    token_hash = models.CharField(max_length=64, unique=True)
    scope = models.CharField(max_length=10, choices=Scope.choices)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    last_used_on = models.DateField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["organisation", "member", "created_at"], name="token_of_member")]
        constraints = [models.CheckConstraint(condition=models.Q(scope__in=Scope.values), name="token_scope")]

    def __str__(self) -> str:
        return self.name


class FirstRunCode(models.Model):
    """The one-time code that a new installation prints instead of having a default account."""

    code_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return str(self.created_at)


class HistoryEntry(models.Model):
    """One change: who, when, what, from, to. Only ever added.

    ``subject`` is the id of the round, task … that changed, ``item`` the id of the piece it is about: a piece of the
    method or, for an organisation, a member. ``field`` is the name of the field in code. The name of the member is
    kept as it was.
    """

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    subject = models.UUIDField()
    item = models.CharField(max_length=80, blank=True)
    field = models.CharField(max_length=40)
    old = models.TextField(blank=True)
    new = models.TextField(blank=True)
    member = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    member_name = models.CharField(max_length=120)
    at = models.DateTimeField(db_default=Now())

    class Meta:
        indexes = [models.Index(fields=["organisation", "subject", "id"], name="history_of_subject")]

    def __str__(self) -> str:
        return f"{self.field} {self.at}"


class Mail(models.Model):
    """A mail that has to go out: the outbox. A row is sent at most once per ``key``.

    ``organisation`` is empty for mail that belongs to a person alone (a new password). ``try_at`` is when it may be
    tried; taking a mail moves it into the future, so that nobody else takes it and a worker that died does not keep
    it for ever. ``text`` and ``html`` are wiped once the mail has gone: they may carry a link that opens something.
    ``to`` is empty when it went so long ago that we forgot.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, models.CASCADE, null=True, related_name="+")
    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=120, unique=True)
    to = models.EmailField(max_length=254, blank=True)
    subject = models.CharField(max_length=200)
    text = models.TextField()
    html = models.TextField(blank=True)
    language = models.CharField(max_length=2)
    created_at = models.DateTimeField(auto_now_add=True)
    try_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True, blank=True)
    given_up_at = models.DateTimeField(null=True, blank=True)
    problem = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["try_at"], condition=models.Q(sent_at=None, given_up_at=None), name="mail_waiting")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"
