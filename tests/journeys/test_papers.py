"""Every paper of a round opens, in the kind it says it is."""

from __future__ import annotations

import zipfile
from io import BytesIO

import openpyxl
import pytest
from pypdf import PdfReader

from tests.journeys.conftest import Arrive
from tests.server import RunningServer

pytestmark = pytest.mark.journey


def words_of(content: bytes, kind: str) -> str:
    """The words of a paper, read by another program than the one that made it."""
    if kind == "pdf":
        return " ".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)
    if kind == "docx":
        return zipfile.ZipFile(BytesIO(content)).read("word/document.xml").decode()
    book = openpyxl.load_workbook(BytesIO(content))
    return " ".join(str(cell) for sheet in book for row in sheet.values for cell in row if cell)


def test_every_paper_comes_out_of_the_demo(arrive: Arrive, demo: RunningServer) -> None:
    """Every paper comes out of the demo."""
    ilse = arrive(demo.links["reader"])
    ilse.page.get_by_role("banner").get_by_role("link", name="Zijn we er klaar voor?").click()
    ilse.follow("Najaar 2026")
    conditions = ilse.main.locator(".states a").count()

    links: list[str] = ilse.main.locator(".paperlist a").evaluate_all("all => all.map((e) => e.getAttribute('href'))")
    papers = [link for link in links if link.rpartition(".")[2] in ("pdf", "docx", "xlsx")]
    texts = {}
    for link in papers:
        name, _dot, kind = link.rpartition("/")[2].rpartition(".")
        content = ilse.context.request.get(demo.address + link).body()
        texts[f"{name}.{kind}"] = " ".join(words_of(content, kind).split())

    assert conditions == 8
    assert sorted(texts) == [
        *("conditions-form.docx", "conditions-form.pdf", "director.docx", "director.pdf"),
        *("report.docx", "report.pdf", "report.xlsx"),
    ]
    assert [name for name, text in texts.items() if "Ik weet wat we met uitkomsten willen doen" not in text] == []
    assert [
        n for n, text in texts.items() if "form" not in n and "Mogen we met de spinnerij over lonen praten?" not in text
    ] == []
