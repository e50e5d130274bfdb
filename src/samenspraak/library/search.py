"""Search in Naslag: one index in memory for each edition and language, built once.

A question becomes ideas (its words), each with other ways to say it: a stem, the pieces of a compound, synonyms, and
what comes closest where a word is unknown. Titles weigh most, then keywords, then text; an item that holds more of
the question comes before one that holds a part of it often.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import log

from django.utils.translation import override
from markupsafe import Markup, escape
from rapidfuzz import fuzz, process
from rapidfuzz.distance import DamerauLevenshtein

from samenspraak.library.entries import PARTS, Entry, Part, entries
from samenspraak.library.words import STEMMERS, STOP, forms, known_part, parts, plain
from samenspraak.method.types import Edition, Language

LONGEST_QUESTION = 200
MOST_WORDS = 16
LONGEST_EXCERPT = 240
_SHORTEST_GUESS, _LONG_WORD = 4, 6
_WORDS = re.compile(r"[a-z0-9]+")
_SENTENCE = re.compile(r"(?<=[.?!])\s+|\n")
_PIECE = re.compile(r"(?P<word>[^\W_]+(?:['’-][^\W_]+)*)|[\W_]+")
# What helps to act comes before what explains a word.
_PRIOR = {"step": 1.15, "condition": 1.15, "question": 1.15, "term": 0.85}
# What a trainer hands out holds every word of the method: it does not decide how rare a word is, and comes a little later.
_HANDED_OUT = frozenset({"workshop", "block", "worksheet", "deck", "role-play", "kit"})
_PRIOR |= dict.fromkeys(_HANDED_OUT, 0.7)
Phrase = tuple[str, ...]

_TITLE, _KEYWORDS, _NAME, _TEXT = 5.0, 3.0, 3.0, 1.0
_WHOLE, _IN_TITLE, _LENGTH = 1.0, 1.0, 0.02
_STOP, _SYNONYM, _COMPOUND, _PREFIX, _NEAR, _FAR, _INSIDE = 0.12, 0.55, 0.6, 0.6, 0.75, 0.55, 0.5


@dataclass(frozen=True)
class Hit:
    """An item that fits: its title and the sentence that shows why, with the words marked."""

    entry: Entry
    title: Markup
    excerpt: Markup


@dataclass(frozen=True)
class Result:
    """What was found. When nothing was, ``nearest`` are the parts to look in."""

    question: str
    hits: tuple[Hit, ...]
    nearest: tuple[Part, ...] = ()


@dataclass(frozen=True)
class _Idea:
    """A word of the question: ways to say it, each with a weight; and how much the word itself counts."""

    ways: tuple[tuple[Phrase, float], ...]
    weight: float


class Index:
    """Everything that search needs to know about one edition in one language."""

    def __init__(self, edition: Edition) -> None:
        self.language: Language = edition.language
        self.entries = tuple(entries(edition))
        self.by_address = {entry.address: entry for entry in self.entries}
        self.stem_of: dict[str, str] = {}
        self._stop = STOP[self.language]
        counted = [[(weight, forms(text)) for weight, text in _fields(entry)] for entry in self.entries]
        self.seen = Counter(form for fields in counted for _, found in fields for form in found)
        self.held: dict[str, dict[int, float]] = defaultdict(dict)
        for number, fields in enumerate(counted):
            for weight, found in fields:
                self._hold(number, weight / (1 + _LENGTH * len(found)) ** 0.5, found)
        self.method = {n for n, entry in enumerate(self.entries) if entry.kind not in _HANDED_OUT}
        self.rare = {stem: self._rarity(where) for stem, where in self.held.items()}
        self.sentences = [[(line, self._stems(line)) for line in _sentences(entry.text)] for entry in self.entries]
        self.titles = [frozenset(self._meant(forms(entry.title))) for entry in self.entries]
        self.same = self._synonyms(edition)

    def _hold(self, number: int, weight: float, found: Iterable[str]) -> None:
        for form in found:
            stem = self.stem_of.setdefault(form, self.stem(form))
            self.held[stem][number] = self.held[stem].get(number, 0) + weight
            for piece in map(self.stem, parts(form, self.seen)):
                self.held[piece][number] = self.held[piece].get(number, 0) + weight / 2

    def _rarity(self, where: Iterable[int]) -> float:
        """How telling a word is: the fewer items of the method hold it, the more."""
        return log(1 + len(self.method) / max(1, len(self.method.intersection(where))))

    def stem(self, form: str) -> str:
        """The stem of a word; those of the items are remembered, those that people type are not."""
        return self.stem_of.get(form) or STEMMERS[self.language](form)

    def _meant(self, found: Sequence[str]) -> list[str]:
        """The stems of the words that carry meaning."""
        return [self.stem(form) for form in found if form not in self._stop]

    def _synonyms(self, edition: Edition) -> dict[Phrase, list[Phrase]]:
        """For each word or short phrase the others that mean the same."""
        same: dict[Phrase, list[Phrase]] = defaultdict(list)
        for group in (*edition.synonyms, *((term.term, *term.also) for term in edition.terms)):
            phrases = [phrase for text in group if (phrase := tuple(map(self.stem, _WORDS.findall(plain(text)))))]
            for phrase in phrases:
                same[phrase] += [other for other in phrases if other != phrase]
        return same

    def find(self, question: str, most: int = 10) -> Result:
        """What fits the question best, best first."""
        words = forms(question[:LONGEST_QUESTION])[:MOST_WORDS]
        ideas = self._ideas(words)
        scores = self._scores(ideas)
        best = sorted(scores, key=lambda number: (-scores[number], number))[:most]
        if not best:
            return Result(question, (), nearest_parts(question, self.language))
        told = [idea for idea in ideas if idea.weight > _STOP] or ideas
        said = {stem for idea in told for phrase, weight in idea.ways if weight >= _SYNONYM for stem in phrase}
        return Result(question, tuple(self._hit(number, said) for number in best))

    def _ideas(self, words: Sequence[str]) -> list[_Idea]:
        kept = [word for word in words if word not in self._stop] or list(words)
        found = [(word, self._ways(word)) for word in words]
        stems = [ways[0][0][-1] if ways else self.stem(word) for word, ways in found]
        ideas = []
        for place, (word, ways) in enumerate(found):
            others = [(phrase, _SYNONYM) for phrase in self._others(stems, place)] if word in kept else []
            weight = max((self.rare.get(p[-1], 0.0) for p, _ in ways), default=3.0) if word in kept else _STOP
            ideas.append(_Idea((*ways, *others), weight))
        return ideas

    def _others(self, stems: Sequence[str], place: int) -> Iterable[Phrase]:
        """Synonyms of the word at this place, alone or as part of a phrase of two or three words."""
        for size in (3, 2, 1):
            for begin in range(max(0, place - size + 1), min(place, len(stems) - size) + 1):
                yield from self.same.get(tuple(stems[begin : begin + size]), ())

    def _ways(self, word: str) -> tuple[tuple[Phrase, float], ...]:
        """How the items may say this word."""
        stem = self.stem(word)
        pieces = tuple(map(self.stem, parts(word, self.seen)))
        if stem in self.held:
            return ((stem,), 1.0), *(((piece,), _COMPOUND / 2) for piece in pieces)
        if pieces:
            return (pieces, 0.9), *(((piece,), _COMPOUND) for piece in pieces)
        if len(word) < _SHORTEST_GUESS:
            return ()
        longer = sorted((form for form in self.seen if form.startswith(word)), key=lambda form: -self.seen[form])
        if longer:
            return tuple(((self.stem(form),), _PREFIX) for form in longer[:4])
        return self._near(word) or tuple(((self.stem(form),), _INSIDE) for form in known_part(word, self.seen))

    def _near(self, word: str) -> tuple[tuple[Phrase, float], ...]:
        """Words that differ by one or two typing errors."""
        allowed = 1 if len(word) < _LONG_WORD else 2
        close = process.extract(
            word, self.seen.keys(), scorer=DamerauLevenshtein.distance, score_cutoff=allowed, limit=None
        )
        close.sort(key=lambda match: (match[1], -self.seen[match[0]]))
        return tuple(((self.stem(form),), _NEAR if errors == 1 else _FAR) for form, errors, _ in close[:3])

    def _scores(self, ideas: Sequence[_Idea]) -> dict[int, float]:
        total = sum(idea.weight for idea in ideas)
        score: dict[int, float] = defaultdict(float)
        covered: dict[int, float] = defaultdict(float)
        for idea in ideas:
            for number, value in self._of_idea(idea).items():
                score[number] += value * (1 if idea.weight > _STOP else _STOP)
                covered[number] += idea.weight
        said = {idea.ways[0][0][-1] for idea in ideas if idea.ways and idea.weight > _STOP}
        return {
            number: value
            * (share := covered[number] / total) ** _WHOLE
            * (1 + _IN_TITLE * share * self._in_title(number, said))
            * _PRIOR.get(self.entries[number].kind, 1)
            for number, value in score.items()
            if covered[number] > _STOP * len(ideas) or total <= _STOP * len(ideas)
        }

    def _of_idea(self, idea: _Idea) -> dict[int, float]:
        """How well each item holds an idea: by the best of its ways."""
        best: dict[int, float] = {}
        for phrase, weight in idea.ways:
            where = set(self.held.get(phrase[0], ()))
            for stem in phrase[1:]:
                where &= self.held.get(stem, {}).keys()
            for number in where:
                value = weight * sum(self._worth(stem, number) for stem in phrase) / len(phrase)
                best[number] = max(best.get(number, 0), value)
        return best

    def _worth(self, stem: str, number: int) -> float:
        held = self.held[stem][number]
        return self.rare[stem] * held / (held + 1.2)

    def _in_title(self, number: int, said: set[str]) -> float:
        """How much of the title the question says."""
        title = self.titles[number]
        return len(title & said) / len(title) if title else 0.0

    def _hit(self, number: int, said: set[str]) -> Hit:
        """The item with its title, and the sentence that holds most of the words (else the first), marked."""
        entry = self.entries[number]
        line, _ = max(self.sentences[number], key=lambda sentence: len(sentence[1] & said), default=("", ()))
        short = line if len(line) <= LONGEST_EXCERPT else line[:LONGEST_EXCERPT].rsplit(" ", 1)[0] + " …"
        title = entry.title[:1].upper() + entry.title[1:]
        return Hit(entry, self._marked(title, said), self._marked(short, said))

    def _stems(self, text: str) -> frozenset[str]:
        return frozenset(map(self.stem, forms(text)))

    def _marked(self, text: str, said: set[str]) -> Markup:
        def mark(match: re.Match[str]) -> Markup:
            is_said = bool(match["word"]) and not said.isdisjoint(self._stems(match[0]))
            return Markup("<mark>{}</mark>").format(match[0]) if is_said else escape(match[0])

        return Markup("").join(map(mark, _PIECE.finditer(text)))


def _sentences(text: str) -> list[str]:
    return [line for line in _SENTENCE.split(text) if line]


def _fields(entry: Entry) -> Iterable[tuple[float, str]]:
    yield _TITLE, entry.title
    yield _NAME, entry.item.id
    yield from ((_KEYWORDS, keyword) for keyword in entry.keywords)
    yield _TEXT, entry.text


def nearest_parts(question: str, language: Language) -> tuple[Part, ...]:
    """The three parts of which title and line are most like the question."""
    with override(language):
        lines = {part.key: plain(f"{part.title} {part.about}") for part in PARTS}
    close = process.extract(plain(question), lines, scorer=fuzz.token_set_ratio, limit=3)
    return tuple(part for _, _, key in close for part in PARTS if part.key == key)
