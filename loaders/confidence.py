"""How sure a citation, its relation, a duty and its bearers are: signals noted while reading, weighed by their worth.

A signal is one word for something that was seen while reading ("the year is not printed", "a machine wrote these
letters"). ``loaders/patterns/confidence.yaml`` holds, for each, how often facts with it were read and were right on
annotated documents, clean and damaged, and the weight (in log-odds) that ``python -m benchmarks calibrate`` fitted from
that. Nothing here is set by hand.
"""

from collections.abc import Mapping
from functools import cache, lru_cache
from importlib import resources
from math import exp
from typing import TypeVar

import msgspec
import yaml

from loaders.citations_mention import Mention
from loaders.damage import odd_words
from loaders.relations_bond import Bond
from ontology.errors import ModelError
from ontology.record import Citation, Obligation

_T = TypeVar("_T", Citation, Obligation)
_LEAST, _MOST = 0.05, 0.99
_RECOGNISED = "recognised"  # read off a picture: 3 and 8, 1 and 7 look alike
_LAWS = frozenset({"luat", "bo_luat", "phap_lenh", "hien_phap"})
_FEW_ODD = 2


class _Weight(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One signal of the table: what it adds to the log-odds, and in how many facts it was seen, and right."""

    weight: float
    seen: int
    right: int


class _Model(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The weights of one kind of fact; ``base`` are the log-odds of a fact without a signal."""

    base: float
    seen: int
    right: int
    signals: Mapping[str, _Weight]


@cache
def models() -> Mapping[str, _Model]:
    """Give the fitted weights of ``citation``, ``relation``, ``duty`` and ``bearers``.

    Raises:
        ModelError: The table has not its form.
    """
    text = resources.files("loaders").joinpath("patterns/confidence.yaml").read_text("utf-8")
    try:
        return msgspec.convert(yaml.safe_load(text), dict[str, _Model])
    except (yaml.YAMLError, msgspec.ValidationError) as error:
        raise ModelError(f"table confidence: {error}") from error


@lru_cache(maxsize=4096)
def probability(fact: str, signals: tuple[str, ...]) -> float:
    """Give the share of such facts that are right, between 0.05 and 0.99.

    Args:
        fact: ``citation``, ``relation``, ``duty`` or ``bearers``.
        signals: What was noted; words that the table does not know count nothing.
    """
    model = models()[fact]
    odds = model.base + sum(model.signals[s].weight for s in signals if s in model.signals)
    return round(min(_MOST, max(_LEAST, 1 / (1 + exp(-odds)))), 2)


def citation_signals(mention: Mention, bond: Bond, *, resolved: bool, written: str, damage: str) -> tuple[str, ...]:
    """Give what makes a citation and its relation more or less sure.

    Args:
        mention: What was read, with what was noted on the way.
        bond: Its relation.
        resolved: A short form was found to repeat a full citation of the document.
        written: The words of the citation.
        damage: How far the document is damaged.
    """
    found = set(mention.notes)
    if mention.shape != "full":
        found.add("repeats" if resolved else mention.shape)
    elif mention.date is None and mention.type not in _LAWS and mention.provision is None:
        found.add("undated")
    if mention.type is None or not mention.typed:
        found.add("untyped")
    found.add(f"how_{bond.how}")
    if not bond.sure:
        found.add("unsure")
    if bond.parent is not None:
        found.add("of_another")
    return finished(found, written, damage)


def finished(found: set[str], written: str, damage: str) -> tuple[str, ...]:
    """Give the signals of a fact in order, those of damage to its words and its document added."""
    if damage:
        found.add(f"damage_{damage}")
        if "undated" in found:  # a date that is not there says more where letters are lost
            found.remove("undated")
            found.add("date_lost")
        odd = odd_words(written)
        if odd:
            found.add("odd_word" if odd < _FEW_ODD else "odd_words")
    return tuple(sorted(found))


def with_signal(duty: Obligation, signal: str) -> Obligation:
    """Give a duty with one more signal, and its confidence anew."""
    return rated(duty, tuple(sorted({*duty.signals, signal})))


def rated(duty: Obligation, signals: tuple[str, ...]) -> Obligation:
    """Give a duty with its signals and the confidence that they give it."""
    sure, whose = probability("duty", signals), probability("bearers", signals)
    return msgspec.structs.replace(duty, signals=signals, confidence=sure, bearers_confidence=whose)


def recognised_citation(citation: Citation) -> Citation:
    """Give a citation of a scanned page: its number and date are less sure, words are not."""
    if not (citation.number or citation.date):
        return citation
    signals = tuple(sorted({*citation.signals, _RECOGNISED}))
    return msgspec.structs.replace(
        citation,
        signals=signals,
        confidence=probability("citation", signals),
        relation_confidence=probability("relation", signals),
    )


def recognised_duty(duty: Obligation) -> Obligation:
    """Give a duty of a scanned page: its day and its targets are less sure, words are not."""
    return with_signal(duty, _RECOGNISED) if duty.targets or (duty.deadline and duty.deadline.value) else duty
