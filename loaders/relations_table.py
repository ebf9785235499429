"""The trigger phrases of relations, read once from ``patterns/relations.yaml`` into one alternation."""

import re
from dataclasses import dataclass
from functools import cache

import msgspec

from loaders.citations_lexicon import read_table
from ontology.errors import ModelError
from ontology.terms import RelationKind

CHANGES = frozenset(
    {
        RelationKind.AMENDS,
        RelationKind.REPLACES,
        RelationKind.REPEALS,
        RelationKind.SUSPENDS,
        RelationKind.CORRECTS,
        RelationKind.EXTENDS,
    }
)


class Trigger(msgspec.Struct, frozen=True, gc=False):
    """A trigger phrase that was found: its range, its relation, None where it stops the search ("đã ban hành")."""

    start: int
    end: int
    relation: RelationKind | None


@dataclass(frozen=True, slots=True)
class RelationTable:
    """All triggers in the form that the recogniser uses."""

    pattern: re.Pattern[str]
    relations: dict[str, str]
    passive: tuple[tuple[RelationKind, re.Pattern[str]], ...]
    after: tuple[tuple[RelationKind, re.Pattern[str]], ...]
    proposed: re.Pattern[str]
    itself: re.Pattern[str]
    title_proposed: re.Pattern[str]
    title_drafts: re.Pattern[str]
    changing_kinds: frozenset[str]
    proposing_kinds: frozenset[str]
    implementing_kinds: frozenset[str]
    openers: tuple[str, ...]
    title_opener: re.Pattern[str]

    def triggers(self, lower: str, start: int, end: int) -> list[Trigger]:
        """Give the triggers inside a range, in text order; hidden ones ("kèm theo") are left out."""
        found: list[Trigger] = []
        for match in self.pattern.finditer(lower, start, end):
            word = self.relations[match.lastgroup or ""]
            if word != "none":
                relation = None if word == "reset" else RelationKind(word)
                found.append(Trigger(match.start(), match.end(), relation))
        return found


@cache
def relation_table() -> RelationTable:
    """Give the table, read once.

    Raises:
        ModelError: A row misses a part, or names no relation, or is no regular expression.
    """
    table = read_table("relations.yaml")
    try:
        rows = [(f"t{n}", row["relation"], row["pattern"]) for n, row in enumerate(table["triggers"])]
        for _, word, _ in rows:
            if word not in ("none", "reset"):
                RelationKind(word)
        return RelationTable(
            pattern=re.compile(rf"(?<!\w)(?:{'|'.join(_longest_first(rows))})(?!\w)"),
            relations={name: word for name, word, _ in rows},
            passive=tuple((RelationKind(r["relation"]), re.compile(r["pattern"])) for r in table["passive"]),
            after=tuple((RelationKind(r["relation"]), re.compile(r["pattern"])) for r in table["after"]),
            proposed=re.compile(rf"(?<!\w)(?:{'|'.join(table['proposed'])})(?!\w)"),
            itself=re.compile(rf"(?:{'|'.join(table['itself'])})\s+này(?!\w)[^.;]{{0,140}}\Z"),
            title_proposed=re.compile(rf"(?<!\w)(?:{'|'.join(table['title_proposed'])})(?!\w)"),
            title_drafts=re.compile(rf"(?<!\w)(?:{'|'.join(table['title_drafts'])})\s*\Z"),
            changing_kinds=frozenset(table["changing_kinds"]),
            proposing_kinds=frozenset(table["proposing_kinds"]),
            implementing_kinds=frozenset(table["implementing_kinds"]),
            openers=tuple(table["clause_openers"]),
            title_opener=re.compile(
                rf"\s*,?\s*(?:\([^()]{{0,120}}\)\s*)?+(?:của[^,;.]{{0,80}}?\s)?[“\"'‘(]?\s*(?:{'|'.join(table['title_openers'])})(?!\w)"
            ),
        )
    except (KeyError, TypeError, ValueError, re.error) as error:
        raise ModelError(f"Bảng mẫu relations.yaml sai: {error}", table="relations.yaml") from error


# Where two triggers begin at one place, the more telling one must be tried first.
_ORDER = ("none", "reset", "reviews", "extends", "details", "drafts", "suspends", "amends")


def _longest_first(rows: list[tuple[str, str, str]]) -> list[str]:
    def rank(row: tuple[str, str, str]) -> tuple[int, bool, bool]:
        first = _ORDER.index(row[1]) if row[1] in _ORDER else len(_ORDER)
        return first, row[1] != "based_on", not row[2].startswith("theo")

    return [f"(?P<{name}>{pattern})" for name, _, pattern in sorted(rows, key=rank)]
