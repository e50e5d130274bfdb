"""Papers of a workshop."""

from samenspraak.workshops.report.cards import cards
from samenspraak.workshops.report.occasion import Occasion
from samenspraak.workshops.report.roles import roles
from samenspraak.workshops.report.script import script, times
from samenspraak.workshops.report.sheets import filled_example, worksheet
from samenspraak.workshops.report.slides import deck

__all__ = ["Occasion", "cards", "deck", "filled_example", "roles", "script", "times", "worksheet"]
