"""Money as people type and read it: whole cents inside, never a float, and never two currencies in one sum."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext as _

# Code → decimals. What an importer here pays with, and the money of countries it buys from; none has three decimals.
CURRENCIES = {
    **dict.fromkeys(("EUR", "USD", "GBP", "CHF", "DKK", "SEK", "NOK", "PLN", "CZK", "TRY", "MAD", "EGP"), 2),
    **dict.fromkeys(("CNY", "INR", "BDT", "PKR", "LKR", "IDR", "THB", "KHR", "MMK", "PHP", "ETB"), 2),
    **dict.fromkeys(("KES", "GHS", "ZAR", "BRL", "MXN", "COP", "PEN"), 2),
    **dict.fromkeys(("VND", "XOF", "UGX", "JPY"), 0),
}
_SIGNS = {"EUR": "€", "GBP": "£", "USD": "US$"}
_DIGITS = {"EUR": ("€", "EUR"), "GBP": ("£", "GBP"), "USD": ("US$", "$", "USD")}
MONEY_FIELDS = ("low", "expected", "high")
MOST = 10_000_000_000  # in whole units; a sum of all lines still fits the fifteen digits of a spreadsheet
_LONGEST = 40


@dataclass(frozen=True, order=False)
class Money:
    """An amount: ``minor`` in the smallest unit of ``currency`` (cents for EUR, whole dong for VND)."""

    minor: int
    currency: str

    def __post_init__(self) -> None:
        if self.currency not in CURRENCIES or self.minor != int(self.minor):
            raise ValueError(f"no money: {self.minor!r} {self.currency!r}")

    def __add__(self, other: Money) -> Money:
        if self.currency != other.currency:
            raise ValueError(f"{self.currency} and {other.currency} are never added")
        return Money(self.minor + other.minor, self.currency)

    @property
    def amount(self) -> Decimal:
        """The amount in whole units, with as many decimals as the currency has: ``Decimal("1234.50")``."""
        return Decimal(self.minor).scaleb(-CURRENCIES[self.currency])

    @property
    def plain(self) -> str:
        """For machines and the history: ``EUR 1234.50``."""
        return f"{self.currency} {self.amount:f}"


def sums(amounts: Iterable[Money]) -> list[Money]:
    """One sum per currency, in the order in which the currencies come by."""
    found: dict[str, Money] = {}
    for money in amounts:
        found[money.currency] = found[money.currency] + money if money.currency in found else money
    return list(found.values())


def amount_text(money: Money, *, is_short: bool = False) -> str:
    """The amount alone in the reader's language: ``1.234,50`` or ``1,234.50``; short leaves out ``,00``."""
    decimals = 0 if is_short and money.minor % 100 == 0 else CURRENCIES[money.currency]
    written = f"{money.amount:,.{decimals}f}"
    return written.translate({ord(","): ".", ord("."): ","}) if get_language() == "nl" else written


def money_text(money: Money) -> str:
    """The amount with its currency as people write it: ``€ 7.400``, ``€7,400.50``, ``CNY 300``."""
    sign = _SIGNS.get(money.currency, money.currency)
    is_close = get_language() != "nl" and money.currency in _SIGNS
    return f"{sign}{'' if is_close else chr(0xA0)}{amount_text(money, is_short=True)}"


def parse_money(text: str, currency: str) -> Money | None:
    """Read an amount typed as ``1.234,56``, ``1,234.56``, ``1234.5`` or ``€ 1 234``; nothing typed is None.

    What stands last of two different separators begins the cents. A single separator with one or two figures after it
    begins the cents too. With three figures after it, it separates thousands when the language of the page writes
    thousands so; else nobody can know what was meant, and we ask. Raises ``ValidationError``.
    """
    typed = "".join(text.split())
    for sign in _DIGITS.get(currency, (currency,)):
        typed = typed.removeprefix(sign).removesuffix(sign)
    if not typed:
        return None
    if len(typed) > _LONGEST or not re.fullmatch(r"-?[0-9][0-9.,]*", typed):
        raise ValidationError(
            _("“%(value)s” is not an amount in %(currency)s. Write it as %(example)s.")
            % {"value": text[:40], "currency": currency, "example": _example()},
            code="money",
        )
    if typed.startswith("-"):
        raise ValidationError(_("An amount is zero or more. Leave out the minus sign."), code="negative")
    whole, cents = _parts(typed)
    return _money(typed, whole, cents, currency)


def _example() -> str:
    return "1.234,56" if get_language() == "nl" else "1,234.56"


def _parts(typed: str) -> tuple[str, str]:
    """The figures before and after the sign that begins the cents."""
    found = {sign for sign in ".," if sign in typed}
    if not found:
        return typed, ""
    last = max(found, key=typed.rindex)
    before, _sign, after = typed.rpartition(last)
    if len(found) == 2 and typed.count(last) == 1:
        return _grouped(typed, before, (found - {last}).pop()), after
    if len(found) == 1 and typed.count(last) == 1:
        if len(after) != 3 or not before.strip("0"):
            return before, after
        if last == ("," if get_language() == "nl" else "."):
            raise _doubt(typed, before, after)
    return _grouped(typed, typed, last), ""


def _doubt(typed: str, before: str, after: str) -> ValidationError:
    sign = "," if get_language() == "nl" else "."
    return ValidationError(
        _("“%(value)s” can be read in two ways. Write %(large)s or %(small)s, whichever you mean.")
        % {"value": typed, "large": before + after, "small": f"{before}{sign}{after[:2]}"},
        code="doubt",
    )


def _grouped(typed: str, figures: str, sign: str) -> str:
    """Figures in groups of three without their signs; else it is not clear what was typed."""
    if not re.fullmatch(rf"[1-9][0-9]{{0,2}}(\{sign}[0-9]{{3}})+", figures):
        raise ValidationError(
            _("It is not clear what “%(value)s” is. Write it as %(example)s.")
            % {"value": typed, "example": _example()},
            code="groups",
        )
    return figures.replace(sign, "")


def _money(typed: str, whole: str, cents: str, currency: str) -> Money:
    digits = CURRENCIES[currency]
    if len(cents) > digits:
        said = (
            _("“%(value)s” has more figures after the comma than an amount has. Write it as %(example)s.")
            if digits
            else _("%(currency)s has no cents. Write a whole amount, such as 1000.")
        )
        raise ValidationError(said % {"value": typed, "example": _example(), "currency": currency}, code="cents")
    if int(whole) >= MOST:
        most = amount_text(Money((MOST - 1) * 10**digits, currency), is_short=True)
        raise ValidationError(
            _("This amount is too large to be so. At most %(most)s fits.") % {"most": most}, code="too-large"
        )
    return Money(int(whole) * 10**digits + int(cents.ljust(digits, "0") or 0), currency)
