"""Papers of a round: one page for the director, the full report, a workbook and a blank form."""

from samenspraak.readiness.report.director import director_page
from samenspraak.readiness.report.form import blank_form
from samenspraak.readiness.report.full import full_report
from samenspraak.readiness.report.workbook import workbook

__all__ = ["blank_form", "director_page", "full_report", "workbook"]
