"""What was found about the relation of one mention, and how it was seen."""

from typing import Literal

import msgspec

from ontology.terms import RelationKind

How = Literal["said", "listed", "titled", "placed", "behind", "ends", "unsaid", "draft"]


class Bond(msgspec.Struct, gc=False):
    """The relation of one mention: what, whose, how that was seen, and whether for sure.

    Attributes:
        parent: Index of the mention whose title names this one; None: the document itself.
        head: Index of the first mention of the list at the outermost level.
        how: ``said`` by a word before it; ``listed`` with one before it; ``titled``: in the title of another;
            ``placed``: by the place alone; ``behind`` another mention without a title between; ``ends``: by a word
            behind it; ``unsaid``: nothing says it; ``draft``: a law yet to come.
        also: Changed by later mentions: relation, index.
    """

    relation: RelationKind
    parent: int | None = None
    head: int = -1
    stage: str = "issued"
    sure: bool = True
    how: How = "said"
    also: list[tuple[RelationKind, int]] = msgspec.field(default_factory=list)

    def again(self) -> "Bond":
        """Give the bond of a mention that goes on the list of this one."""
        return Bond(self.relation, self.parent, self.head, self.stage, self.sure, "listed")


def unsaid(parent: int | None = None) -> Bond:
    """Give the bond of a mention of which nothing is said."""
    return Bond(RelationKind.MENTIONS, parent, sure=False, how="unsaid")
