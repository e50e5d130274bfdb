"""The one way out: ``render(document, kind)`` gives the bytes of a paper."""

from __future__ import annotations

import re
import unicodedata
from typing import Literal, TypeAlias, assert_never

from samenspraak.documents.blocks import Document
from samenspraak.documents.excel import excel
from samenspraak.documents.pdf import pdf
from samenspraak.documents.word import word

PaperKind: TypeAlias = Literal["pdf", "docx", "xlsx"]

MEDIA_TYPES: dict[str, str] = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}

_LONGEST_NAME = 80


def render(document: Document, kind: PaperKind) -> bytes:
    """Give ``document`` as the bytes of a ``kind`` file. Equal documents give equal bytes.

    Raises ``typst.TypstError`` when a drawing or logo is not a picture that can be read.
    """
    match kind:
        case "pdf":
            return pdf(document)
        case "docx":
            return word(document)
        case "xlsx":
            return excel(document)
        case _:
            assert_never(kind)


def file_name(document: Document, kind: PaperKind) -> str:
    """Give a name every system takes, from title and day: ``mogen-we-met-de-spinnerij-2026-11-21.pdf``."""
    plain = unicodedata.normalize("NFKD", document.title).encode("ascii", "ignore").decode().lower()
    words = re.sub(r"[^a-z0-9]+", "-", plain)[:_LONGEST_NAME].strip("-")
    return f"{words or 'samenspraak'}-{document.day.isoformat()}.{kind}"
