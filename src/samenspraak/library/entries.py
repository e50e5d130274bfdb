"""The items of an edition as Naslag shows them: each with its part, its title and the text it is found by."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from samenspraak.method import types
from samenspraak.method.kit_types import Kit
from samenspraak.method.kits import load_kits
from samenspraak.method.overlay import WORDED
from samenspraak.method.places import KINDS, address, walk
from samenspraak.method.types import Edition, Item
from samenspraak.method.workshop_types import Block, Deck, Programme, RolePlay, Worksheet


@dataclass(frozen=True)
class Part:
    """A part of Naslag: its place in the address, its title, one line about it, and the kinds of items it holds."""

    key: str
    title: Promise
    about: Promise
    kinds: tuple[str, ...]


PARTS: tuple[Part, ...] = (
    Part("model", _("The model"), _("What we mean by a meaningful dialogue, in one drawing."), ("model",)),
    Part(
        "elements",
        _("The nine elements"),
        _("What makes a conversation mean something, with 36 statements."),
        ("element",),
    ),
    Part(
        "steps",
        _("The route in nine steps"),
        _("From your reason to looking back together, in four phases."),
        ("phase", "step"),
    ),
    Part(
        "conditions",
        _("The conditions"),
        _("What you arrange in your company beforehand, with actions and examples."),
        ("category", "condition"),
    ),
    Part(
        "questions", _("Questions and answers"), _("What others asked before you, and what you can do."), ("question",)
    ),
    Part(
        "commitment",
        _("Winning the other side’s commitment"),
        _("Why people hesitate to join, and what helps."),
        ("commitment", "barrier", "measure"),
    ),
    Part(
        "facilitator",
        _("A good facilitator"),
        _("When you ask somebody from outside, and whom you look for."),
        ("facilitator", "trait"),
    ),
    Part(
        "business-case",
        _("What it brings and costs"),
        _("Arguments for your director, without invented figures."),
        ("business-case", "benefit"),
    ),
    Part(
        "workshop",
        _("The workshop"),
        _("Practising in half a day: agenda, script, worksheets, cards, roles and sector kits."),
        ("workshop", "block", "worksheet", "deck", "role-play", "kit"),
    ),
    Part(
        "norms",
        _("Guidelines and laws"),
        _("What is expected of you, in short, with the day we checked it."),
        ("norm",),
    ),
    Part("glossary", _("Words"), _("What we mean by each word of the trade."), ("term",)),
    Part("tools", _("The originals of the SER"), _("Which document is for what, and where it stands."), ("tool",)),
    Part("sources", _("Sources"), _("What we leaned on, and what is our own."), ()),
)
PART_OF = {kind: part for part in PARTS for kind in part.kinds}


@dataclass(frozen=True)
class Entry:
    """One item with everything it can be found by. ``address`` is how texts point at it: ``question:who-pays``."""

    address: str
    kind: str
    item: Item
    title: str
    lead: str
    text: str
    keywords: tuple[str, ...]

    @property
    def part(self) -> Part:
        """The part of Naslag that holds it."""
        return PART_OF[self.kind]


def is_shown(item: Item) -> bool:
    """Whether the item may be seen: a norm that nobody could confirm is kept back."""
    return not (isinstance(item, types.Norm) and item.sure == "C")


def entries(edition: Edition) -> Iterator[Entry]:
    """Every item with a place of its own on the screen, in the order of the files; the sector kits come last."""
    with override(edition.language):
        for item in (*(item for _place, item in walk(edition)), *load_kits(edition.language)):
            kind = KINDS.get(type(item), "")
            if kind in PART_OF and is_shown(item):
                yield Entry(address(item), kind, item, title_of(item), lead_of(item), _text(item), _keywords(item))


def title_of(item: Item) -> str:
    """What an item is called on the screen."""
    if isinstance(item, types.Question):
        return item.question
    if isinstance(item, types.Term):
        return item.term
    if isinstance(item, Deck):
        return str(_("Cards: %(title)s")) % {"title": item.title}
    if isinstance(item, types.Facilitator | types.BusinessCase | types.Commitment):
        return str(PART_OF[KINDS[type(item)]].title)
    return str(getattr(item, "title", ""))


def lead_of(item: Item) -> str:
    """The one sentence that says what an item is about; empty where the title does."""
    if isinstance(item, types.Condition):
        return item.statement
    if isinstance(item, types.Element):
        return item.short
    if isinstance(item, types.Step):
        return item.purpose
    if isinstance(item, Block):
        return item.goal
    if isinstance(item, Kit):
        return item.case.title
    return ""


def _keywords(item: Item) -> tuple[str, ...]:
    """Other words for an item: those of a term, the short name of a step, the Dutch name of an original."""
    if isinstance(item, types.Term):
        return item.also
    if isinstance(item, types.Step | types.Phase):
        return (item.label,)
    if isinstance(item, types.Tool):
        return (item.original_title,)
    if isinstance(item, types.Norm):
        return (item.reference,)
    if isinstance(item, Block | Kit):
        return (item.label,)
    return (str(words),) if (words := _CALLED.get(type(item))) else ()


# What people call a paper of the workshop when they do not know its title.
_CALLED = {Deck: _("game cards"), Worksheet: _("worksheet, form"), RolePlay: _("hand-outs for the role play")}


_NOT_READ = frozenset({"id", "source", "code", "link", "checked_on", "reference", "original_title"})


def _text(item: Item) -> str:
    """All sentences of an item and of what it holds, without its title and without items of their own."""
    title = title_of(item)
    found = []
    for place, value in walk(item):
        field = next((part for part in reversed(place) if isinstance(part, str)), "")
        if not isinstance(value, str) or field in _NOT_READ or _belongs_elsewhere(item, place):
            continue
        if value != title and " " in value:
            found.append(value)
    return "\n".join(found)


def _belongs_elsewhere(item: Item, place: tuple[str | int, ...]) -> bool:
    """Whether a text inside an item is that of another item with a page of its own."""
    outer = place[0] if place else ""
    return (type(item), outer) in {
        (types.Category, "conditions"),
        (types.Phase, "steps"),
        (types.Model, "layers"),
        (types.Facilitator, "traits"),
        (types.BusinessCase, "benefits"),
        (types.Commitment, "barriers"),
        (types.Commitment, "measures"),
        (types.Question, "related"),
        (Programme, "blocks"),
        (Programme, "worksheets"),
        (Programme, "decks"),
        (Programme, "role_play"),
    }


@dataclass(frozen=True)
class Piece:
    """One text of an item that an organisation may say in its own words. ``label`` says which text it is."""

    address: str
    field: str
    label: Promise
    text: str

    @property
    def key(self) -> str:
        """What a wording of this text is called in an overlay."""
        return f"{self.address}.{self.field}"


LABELS: dict[tuple[str, str], Promise] = {
    ("condition", "statement"): _("Statement"),
    ("condition", "why"): _("Why this counts"),
    ("action", "text"): _("Action"),
    ("example", "title"): _("Example: title"),
    ("example", "text"): _("Example"),
    ("listing", "title"): _("List: title"),
    ("listing", "about"): _("List: about"),
    ("listing-item", "title"): _("In the list"),
    ("listing-item", "about"): _("In the list: about"),
    ("element", "short"): _("In short"),
    ("statement", "text"): _("Statement"),
    ("statement", "suggestion"): _("What helps while it is not so"),
    ("step", "purpose"): _("What it is for"),
    ("question", "question"): _("Question"),
    ("question", "answer"): _("Answer"),
    ("term", "term"): _("Word"),
    ("term", "definition"): _("What it means"),
    ("model", "definition"): _("What we mean by a dialogue"),
    ("model", "meaning"): _("And when it is meaningful"),
    ("facilitator", "need_rule"): _("Do you need one?"),
    ("need-question", "text"): _("Question"),
    ("business-case", "costs"): _("What it costs"),
}
_PLAIN: dict[str, Promise] = {"title": _("Title"), "about": _("About"), "text": _("Text")}


def label_of(kind: str, field: str) -> Promise:
    """What a text of an item is called on the screen."""
    return LABELS.get((kind, field)) or _PLAIN[field]


def is_worded(item: Item) -> bool:
    """Whether an item may be said in other words: law may not."""
    return KINDS[type(item)] in WORDED


def pieces(entry: Entry) -> list[Piece]:
    """The texts of an item and of what it holds, without items of their own, in the order of the files."""
    found, listing = [], ""
    for place, item in walk(entry.item):
        kind = KINDS.get(type(item), "")
        listing = item.id if kind == "listing" else listing
        if kind not in WORDED or (place and (kind in PART_OF or _belongs_elsewhere(entry.item, place))):
            continue
        where = f"{kind}:{listing}--{item.id}" if kind == "listing-item" else f"{kind}:{item.id}"
        found += [Piece(where, f, label_of(kind, f), getattr(item, f)) for f in WORDED[kind] if getattr(item, f)]
    return found
