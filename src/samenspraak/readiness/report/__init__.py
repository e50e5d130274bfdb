"""Papers of a round and of self-assessments: for the director, in full, as a workbook, and blank forms."""

from samenspraak.readiness.report.assessment import (
    assessment_paper,
    statements_form,
    team_paper,
)
from samenspraak.readiness.report.director import (
    director_page,
)
from samenspraak.readiness.report.form import (
    blank_form,
)
from samenspraak.readiness.report.full import (
    full_report,
)
from samenspraak.readiness.report.instruments import (
    BLANK,
    blank_instrument,
    instrument_paper,
)
from samenspraak.readiness.report.workbook import (
    workbook,
)

__all__ = [
    "BLANK",
    "assessment_paper",
    "blank_form",
    "blank_instrument",
    "director_page",
    "full_report",
    "instrument_paper",
    "statements_form",
    "team_paper",
    "workbook",
]
