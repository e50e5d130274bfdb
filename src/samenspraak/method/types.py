"""The shape of an edition of the method.

Every struct is frozen and refuses unknown keys. An ``id`` is written in lower case with hyphens, is unique
among items of its kind, is the same in every language, and never changes meaning once an edition is released.
All text is plain text in one language. A blank line inside a text starts a new paragraph: YAML folds it (``>-``) to
one newline, and ``paragraphs`` takes the text apart again.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from samenspraak.method.item import Item as Item  # noqa: PLC0414  other rooms read it here
from samenspraak.method.item import is_own as is_own  # noqa: PLC0414  the same
from samenspraak.method.workshop_types import Programme

Language = Literal["nl", "en"]
LANGUAGES: tuple[Language, ...] = ("nl", "en")


def paragraphs(text: str) -> tuple[str, ...]:
    """The paragraphs of a text, in order."""
    return tuple(text.split("\n"))


class Document(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A text the edition leans on; ``link`` leads to the original, which we never copy.

    The link is empty when we know the text but no address of it.
    """

    id: str
    title: str
    publisher: str
    published: str
    link: str


class Action(Item, frozen=True, kw_only=True):
    """One thing to do, short enough to become a task title (at most 200 characters)."""

    text: str


class Example(Item, frozen=True, kw_only=True):
    """How somebody did it; companies are described, never named."""

    title: str
    text: str


class ListingItem(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One line of a listing, with a sentence of explanation where one helps.

    ``source`` is empty while it is that of the listing.
    """

    id: str
    title: str
    about: str = ""
    source: str = ""

    @property
    def is_own(self) -> bool:
        """Whether the organisation that reads added the line."""
        return is_own(self.source)


class Listing(Item, frozen=True, kw_only=True):
    """A named list that belongs to a condition: kinds of cost, skills, teams, possible outcomes …"""

    title: str
    about: str = ""
    items: tuple[ListingItem, ...]


class Condition(Item, frozen=True, kw_only=True):
    """One of the conditions for starting a dialogue: eight of the method, and maybe some of an organisation itself.

    ``code`` is V1 to V8 in the method; one of an organisation itself has a letter: VA. ``tools`` are ids of ``Tool``. ``examples`` may be empty (the source gives none for one condition).
    """

    code: str
    title: str
    statement: str
    why: str
    signs: tuple[str, ...]
    actions: tuple[Action, ...]
    listings: tuple[Listing, ...] = ()
    examples: tuple[Example, ...] = ()
    tools: tuple[str, ...] = ()


class Category(Item, frozen=True, kw_only=True):
    """A group of conditions, in the order of the detail pages: 2 + 4 + 2."""

    title: str
    about: str
    conditions: tuple[Condition, ...]


class Statement(Item, frozen=True, kw_only=True):
    """One of four statements on an element. ``suggestion`` says what helps while the answer is not yes."""

    text: str
    critical: bool
    suggestion: str


class Element(Item, frozen=True, kw_only=True):
    """One of the nine elements of the model. ``steps`` and ``tools`` are ids."""

    number: int
    title: str
    short: str
    about: str
    statements: tuple[Statement, ...]
    steps: tuple[str, ...]
    tools: tuple[str, ...] = ()


class ResultRule(Item, frozen=True, kw_only=True):
    """When an element is green, orange or grey. Points per answer; ``green_from`` out of 8."""

    text: str
    yes: int
    partly: int
    no: int
    unknown: int
    green_from: int


class Layer(Item, frozen=True, kw_only=True):
    """A layer of the drawn model, from the core outwards and then the ground."""

    place: Literal["core", "inner", "outer", "ground"]
    title: str
    about: str
    elements: tuple[str, ...]


class Model(Item, frozen=True, kw_only=True):
    """The model of a meaningful dialogue: what we mean by it and how the nine elements lie together."""

    title: str
    definition: str
    meaning: str
    layers: tuple[Layer, ...]


class Step(Item, frozen=True, kw_only=True):
    """Steps 0 to 9. ``has_official_name`` false means: a working name of ours.

    ``elements`` (ids) give the step priority when one of them is orange; ``conditions`` (ids) belong to it.
    ``label`` is the short name on the drawn route, at most 26 characters.
    """

    number: int
    title: str
    label: str
    has_official_name: bool
    purpose: str
    records: tuple[str, ...]
    elements: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    tools: tuple[str, ...] = ()


class Phase(Item, frozen=True, kw_only=True):
    """One of four phases; step 0 stands with phase 1 because it lies before step 1 on the same road."""

    number: int
    title: str
    label: str
    about: str
    steps: tuple[Step, ...]


class Question(Item, frozen=True, kw_only=True):
    """A question people ask, and our answer. ``related`` holds addresses of items: ``condition:capacity-time``."""

    question: str
    answer: str
    related: tuple[str, ...] = ()


class Term(Item, frozen=True, kw_only=True):
    """A word of the trade. ``also`` are other words people use for it; search treats them as the same."""

    term: str
    definition: str
    also: tuple[str, ...] = ()


class Norm(Item, frozen=True, kw_only=True):
    """A guideline or law in short. ``sure``: A read, B secondary sources, C unconfirmed (hidden on screen).

    ``checked_on`` is an ISO day, as text because the loader knows no dates.
    """

    title: str
    text: str
    status: str
    checked_on: str
    sure: Literal["A", "B", "C"]
    reference: str


class Trait(Item, frozen=True, kw_only=True):
    """Something a good facilitator is, does or knows."""

    title: str
    text: str


class NeedQuestion(Item, frozen=True, kw_only=True):
    """A yes/no question on whether an outside facilitator is needed; a strong one weighs on its own."""

    text: str
    is_strong: bool


class Facilitator(Item, frozen=True, kw_only=True):
    """When to ask somebody from outside to lead the conversation, and whom."""

    about: str
    need_rule: str
    need_questions: tuple[NeedQuestion, ...]
    traits: tuple[Trait, ...]


class Motive(Item, frozen=True, kw_only=True):
    """A kind of reason to start: from within, from rules, from the business itself."""

    title: str
    text: str


class Benefit(Item, frozen=True, kw_only=True):
    """An argument for the business case, without invented figures. ``motive`` is the id of a motive."""

    title: str
    text: str
    motive: str


class BusinessCase(Item, frozen=True, kw_only=True):
    """What a dialogue brings and costs, for a conversation with the director."""

    about: str
    costs: str
    motives: tuple[Motive, ...]
    benefits: tuple[Benefit, ...]


class Barrier(Item, frozen=True, kw_only=True):
    """Why the other side may hesitate, with ids of measures that help."""

    title: str
    text: str
    measures: tuple[str, ...]


class Measure(Item, frozen=True, kw_only=True):
    """A way to win or keep the other side's commitment."""

    title: str
    text: str


class Commitment(Item, frozen=True, kw_only=True):
    """How to win the commitment of the people across the table."""

    about: str
    barriers: tuple[Barrier, ...]
    measures: tuple[Measure, ...]


class Tool(Item, frozen=True, kw_only=True):
    """An original of the toolkit: what it is for and where it stands.

    ``original_title`` is the Dutch title in both languages. ``in_samenspraak`` says where this program does the
    same work, empty when it does not. ``sure`` tells how much of the original could be read.
    """

    title: str
    original_title: str
    kind: Literal["tool", "document", "training", "page", "case"]
    about: str
    in_samenspraak: str
    link: str
    sure: Literal["read", "partly", "mentioned"]


class Reworded(msgspec.Struct, frozen=True, kw_only=True):
    """A text that an organisation says in its own words, and what stands there in the edition itself.

    ``only_in`` is the language it was written in when that is not the one of the edition; else empty.
    """

    address: str
    field: str
    original: str
    only_in: str = ""


class Edition(msgspec.Struct, frozen=True, kw_only=True):
    """One edition in one language, put together from its files by ``load``. Tuples keep the order of the files.

    ``laid`` says whose own words were laid over it, and which version of them; empty for the edition itself.
    """

    name: str
    language: Language
    title: str
    disclaimer: str
    documents: tuple[Document, ...]
    categories: tuple[Category, ...]
    elements: tuple[Element, ...]
    rule: ResultRule
    model: Model
    phases: tuple[Phase, ...]
    questions: tuple[Question, ...]
    terms: tuple[Term, ...]
    norms: tuple[Norm, ...]
    facilitator: Facilitator
    business_case: BusinessCase
    commitment: Commitment
    tools: tuple[Tool, ...]
    workshop: Programme
    synonyms: tuple[tuple[str, ...], ...]
    laid: str = ""
    reworded: tuple[Reworded, ...] = ()

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """The conditions in order."""
        return tuple(c for category in self.categories for c in category.conditions)

    @property
    def steps(self) -> tuple[Step, ...]:
        """Steps 0 to 9 in order."""
        return tuple(s for phase in self.phases for s in phase.steps)

    def condition(self, condition_id: str) -> Condition:
        """The condition with this id; ``KeyError`` when the edition has none."""
        for condition in self.conditions:
            if condition.id == condition_id:
                return condition
        raise KeyError(condition_id)

    def category_of(self, condition_id: str) -> Category:
        """The category that holds this condition; ``KeyError`` when there is none."""
        for category in self.categories:
            if any(c.id == condition_id for c in category.conditions):
                return category
        raise KeyError(condition_id)
