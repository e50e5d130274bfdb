"""Words as search compares them: plain letters, light stems of Dutch and English, and compounds taken apart."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Container

from samenspraak.method.types import Language

_WORD = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_POSSESSIVE = re.compile(r"['’]s?\b")
_SHORTEST_PART = 4

_STOP = {
    "nl": "de het een en of als dat die dit er is zijn wat wie waar hoe wanneer waarom welke ik je jij we wij ons onze "
    "jullie met voor van naar in op om te bij aan uit tot over door na dan ook nog wel niet maar heb hebben heeft kan "
    "kun kunnen mag mogen moet moeten wil willen doe doen doet word wordt worden ben bent was had zo al iets iemand hun "
    "hen zij ze mijn jouw zich geen af alles genoeg heel erg eigenlijk gewoon eens graag",
    "en": "the a an and or if that this these there is are be been was were what who whom where how when why which i you "
    "we us our my your they them their it its with for from to in on at by of as do does did done can could may must "
    "should will would have has had not no so all any some about into up enough very just",
}
STOP: dict[str, frozenset[str]] = {language: frozenset(words.split()) for language, words in _STOP.items()}


def plain(text: str) -> str:
    """Lower case, without accents and possessives: ‘Foto’s’ and ‘foto’ are the same."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    return _POSSESSIVE.sub("", "".join(c for c in letters if not unicodedata.combining(c)))


def forms(text: str) -> list[str]:
    """The words of a text in order; one with hyphens counts both in pieces and joined."""
    found = []
    for word in _WORD.findall(plain(text)):
        pieces = word.split("-")
        found += pieces
        if len(pieces) > 1:
            found.append("".join(pieces))
    return found


def _undoubled(word: str) -> str:
    """A stem without a doubled last consonant, and with f and s where the plural has v and z."""
    if len(word) > 2 and word[-1] == word[-2] and word[-1] not in "aeiou":
        word = word[:-1]
    return word[:-1] + {"v": "f", "z": "s"}.get(word[-1], word[-1])


# Endings in the order they are tried: what goes, how many letters must stay, and before which letters it stays on.
_DUTCH = (
    ("ingen", 4, ""),
    ("ing", 4, ""),
    ("jes", 3, "i"),
    ("je", 3, "i"),
    ("en", 2, ""),
    ("s", 4, "aiousj"),
    ("e", 4, ""),
)
_DOUBLED_VOWEL = re.compile(r"(aa|ee|oo|uu)")


def _without_dutch_ending(word: str) -> str:
    word = word[:-4] + "eid" if word.endswith("heden") else word
    for ending, least, not_after in _DUTCH:
        rest = word[: -len(ending)]
        if word.endswith(ending) and len(rest) >= least and rest[-1] not in not_after:
            return rest if ending in ("jes", "je", "s") else _undoubled(rest)
    return word


def dutch(word: str) -> str:
    """A light stem: plurals, verb endings, adjectives, -ing and -je go; long and short vowels are the same."""
    if len(word) > 3:
        is_participle = len(word) >= 7 and word.startswith("ge") and word[-1] in "dt"
        word = word[2:-1] if is_participle else _without_dutch_ending(word)
        word = word[:-1] if len(word) >= 5 and word[-1] == "t" else word
    return _DOUBLED_VOWEL.sub(lambda vowels: vowels[0][0], word)


def _english_singular(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "xes", "ches", "shes")):
        return word[:-2]
    return word[:-1] if word[-1] == "s" and word[-2] not in "sui" else word


def _english_verb(word: str) -> str:
    for ending, least in (("ing", 6), ("ed", 5), ("ly", 7)):
        if word.endswith(ending) and len(word) >= least:
            rest = word[: -len(ending)]
            return rest[:-1] if len(rest) > 3 and rest[-1] == rest[-2] and rest[-1] not in "aeiouls" else rest
    return word[:-3] if word.endswith("tion") and len(word) > 6 else word


# British and American spelling, and nouns and verbs that differ in one letter: labour, organise, practice.
_SPELLINGS = (("our", "or"), ("iz", "is"), ("ce", "se"))


def english(word: str) -> str:
    """A light stem: plurals, -ing, -ed, -ion and -ly go; British and American spelling are the same."""
    if len(word) <= 3:
        return word
    word = _english_verb(_english_singular(word))
    for ours, theirs in _SPELLINGS:
        word = word.replace(ours, theirs)
    return word[:-1] if word.endswith("e") and len(word) > 4 else word


STEMMERS: dict[Language, Callable[[str], str]] = {"nl": dutch, "en": english}
_LINKS = ("", "s", "en", "n", "e")


def parts(word: str, known: Container[str]) -> tuple[str, ...]:
    """A compound taken apart into words of four letters or more that are known; empty when it cannot be.

    The longest first part wins: ‘gespreksvaardigheden’ is ‘gesprek’ and ‘vaardigheden’.
    """
    for end in range(len(word) - _SHORTEST_PART, _SHORTEST_PART - 1, -1):
        head = word[:end]
        if head not in known:
            continue
        for link in _LINKS:
            rest = word[end:]
            if not rest.startswith(link):
                continue
            tail = rest[len(link) :]
            if len(tail) >= _SHORTEST_PART and tail in known:
                return head, tail
            deeper = parts(tail, known) if len(tail) >= 2 * _SHORTEST_PART else ()
            if deeper:
                return head, *deeper
    return ()


def known_part(word: str, known: Container[str]) -> tuple[str, ...]:
    """The longest known word of five letters or more that an unknown compound ends or begins with."""
    for size in range(len(word) - 3, 4, -1):
        for piece in (word[-size:], word[:size]):
            if piece in known:
                return (piece,)
    return ()
