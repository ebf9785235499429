"""What a title proposes: a submission on the issue of a decision that replaces another replaces nothing itself."""

import re
from collections.abc import Sequence
from functools import cache

from loaders.citations_mention import Mention
from loaders.document import Layout, Zone
from loaders.relations_alike import codes_of
from loaders.relations_bond import Bond
from loaders.relations_table import CHANGES, RelationTable
from ontology.kinds import kinds
from ontology.tables import DocumentKind
from ontology.terms import RelationKind

_REACH = 600
# What only an instrument that lays down rules can do to another of that sort; any letter can correct or suspend.
_ENDS = frozenset({RelationKind.AMENDS, RelationKind.REPLACES, RelationKind.REPEALS})
_CARRIES_OUT = frozenset({RelationKind.IMPLEMENTS, RelationKind.DISSEMINATES, RelationKind.GUIDES})


def judged(
    relation: RelationKind, mention: Mention, kind: str | None, before: str, table: RelationTable
) -> tuple[RelationKind, str]:
    """Judge a change that a title tells of.

    Args:
        relation: What the words of the title say.
        mention: The instrument that the title names.
        kind: Of the document.
        before: The title up to the mention, in small letters.
        table: The trigger phrases.

    Returns:
        The relation, and "issued" or "proposed".

    Example:
        "TỜ TRÌNH Về việc ban hành Quyết định thay thế Quyết định số 5/2015/QĐ-UBND": the submission only proposes it.
        "V/v triển khai Nghị định sửa đổi Nghị định số 24/2014/NĐ-CP": the letter mentions what another changed.
    """
    if kind is None:
        return relation, "issued"
    other = _changer(before, table)
    if kind in table.changing_kinds:
        draft = other is not None and table.title_drafts.search(before, 0, other[1]) is not None
        return relation, "proposed" if draft else "issued"
    if table.title_proposed.search(before) or (kind in table.proposing_kinds and mention.type != kind):
        return relation, "proposed"
    if other is not None and other[0] != kind:
        done = table.triggers(before, 0, other[1])
        carried = bool(done) and done[-1].relation in _CARRIES_OUT
        return (RelationKind.MENTIONS, "issued") if carried else (relation, "proposed")
    if relation in _ENDS and mention.type in table.changing_kinds:
        return relation, "proposed"
    return relation, "issued"


def title_before(mention: Mention, layout: Layout, lower: str) -> str:
    """Give the title up to the mention."""
    index = mention.block
    while index and layout.blocks[index - 1].zone is Zone.TITLE:
        index -= 1
    return lower[max(layout.blocks[index].start, mention.start - _REACH) : mention.start]


def _changer(before: str, table: RelationTable) -> tuple[str, int] | None:
    """The kind without a number that stands before the first word of change, and where it stands."""
    changes = [t.start for t in table.triggers(before, 0, len(before)) if t.relation in CHANGES]
    if not changes:
        return None
    found = None
    words = _kind_words()
    for match in words[0].finditer(before, 0, changes[0]):
        found = words[1][match.group()], match.start()
    return found


@cache
def _kind_words() -> tuple[re.Pattern[str], dict[str, str]]:
    """The words of the kinds in small letters; "quy định" only where it is issued, for else it is a verb."""
    slugs = {word.lower(): kind.slug for kind in kinds() for word in (kind.vi, *_forms(kind)) if len(word) > 2}
    slugs = {word: slug for word, slug in slugs.items() if slug != "quy_dinh"} | {"ban hành quy định": "quy_dinh"}
    words = "|".join(re.escape(word) for word in sorted(slugs, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)(?!\s+số\s)"), slugs


def _forms(kind: DocumentKind) -> tuple[str, ...]:
    """Other words of a kind without those for its drafts, which are read with the words before a kind."""
    return tuple(word for word in kind.words if not word.startswith("Dự "))


def amended_too(index: int, mentions: Sequence[Mention], bonds: Sequence[Bond]) -> Bond | None:
    """Bind the next of those that one instrument amends, behind the title of the first: "… của A quy định … và B"."""
    mention, inner = mentions[index], index - 1
    while (parent := bonds[inner].parent) is not None:
        same = mentions[inner].type == mention.type and codes_of(mentions[inner]) == codes_of(mention)
        if same and bonds[inner].relation in CHANGES and inner < index - 1:
            return Bond(bonds[inner].relation, parent=parent, how="listed")
        inner = parent
    return None
