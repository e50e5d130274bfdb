from __future__ import annotations

import io
import zipfile

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st

from samenspraak.readiness.forms import EvidenceForm
from samenspraak.ui.uploads import media_type_of


def office(part: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(f"{part}/document.xml", "<x/>")
    return packed.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "media_type"),
    [
        ("a.pdf", b"%PDF-1.4 x", "application/pdf"),
        ("A.PDF", b"%PDF-1.4 x", "application/pdf"),
        ("a.png", b"\x89PNG\r\n\x1a\n...", "image/png"),
        ("a.jpg", b"\xff\xd8\xff\xe0", "image/jpeg"),
        ("a.jpeg", b"\xff\xd8\xff\xe0", "image/jpeg"),
        ("a.docx", office("word"), "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("a.xlsx", office("xl"), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("a.pptx", office("ppt"), "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
    ],
)
def test_a_file_is_what_its_name_and_its_content_say(name: str, content: bytes, media_type: str) -> None:
    assert media_type_of(SimpleUploadedFile(name, content)) == media_type


@pytest.mark.parametrize("name", ["a.docx", "a.xlsx", "a.pptx"])
def test_an_office_file_of_another_kind_is_refused(name: str) -> None:
    with pytest.raises(forms.ValidationError):
        media_type_of(SimpleUploadedFile(name, office("elsewhere")))


def test_exactly_ten_megabytes_fit_and_one_byte_more_does_not() -> None:
    fits = SimpleUploadedFile("a.pdf", b"%PDF-" + b"0" * (10_000_000 - 5))
    too_large = SimpleUploadedFile("a.pdf", b"%PDF-" + b"0" * (10_000_000 - 4))

    assert media_type_of(fits) == "application/pdf"
    with pytest.raises(forms.ValidationError):
        media_type_of(too_large)


@given(st.binary(max_size=200), st.sampled_from(["pdf", "png", "jpg", "docx", "xlsx", "pptx", "svg", "exe", ""]))
def test_whatever_comes_in_is_kept_or_refused_with_words(content: bytes, ending: str) -> None:
    upload = SimpleUploadedFile(f"a.{ending}", content)

    try:
        media_type_of(upload)
        refused = ""
    except forms.ValidationError as error:
        refused = error.messages[0]

    assert refused or content.startswith((b"%PDF-", b"\x89PNG", b"\xff\xd8\xff"))


def test_a_file_name_with_a_right_to_left_trick_is_kept_as_text_or_refused() -> None:
    form = EvidenceForm({}, {"file": SimpleUploadedFile("a\u202efdp.exe", b"%PDF-1.4")})

    assert form.is_valid() is False
