"""Whether a duty is about the topic of a question: its words, mostly side by side, accents heeded where they were typed."""

import re

from api.ask.reading import Reading
from graph.results import DutyView
from ontology.vietnamese import fold, new_tone, nfc, strip_accents

_WORDS = re.compile(r"\w+")
_SIDE_BY_SIDE = 0.6  # share of neighbouring words that must stand side by side


def is_topic(rest: tuple[str, ...]) -> bool:
    """True where a question tells a topic; one stray word is none."""
    return sum(len(run.split()) for run in rest) >= 2


def fits_topic(duty: DutyView, rest: tuple[str, ...]) -> bool:
    """True where a duty holds every run of a topic."""
    text = " ".join([duty.action, *(e.text for e in duty.evidence), *(b.name for b in duty.bearers)])
    return all(_holds(text, run) for run in rest)


def _holds(text: str, run: str) -> bool:
    accented = strip_accents(run) != run
    words = _words(run, accented)
    have = _words(text, accented)
    if not set(words) <= set(have):
        return False
    pairs = list(zip(words, words[1:], strict=False))
    beside = set(zip(have, have[1:], strict=False))
    return not pairs or sum(p in beside for p in pairs) >= _SIDE_BY_SIDE * len(pairs)


def _words(text: str, accented: bool) -> list[str]:
    return _WORDS.findall(new_tone(nfc(text)).casefold()) if accented else fold(text).split()


def about(found: list[DutyView], reading: Reading) -> list[DutyView]:
    """Keep the duties that are about the topic of a question, all where it has none."""
    return [d for d in found if fits_topic(d, reading.rest)] if is_topic(reading.rest) else found
