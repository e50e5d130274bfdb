from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from samenspraak.people.models import Invitation, Member, Role
from samenspraak.site import installation
from samenspraak.site.demo_content import fill
from samenspraak.site.problem import Problem
from samenspraak.site.transfer import commands
from samenspraak.site.transfer.schema import schema
from tests.factories import make_member, make_organisation, make_person
from tests.readiness.filled import make_filled
from tests.site.transfer.files import elsewhere, exported, exported_round, parts

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def a_database_that_is_ready(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tests have theirs already."""
    monkeypatch.setattr(installation, "prepare_database", lambda _environment: None)
    monkeypatch.setattr(commands, "start_django", lambda: None)


def test_out_by_name_and_in_for_somebody_with_an_account(tmp_path: Path) -> None:
    organisation = make_filled("nl").member.organisation
    content, file = exported(organisation), tmp_path / "noord.zip"
    commands.export_main([organisation.name, str(file)])
    elsewhere()
    person = make_person(email="sanne@example.org")

    commands.import_main([str(file), "--owner", "Sanne@example.org"])

    own = Member.objects.select_related("organisation").get(person=person)
    assert (own.role, own.left_at, file.read_bytes()) == (Role.OWNER, None, content)
    assert exported(own.organisation) == content


def test_out_by_id(tmp_path: Path) -> None:
    organisation = make_organisation("Noord")
    make_organisation("Noord")
    file = tmp_path / "noord.zip"

    commands.export_main([str(organisation.pk), str(file)])

    assert file.read_bytes() == exported(organisation)


def test_in_for_somebody_without_an_account_prints_a_link(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "noord.zip"
    file.write_bytes(exported(make_member().organisation))
    elsewhere()

    commands.import_main([str(file), "--owner", "sanne@example.org"])

    assert "/invitation/" in capsys.readouterr().out
    assert Invitation.objects.get().role == Role.OWNER


@pytest.mark.parametrize("named", ["Zuid", "Noord", "8a227856-f864-47b4-8cd2-49e2e39fd391"])
def test_an_organisation_that_is_not_one_is_said_with_those_there_are(named: str, tmp_path: Path) -> None:
    for _ in range(2):
        make_organisation("Noord")

    with pytest.raises(Problem, match="There are: Noord"):
        commands.export_main([named, str(tmp_path / "x.zip")])


def test_a_file_that_is_damaged_on_this_server_leaves_no_half_export(tmp_path: Path) -> None:
    from tests.readiness.rounds import stored_files

    organisation = make_filled("nl").member.organisation
    for path in stored_files():
        path.unlink()

    with pytest.raises(Problem, match="beschadigd of weg"):
        commands.export_main([organisation.name, str(tmp_path / "x.zip")])
    assert list(tmp_path.iterdir()) == []


def test_what_cannot_come_in_is_said(tmp_path: Path) -> None:
    file = tmp_path / "noord.zip"

    with pytest.raises(Problem, match="There is no file"):
        commands.import_main([str(file), "--owner", "a@example.org"])
    file.write_bytes(b"PK")
    with pytest.raises(Problem, match="geen bestand van Samenspraak"):
        commands.import_main([str(file), "--owner", "a@example.org"])
    with pytest.raises(Problem, match="no e-mail address"):
        commands.import_main([str(file), "--owner", "nobody"])
    file.write_bytes(exported(make_organisation("Noord")))
    commands.import_main([str(file), "--owner", "a@example.org"])
    with pytest.raises(Problem, match="here already, as Noord"):
        commands.import_main([str(file), "--owner", "a@example.org"])


def test_the_schema_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    commands.export_main(["--schema"])

    assert json.loads(capsys.readouterr().out) == schema()


def test_nothing_named_is_told() -> None:
    with pytest.raises(SystemExit):
        commands.export_main([])


def test_the_demo_and_a_round_of_it_fit_the_schema() -> None:
    fill()
    round = make_filled("en").round
    told = schema()["$defs"]

    for room, part in parts(exported(round.organisation)).items():
        if room.endswith(".json"):
            jsonschema.validate(json.loads(part), told[room], format_checker=jsonschema.FormatChecker())
    for room, part in parts(exported_round(round)).items():
        if room.endswith(".json") and room != "manifest.json":
            jsonschema.validate(json.loads(part), told[f"round: {room}"])
