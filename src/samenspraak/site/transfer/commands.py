"""``samenspraak export`` and ``samenspraak import``: the same file as on the page, for whoever looks after the server."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from uuid import UUID

from samenspraak.site.problem import Problem
from samenspraak.site.start import say, start_django


def export_main(arguments: list[str]) -> int:
    """``samenspraak export ORGANISATION FILE``."""
    parser = argparse.ArgumentParser(
        prog="samenspraak export",
        description="Write everything of one organisation to a file that another Samenspraak can bring in.",
        epilog="--data DIR names another data folder than the setting. --schema prints what stands in the file.",
    )
    parser.add_argument("organisation", nargs="?", help="its name as on screen, or its id")
    parser.add_argument("file", nargs="?", type=Path, help="where to write, such as noord.zip")
    parser.add_argument("--schema", action="store_true", help="print the JSON Schema of the file and stop")
    options = parser.parse_args(arguments)
    start_django()
    if options.schema:
        from samenspraak.site.transfer.schema import schema  # noqa: PLC0415  it needs Django

        sys.stdout.write(json.dumps(schema(), indent=1, sort_keys=True) + "\n")
        return 0
    if not options.organisation or not options.file:
        parser.error("name an organisation and a file")
    _export(options.organisation, options.file.resolve())
    return 0


def _export(named: str, target: Path) -> None:
    from samenspraak.people.exchange import Refused  # noqa: PLC0415  all of this needs Django
    from samenspraak.people.models import Organisation  # noqa: PLC0415
    from samenspraak.site.backup import replacing  # noqa: PLC0415
    from samenspraak.site.transfer.gather import write_organisation  # noqa: PLC0415

    found = list(Organisation.objects.filter(name=named)[:2])
    if not found and _is_id(named):
        found = list(Organisation.objects.filter(pk=named))
    if len(found) != 1:
        names = ", ".join(f"{o.name} ({o.pk})" for o in Organisation.objects.order_by("name")[:20])
        raise Problem(f"There is not one organisation called {named!r}. There are: {names or 'none'}.")
    try:
        with replacing(target) as partial, partial.open("wb") as written:
            write_organisation(found[0], written)
    except Refused as refused:
        raise Problem(str(refused)) from None
    say(f"Everything of {found[0].name} stands in {target} ({target.stat().st_size / 1e6:.1f} MB).")


def _is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def import_main(arguments: list[str]) -> int:
    """``samenspraak import FILE --owner ADDRESS``."""
    parser = argparse.ArgumentParser(
        prog="samenspraak import",
        description="Make an organisation of a file that another Samenspraak wrote. What is already here stays as it is.",
        epilog="--data DIR names another data folder than the setting.",
    )
    parser.add_argument("file", type=Path)
    parser.add_argument("--owner", required=True, metavar="ADDRESS", help="the e-mail address of its owner here")
    options = parser.parse_args(arguments)
    if not options.file.is_file():
        raise Problem(f"There is no file {options.file}.")
    start_django()
    _import(options.file, options.owner.strip().lower())
    return 0


def _import(file: Path, address: str) -> None:
    from django.conf import settings  # noqa: PLC0415  all of this needs Django
    from django.core.exceptions import ValidationError  # noqa: PLC0415
    from django.core.validators import validate_email  # noqa: PLC0415

    from samenspraak.people import actions  # noqa: PLC0415
    from samenspraak.people.exchange import Refused  # noqa: PLC0415
    from samenspraak.people.models import Person  # noqa: PLC0415
    from samenspraak.site.installation import prepare_database  # noqa: PLC0415
    from samenspraak.site.transfer.bring import bring_in  # noqa: PLC0415

    try:
        validate_email(address)
        prepare_database(settings.ENVIRONMENT)
        person = Person.objects.filter(email=address, is_active=True).first()
        with file.open("rb") as source:
            organisation = bring_in(source, person)
    except ValidationError:
        raise Problem(f"{address!r} is no e-mail address.") from None
    except Refused as refused:
        raise Problem(f"{str(refused).rstrip('.')}. Nothing has changed.") from None
    except actions.AlreadyHere as already:
        raise Problem(f"This very file is here already, as {already.organisation.name}. Nothing has changed.") from None
    say(f"{organisation.name} is here.")
    if person is None:
        say(f"{address} has no account yet. Pass on this link; it makes them the owner and works for 14 days:")
        sys.stdout.write(actions.invite_first_owner(organisation, address) + "\n")
