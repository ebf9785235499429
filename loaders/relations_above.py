"""What the paragraphs above say about a mention: "Bãi bỏ các Quyết định sau:", "Kiến nghị thực thi"."""

import re

from loaders.document import Block, Kind, Layout
from loaders.relations_table import CHANGES, relation_table
from ontology.terms import RelationKind

_BEFORE, _REACH, _DEPTH = 12, 400, 4
_FOLLOWS = re.compile(r"(?::|sau đây|như sau|dưới đây|văn bản sau|quyết định sau)\s*[.:]?\Z")
_NEW_TEXT = re.compile(r"như sau\s*:?\s*[“\"]?\s*\Z")


class Above:
    """Reads the enclosing and opening paragraphs of one document; each paragraph once."""

    def __init__(self, layout: Layout, lower: str) -> None:
        self.layout, self.lower, self.table = layout, lower, relation_table()
        self._found: dict[int, RelationKind | None] = {}

    def relation(self, block: Block) -> RelationKind | None:
        """The relation that an opening paragraph ("… các văn bản sau:") gives to all that stands below it."""
        if block.kind is Kind.ROW:
            return None
        for index in self._openings(block):
            if index not in self._found:
                self._found[index] = self._read(self.layout.blocks[index])
            if self._found[index] is not None:
                return self._found[index]
        return None

    def only_proposes(self, block: Block) -> bool:
        """Tell whether an enclosing heading says that what stands below is a proposal ("Kiến nghị thực thi")."""
        parent = block.parent
        for _ in range(_DEPTH):
            if parent is None:
                return False
            above = self.layout.blocks[parent]
            if self.table.proposed.search(self.lower, above.body, min(above.end, above.body + _REACH)):
                return True
            parent = above.parent
        return False

    def _openings(self, block: Block) -> list[int]:
        found = [block.parent] if block.parent is not None else []
        for index in range(block.index - 1, max(-1, block.index - 1 - _BEFORE), -1):
            other = self.layout.blocks[index]
            if other.zone is not block.zone:
                break
            if self.lower[other.start : other.end].rstrip().endswith(":"):
                return [*found, index]
            if other.level < block.level or other.kind is not block.kind:
                break
        return found

    def _read(self, block: Block) -> RelationKind | None:
        start = max(block.body, block.end - _REACH)
        triggers = self.table.triggers(self.lower, start, block.end)
        changes = [t.relation for t in triggers if t.relation in CHANGES]
        if RelationKind.AMENDS in changes and _NEW_TEXT.search(self.lower, start, block.end):
            return None  # "Sửa đổi khoản 1 Điều 3 như sau:": what stands below is the new wording
        if not _FOLLOWS.search(self.lower[start : block.end].rstrip()):
            opens = block.kind is Kind.HEADING and bool(triggers) and triggers[0].start <= block.body + 1
            return triggers[0].relation if opens and changes and triggers[0].relation in CHANGES else None
        return changes[0] if changes else triggers[-1].relation if triggers else None
