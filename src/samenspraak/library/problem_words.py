"""What is wrong with an uploaded file, in the language of the reader: the method itself speaks English alone."""

from __future__ import annotations

import re

from django.utils.translation import gettext, gettext_noop

from samenspraak.method.problem import Problem

# Every sentence the method can say about a file with own words; a test holds that none is missing.
SENTENCES = (
    gettext_noop("This file has %(number)s bytes"),
    gettext_noop("Make it at most %(number)s"),
    gettext_noop("This is no YAML: %(what)s"),
    gettext_noop("Look here and one line up"),
    gettext_noop("Look for an escape with a backslash"),
    gettext_noop("This is not UTF-8"),
    gettext_noop("Save the file as UTF-8"),
    gettext_noop("Character %(code)s cannot be shown"),
    gettext_noop("Remove it"),
    gettext_noop("The file is empty"),
    gettext_noop("Fill it or remove it"),
    gettext_noop("A second document starts here"),
    gettext_noop("Keep one document in a file"),
    gettext_noop("This is nested more than %(number)s deep"),
    gettext_noop("Look for a bracket too many"),
    gettext_noop("Anchors and aliases are not used here"),
    gettext_noop("Write the text out"),
    gettext_noop("The tag %(tag)s is not used here"),
    gettext_noop("Remove it; quotes make text"),
    gettext_noop("A key must be a single word"),
    gettext_noop("Write the name of a field before the colon"),
    gettext_noop("The key '%(name)s' stands here twice, first on line %(number)s"),
    gettext_noop("Keep one"),
    gettext_noop("%(kind)s must have fields"),
    gettext_noop("Write: %(names)s"),
    gettext_noop("%(kind)s has no field '%(name)s'"),
    gettext_noop("Use only: %(names)s"),
    gettext_noop("%(kind)s lacks the field '%(name)s'"),
    gettext_noop("Add '%(name)s'"),
    gettext_noop("'%(name)s' must be a list"),
    gettext_noop("Start each line of it with a dash"),
    gettext_noop("'%(name)s' does not fit"),
    gettext_noop("Write text, between quotes where it looks like something else"),
    gettext_noop("There is no edition '%(name)s'"),
    gettext_noop("Choose one of: %(names)s"),
    gettext_noop("There are %(number)s own conditions"),
    gettext_noop("There are %(number)s changes and additions"),
    gettext_noop("Keep at most %(number)s"),
    gettext_noop("There is no item '%(name)s' to say otherwise"),
    gettext_noop("Look at its address"),
    gettext_noop("'%(field)s' of '%(name)s' is fixed"),
    gettext_noop("Choose: %(names)s"),
    gettext_noop("'%(field)s' of '%(name)s' stands here twice"),
    gettext_noop("There is no %(kind)s '%(name)s' to add to"),
    gettext_noop("Point at one there is"),
    gettext_noop("The id '%(name)s' has another form than 'own-two-words'"),
    gettext_noop("Begin with own-, then a-z, 0-9 and -, at most %(number)s characters"),
    gettext_noop("The id '%(name)s' stands here twice"),
    gettext_noop("Give it an own id"),
    gettext_noop("'%(name)s' is empty"),
    gettext_noop("Write the text"),
    gettext_noop("'%(name)s' holds %(code)s, which cannot be shown"),
    gettext_noop("Write the text in nl, in en, or in both"),
    gettext_noop("'%(name)s' has %(number)s characters"),
    gettext_noop("Keep it under %(number)s"),
    gettext_noop("'%(name)s' has more than one line"),
    gettext_noop("Write it on one line"),
    gettext_noop("'%(name)s' begins or ends with space"),
    gettext_noop("Remove it; begin a block of text with >-"),
    gettext_noop("'%(name)s' holds an empty paragraph"),
    gettext_noop("Use >- with one empty line between paragraphs"),
    gettext_noop("'%(name)s' holds letters in parts"),
    gettext_noop("Save the text in Unicode form NFC"),
)


def _pattern(sentence: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"%\\?\((\w+)\\?\)s", r"(?P<\1>.*)", re.escape(sentence)), re.DOTALL)


_PATTERNS = tuple((sentence, _pattern(sentence)) for sentence in SENTENCES)


def in_reader_words(sentence: str) -> str:
    """A sentence of the method in the language of the reader; one that nobody translated stays as it is."""
    for known, pattern in _PATTERNS:
        if match := pattern.fullmatch(sentence):
            return gettext(known) % match.groupdict()
    return sentence


def told(problem: Problem) -> tuple[int, str]:
    """The line, and what is wrong with how to mend it."""
    return problem.line, f"{in_reader_words(problem.message)}. {in_reader_words(problem.mend)}."
