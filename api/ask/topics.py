"""Whether a duty is about the topic of a question: its words, mostly side by side, accents heeded where typed."""

import re
from itertools import pairwise

from api.ask.reading import Reading
from graph.results import DutyView
from ontology.vietnamese import fold, new_tone, nfc, strip_accents

_WORDS = re.compile(r"\w+")
_ONE_IN = 4
_SIDE_BY_SIDE = 0.6  # share of neighbouring words that must stand side by side


def is_topic(rest: tuple[str, ...]) -> bool:
    """True where a question tells a topic; one stray word is none, a figure is."""
    return sum(len(run.split()) for run in rest) >= 2 or any(c.isdigit() for run in rest for c in run)


def fits_topic(duty: DutyView, rest: tuple[str, ...]) -> bool:
    """True where a duty holds the words of a topic, all but one in four, most of them side by side."""
    text = " ".join([duty.action, *(e.text for e in duty.evidence), *(b.name for b in duty.bearers)])
    accented = any(strip_accents(run) != run for run in rest)
    have = _words(text, accented)
    known, beside = set(have), set(pairwise(have))
    words = [w for run in rest for w in _words(run, accented)]
    pairs = [p for run in rest for p in _pairs(_words(run, accented))]
    if sum(w not in known for w in words) > len(words) // _ONE_IN:
        return False
    return not pairs or sum(p in beside for p in pairs) >= _SIDE_BY_SIDE * len(pairs)


def _pairs(words: list[str]) -> list[tuple[str, str]]:
    return list(pairwise(words))


def words_of(rest: tuple[str, ...]) -> list[str]:
    """The folded words of a topic, in order."""
    return [w for run in rest for w in fold(run).split()]


def _words(text: str, accented: bool) -> list[str]:
    return _WORDS.findall(new_tone(nfc(text)).casefold()) if accented else fold(text).split()


def about(found: list[DutyView], reading: Reading) -> list[DutyView]:
    """Keep the duties that are about the topic of a question, all where it has none."""
    return [d for d in found if fits_topic(d, reading.rest)] if is_topic(reading.rest) else found
