"""The words of citations: kinds, titles of laws, heads and ends of issuers' names, read once from ``patterns``."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from ontology.errors import ModelError
from ontology.vietnamese import strip_accents

_PATTERNS = Path(__file__).parent / "patterns"
# Old tone placement and free spellings that matter for matching; both sides have one length, so offsets stay.
_SPELLINGS = (("uỷ", "ủy"), ("hoà giải", "hòa giải"), ("toà án", "tòa án"), ("văn hoá", "văn hóa"), ("İ", "i"))

_FOREIGN = re.compile("[\u0400-\u04ff]")

Trie = dict[str, Any]  # word -> deeper trie; "" -> True where a title ends


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The tables of ``patterns/citations.yaml`` and ``patterns/laws.yaml`` in the form that the recognisers use."""

    kinds: dict[str, str]
    folded_kinds: dict[str, str]
    short: dict[str, str]
    any_kind: frozenset[str]
    not_before: tuple[str, ...]
    counted: frozenset[str]
    heads: frozenset[str]
    folded_heads: frozenset[str]
    phrases: dict[str, tuple[tuple[str, ...], ...]]
    committees: dict[str, tuple[tuple[str, ...], ...]]
    stops: frozenset[str]
    closed: frozenset[str]
    names: frozenset[str]
    open_heads: frozenset[str]
    signs_as: dict[str, tuple[str, ...]]
    inside: frozenset[str]
    commas: frozenset[str]
    joined: frozenset[str]
    title_stops: frozenset[str]
    laws: dict[str, Trie]
    plain_laws: dict[str, Trie]  # titles of two words and more without their accents


def read_table(name: str) -> Any:  # YAML has no better static type
    """Read one YAML table of ``loaders/patterns``.

    Raises:
        ModelError: The table is missing or is not YAML.
    """
    try:
        return yaml.safe_load((_PATTERNS / name).read_text("utf-8"))
    except (OSError, yaml.YAMLError) as error:
        raise ModelError(f"Bảng mẫu {name} không đọc được: {error}", table=name) from error


@cache
def lexicon() -> Lexicon:
    """Give the lexicon, read once.

    Raises:
        ModelError: A table is missing or misses a part.
    """
    table, laws = read_table("citations.yaml"), read_table("laws.yaml")
    try:
        issuers = table["issuers"]
        return Lexicon(
            kinds={word: row["slug"] for row in table["kinds"] for word in row["words"]},
            folded_kinds=_folded({word: row["slug"] for row in table["kinds"] for word in row["words"]}),
            short={w: row["short"] for row in table["kinds"] if "short" in row for w in row["words"] if " " in w},
            any_kind=frozenset(table["any_kind"]),
            not_before=tuple(table["not_before"]),
            counted=frozenset(table["counted"]),
            heads=frozenset(issuers["heads"]),
            folded_heads=frozenset(strip_accents(head) for head in issuers["heads"] if " " in head),
            phrases=_by_first_word(issuers["phrases"]),
            committees=_by_first_word(issuers["committees"]),
            stops=frozenset(issuers["stops"]),
            closed=frozenset(issuers["closed"]),
            signs_as={code: tuple(names) for code, names in issuers["signs_as"].items()},
            names=frozenset(issuers["names"]),
            open_heads=frozenset(issuers["open_heads"]),
            inside=frozenset(issuers["inside"]),
            commas=frozenset(issuers["commas"]),
            joined=frozenset(issuers["joined"]),
            title_stops=frozenset(table["title_stops"]),
            laws={kind: _trie(titles) for kind, titles in laws.items()},
            plain_laws={
                kind: _trie([strip_accents(title) for title in titles if " " in title]) for kind, titles in laws.items()
            },
        )
    except (KeyError, TypeError) as error:
        raise ModelError(f"Bảng mẫu citations.yaml thiếu phần {error}", table="citations.yaml") from error


_CYRILLIC = str.maketrans(
    "".join(
        map(
            chr,
            (0x410, 0x412, 0x421, 0x415, 0x41D, 0x406, 0x408, 0x41A, 0x41C, 0x41E, 0x420, 0x405, 0x422, 0x423, 0x425),
        )
    ),
    "ABCEHIJKMOPSTYX",
)


def plain_letters(text: str) -> str:
    r"""Replace Cyrillic letters that look like Latin ones ("BTC" typed on a mixed keyboard); the length stays.

    Example:
        >>> plain_letters("16495/B\u0422\u0421-PTHT")
        '16495/BTC-PTHT'
    """
    return text.translate(_CYRILLIC) if _FOREIGN.search(text) else text


def lowered(text: str) -> str:
    """Lower a text for matching without moving an offset: one tone placement, same length.

    Example:
        >>> lowered("UỶ BAN")
        'ủy ban'
    """
    lower = text.replace("İ", "I").lower()
    for old, new in _SPELLINGS:
        lower = lower.replace(old, new)
    return lower


def title_words(title: str) -> list[str]:
    """Cut a title into words and commas."""
    return title.replace(",", " , ").split()


def _by_first_word(phrases: list[str]) -> dict[str, tuple[tuple[str, ...], ...]]:
    """Phrases as words, by their first word, longest first."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for phrase in phrases:
        words = tuple(title_words(phrase))
        found.setdefault(words[0], []).append(words)
    return {first: tuple(sorted(rows, key=len, reverse=True)) for first, rows in found.items()}


def _folded(kinds: dict[str, str]) -> dict[str, str]:
    """Kinds by their words without accents; words that two kinds would share are left out."""
    found: dict[str, str] = {}
    shared = set()
    for word, slug in kinds.items():
        plain = strip_accents(word)
        if found.setdefault(plain, slug) != slug:
            shared.add(plain)
    return {word: slug for word, slug in found.items() if word not in shared}


def _trie(titles: list[str]) -> Trie:
    root: Trie = {}
    for title in titles:
        node = root
        for word in title_words(title):
            node = node.setdefault(word, {})
        node[""] = True
    return root
