"""The logo of an organisation: what may come in, and in which form it is kept."""

from __future__ import annotations

import io
import struct
import zlib
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from PIL import Image

from samenspraak.people.forms import LogoForm
from samenspraak.people.models import HistoryEntry, Member, Organisation
from tests.factories import client_of, make_member

pytestmark = pytest.mark.django_db


def history(member: Member) -> list[tuple[str, str, str]]:
    found = HistoryEntry.objects.filter(subject=member.organisation_id).order_by("id")
    return list(found.values_list("field", "old", "new"))


def text_of(response: HttpResponse) -> str:
    return response.content.decode()


def picture(kind: str = "PNG", size: tuple[int, int] = (300, 100), mode: str = "RGB", **options: Any) -> bytes:
    target = io.BytesIO()
    Image.effect_noise(size, 40).convert(mode).save(target, kind, **options)
    return target.getvalue()


def upload(client: Client, data: bytes, name: str = "logo.png") -> HttpResponse:
    return client.post("/organisation/logo/change", {"logo": SimpleUploadedFile(name, data)})


@pytest.mark.parametrize(
    ("kind", "mode", "media_type"),
    [("PNG", "RGB", "image/png"), ("PNG", "RGBA", "image/png"), ("PNG", "P", "image/png"), ("JPEG", "L", "image/jpeg")],
)
def test_a_logo_is_kept_and_shown_to_members(owner: Member, kind: str, mode: str, media_type: str) -> None:
    client = client_of(owner)

    response = upload(client, picture(kind, mode=mode))
    shown = client.get("/organisation/logo")

    assert response["Location"] == "/organisation?done=logo"
    assert (shown.status_code, shown["Content-Type"]) == (200, media_type)
    assert Image.open(io.BytesIO(shown.content)).size == (300, 100)
    assert 'src="/organisation/logo"' in text_of(client.get("/organisation"))
    assert history(owner) == [("logo", "", "new")]


def test_only_members_see_the_logo(owner: Member) -> None:
    upload(client_of(owner), picture())

    answers = [Client().get("/organisation/logo"), client_of(make_member()).get("/organisation/logo")]

    assert [a.status_code for a in answers] == [302, 404]


def test_a_large_logo_is_made_smaller(owner: Member) -> None:
    flat = io.BytesIO()
    Image.new("RGB", (3000, 1500), "#741b57").save(flat, "PNG")

    upload(client_of(owner), flat.getvalue())

    assert Image.open(io.BytesIO(Organisation.objects.get().logo)).size == (1200, 600)


def test_a_logo_that_grows_while_it_is_kept_is_made_smaller_still(owner: Member) -> None:
    data = picture("PNG", (700, 700), "P")

    upload(client_of(owner), data)

    logo = Organisation.objects.get().logo
    assert len(data) <= LogoForm.MOST_BYTES
    assert len(logo) <= LogoForm.MOST_BYTES


def test_what_was_hidden_in_a_logo_does_not_come_along(owner: Member) -> None:
    exif = Image.Exif()
    exif[0x010E] = "geheime plek"

    upload(client_of(owner), picture("JPEG", exif=exif) + b"<script>alert(1)</script>")

    logo = bytes(Organisation.objects.get().logo)
    assert (b"geheime plek" in logo, b"<script>" in logo) == (False, False)


def test_a_photo_taken_sideways_is_kept_upright(owner: Member) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6

    upload(client_of(owner), picture("JPEG", (300, 100), exif=exif))

    assert Image.open(io.BytesIO(Organisation.objects.get().logo)).size == (100, 300)


def bomb() -> bytes:
    """A PNG of a few hundred bytes that says it is 60,000 by 60,000."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")
    )


def wide() -> bytes:
    target = io.BytesIO()
    Image.new("1", (8000, 6000)).save(target, "PNG")
    return target.getvalue()


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b'<svg xmlns="http://www.w3.org/2000/svg"></svg>', "In een SVG-bestand kunnen programma’s zitten"),
        (b'<?xml version="1.0"?><SVG></SVG>', "In een SVG-bestand kunnen programma’s zitten"),
        (b"%PDF-1.7", "Dit is geen PNG of JPEG die we kunnen lezen."),
        (b"GIF89a" + bytes(50), "Dit is geen PNG of JPEG die we kunnen lezen."),
        (picture()[:200], "Dit is geen PNG of JPEG die we kunnen lezen."),
        (b"\x89PNG\r\n\x1a\n", "Dit is geen PNG of JPEG die we kunnen lezen."),
        (b"", "Dit bestand is leeg."),
        (bomb(), "Dit is geen PNG of JPEG die we kunnen lezen."),
        (wide(), "Dit beeld heeft te veel beeldpunten: 8000 bij 6000."),
        (picture()[:100] + bytes(511_901), "Dit bestand is 512 kB. Tot 512 kB gaat het mee."),
    ],
    ids=["svg", "old svg", "pdf", "gif", "half a png", "only a head", "nothing", "bomb", "too wide", "one byte over"],
)
def test_a_logo_that_does_not_do_is_explained(owner: Member, data: bytes, message: str) -> None:
    response = upload(client_of(owner), data)

    assert response.status_code == 422
    assert message in text_of(response).split('id="logo-error"')[1].split("<input")[0]
    assert Organisation.objects.get().logo is None


def test_no_file_is_asked_for(owner: Member) -> None:
    response = client_of(owner).post("/organisation/logo/change")

    assert (response.status_code, "Kies eerst een bestand" in text_of(response)) == (422, True)


def test_a_logo_is_removed_and_removing_nothing_is_no_change(owner: Member) -> None:
    client = client_of(owner)
    upload(client, picture())

    answers = [client.post("/organisation/logo/remove")["Location"] for _ in range(2)]

    assert answers == ["/organisation?done=logo-removed"] * 2
    assert client.get("/organisation/logo").status_code == 404
    assert history(owner) == [("logo", "", "new"), ("logo", "", "removed")]
