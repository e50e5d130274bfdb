"""The conditions on paper, to fill in by hand."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from samenspraak.documents.blocks import Block, Choice, Choices, Document, Heading, PageBreak, Paragraph, WritingLines
from samenspraak.method.standing import ANSWERS
from samenspraak.method.types import Condition, Edition
from samenspraak.people.models import Organisation
from samenspraak.readiness.report.words import answer_words
from samenspraak.ui.jinja import in_words, upper_first


def blank_form(organisation: Organisation, edition: Edition, today: date) -> Document:
    """The form, in the edition's language; no queries."""
    blocks: list[Block] = []
    for number, category in enumerate(edition.categories):
        if number:
            blocks.append(PageBreak())  # a category a page: nothing to answer is cut in two
        blocks += [Heading(text=category.title), Paragraph(text=category.about, tone="quiet")]
        for condition in category.conditions:
            blocks += _condition(condition)
    blocks += [Heading(text=_("What is feasible?")), WritingLines(count=4, label=_("In your own words"))]
    return Document(
        title=upper_first(
            _("%(count)s conditions for a good conversation") % {"count": in_words(len(edition.conditions))}
        ),
        language=edition.language,
        day=today,
        organisation=organisation.name,
        logo=bytes(organisation.logo) if organisation.logo else None,
        kind="form",
        lead=_("Tick what is so in your company, and write down how you know. You may start before all of it is met."),
        blocks=(WritingLines(count=1, label=_("Filled in by, on")), *blocks),
        foot_start=_("Made with Samenspraak, independent of the SER. Method: edition %(edition)s.")
        % {"edition": edition.name},
        subject=_("Conditions for starting a stakeholder dialogue"),
    )


def _condition(condition: Condition) -> list[Block]:
    return [
        Heading(text=f"{condition.code[1:]}. {condition.title}", level=3),
        Paragraph(text=condition.statement),
        Choices(items=tuple(Choice(label=answer_words()[a]) for a in ANSWERS), is_row=True),
        WritingLines(count=2, label=_("How do we know?")),
        WritingLines(count=1, label=_("Who takes care of it, and when?")),
    ]
