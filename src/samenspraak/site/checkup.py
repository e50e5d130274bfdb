"""The part of ``doctor`` that needs Django: the database, the fonts, mail and the work in the background."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from samenspraak.documents.glyphs import shipped_fonts
from samenspraak.people.company import CompanyAway, reach
from samenspraak.site.backup import last_backup_at, problems_in
from samenspraak.site.environment import DATABASE, CompanyAccount, Environment, MailServer
from samenspraak.site.finding import Finding, ok, warn, wrong
from samenspraak.site.health import outbox, worker_age
from samenspraak.site.installation import OVER_THE_NETWORK, file_system_of, unknown_migrations
from samenspraak.site.locks import WORKER_LOCK, is_locked

PRAGMAS = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1}


def examine(environment: Environment) -> Iterator[Finding]:
    """Everything; what stands in the database only when there is one of this version."""
    found = list(database(environment))
    yield from found
    yield from fonts()
    yield mail(environment.mail)
    if environment.company:
        yield company_account(environment.company)
    yield backup(environment)
    yield debug()
    if found[0].level == "ok":
        yield letters()
        yield background(environment.data)


def database(environment: Environment) -> Iterator[Finding]:
    """Whether it is there, of this version, and whole."""
    if environment.database is None and not (environment.data / DATABASE).exists():
        yield warn("database", "there is none yet", "start once with: samenspraak serve")
        return
    try:
        executor = MigrationExecutor(connection)
    except Exception as problem:
        yield wrong(
            "database", f"cannot be reached: {problem}", "is it running, and is SAMENSPRAAK_DATABASE_URL right?"
        )
        return
    newer = unknown_migrations(executor)
    pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if newer:
        yield wrong("database", f"made by a newer version ({newer[0]})", "install that version, or restore a backup")
    elif pending:
        yield warn(
            "database", f"{len(pending)} changes behind this version", "start: samenspraak serve brings it up to date"
        )
    else:
        yield ok("database", f"{connection.vendor}, up to date")
    if connection.vendor == "sqlite":
        yield from sqlite(environment)


def sqlite(environment: Environment) -> Iterator[Finding]:
    """What SQLite says of its file, and how it is set."""
    found = problems_in(environment.data / DATABASE)
    if found:
        yield wrong("content", found[0], "restore the last good backup: samenspraak restore FILE --replace")
    else:
        yield ok("content", "whole: every page and every reference checked")
    with connection.cursor() as cursor:
        values = {
            "journal_mode": cursor.execute("PRAGMA journal_mode").fetchone()[0],
            "synchronous": cursor.execute("PRAGMA synchronous").fetchone()[0],
            "foreign_keys": cursor.execute("PRAGMA foreign_keys").fetchone()[0],
            "secure_delete": cursor.execute("PRAGMA secure_delete").fetchone()[0],
        }
    different = [f"{name} is {values[name]}, not {value}" for name, value in PRAGMAS.items() if values[name] != value]
    if different:
        yield wrong("sqlite", "; ".join(different), "this SQLite does not do what was asked: install another build")
    else:
        yield ok("sqlite", "what was saved is on disk")
    kind = file_system_of(environment.data)
    if kind in OVER_THE_NETWORK:
        yield wrong("disk", f"a network file system ({kind})", "move the data folder to a disk of this machine")


def fonts() -> Iterator[Finding]:
    """The fonts of the papers, which come with the packages."""
    try:
        families = {font.family for font in shipped_fonts().fonts()}
    except ImportError as problem:
        yield wrong("fonts", str(problem), "install the packages as locked: python3 run.py doctor")
        return
    yield ok("fonts", f"{len(families)} families") if families else wrong("fonts", "none", "install the packages again")


def mail(server: MailServer | None) -> Finding:
    """Whether mail can go out."""
    if server is None:
        return warn(
            "mail", "no mail server, so nobody gets an invitation or a new password", "set SAMENSPRAAK_MAIL_URL"
        )
    return greet(server)


def company_account(company: CompanyAccount) -> Finding:
    """Whether the provider answers, and is who the settings say."""
    try:
        reach()
    except CompanyAway as problem:
        text = f"{company.issuer} cannot be used: {problem}"
        return wrong("company", text, "check SAMENSPRAAK_OIDC_ISSUER and SAMENSPRAAK_OIDC_HOSTS")
    return ok("company", f"{company.issuer}, for {', '.join(sorted(company.domains))}")


def letters() -> Finding:
    """Whether mail does go out."""
    count, oldest = outbox()
    if oldest is not None and oldest > 60:
        return warn("outbox", f"{count} mails wait, the oldest for {oldest} minutes", "look at the mail server")
    return ok("outbox", f"{count} mails wait")


def greet(server: MailServer) -> Finding:
    """Connect to the mail server as sending would, without sending."""
    where = f"{server.host}:{server.port}"
    context = ssl.create_default_context()
    try:
        if server.security == "tls":
            session: smtplib.SMTP = smtplib.SMTP_SSL(server.host, server.port, timeout=10, context=context)
        else:
            session = smtplib.SMTP(server.host, server.port, timeout=10)
        with session:
            session.ehlo()
            if server.security == "starttls":
                session.starttls(context=context)
                session.ehlo()
            if server.user:
                session.login(server.user, server.password)
    except (OSError, smtplib.SMTPException) as problem:
        return wrong("mail", f"{where} does not take our mail: {problem}", "check SAMENSPRAAK_MAIL_URL")
    if server.security == "none" and server.host not in ("localhost", "127.0.0.1"):
        return warn("mail", f"{where} without protection on the way", "use smtp:// (STARTTLS) or smtps:// (TLS)")
    return ok("mail", f"{where} ({server.security})")


def background(data: Path) -> Finding:
    """Whether somebody does the work in the background."""
    age = worker_age(data)
    now, lately = timezone.now(), timezone.now() - timedelta(minutes=5)
    waiting = DBTaskResult.objects.ready().filter(enqueued_at__lt=lately)
    late = waiting.exclude(run_after__gt=lately, run_after__lt=now).count()  # what came due just now is not late
    if late:
        return wrong("worker", f"{late} tasks wait for more than five minutes", "start: samenspraak serve (or worker)")
    if is_locked(data / WORKER_LOCK) or (age is not None and age < 60):
        return ok("worker", "at work")
    return warn("worker", "not seen lately", "it works inside: samenspraak serve")


def backup(environment: Environment) -> Finding:
    """When the last backup was made."""
    if environment.database is not None:
        return ok("backup", "by PostgreSQL's own tools: docs/operating.md")
    made_at = last_backup_at(environment.data)
    if made_at is None:
        return warn("backup", "never made", "samenspraak backup FILE, every night")
    if timezone.now() - made_at > timedelta(hours=48):
        return warn("backup", f"the last one is of {made_at:%Y-%m-%d}", "samenspraak backup FILE, every night")
    return ok("backup", f"{made_at:%Y-%m-%d %H:%M} UTC")


def debug() -> Finding:
    """Django's debug pages tell everything to everybody."""
    return (
        wrong("debug", "is on", "nothing of ours sets it: who changed the code?")
        if settings.DEBUG
        else ok("debug", "off")
    )
