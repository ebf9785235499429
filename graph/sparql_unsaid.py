"""What the questions of a store ask that SPARQL cannot say: folded words, ranks, the signs behind an instrument."""

from collections.abc import Iterable
from typing import NoReturn

from graph.asking.pictures import Questions
from graph.asking.reading import DocumentRow, Passage
from graph.judgements import Judgement
from graph.nodes import Node, Peer
from graph.resolution import Cluster, Link
from graph.results import Evidence
from graph.rulings import Rulings
from graph.statements import Body, Sign
from ontology.errors import InvalidInputError


def _unsaid(what: str) -> NoReturn:
    raise InvalidInputError(f"SPARQL không nói được: {what}; hãy hỏi kho", question=what)


class Unsaid(Questions):
    """Refuses each such selection with a clear error."""

    def nodes_worded(self, words: frozenset[str], least: int) -> list[Node]:
        """See ``Reading.nodes_worded``."""
        _unsaid("tìm theo chữ")

    def words(self, kind: str) -> frozenset[str]:
        """See ``Reading.words``."""
        _unsaid("từ gần giống")

    def bodies_worded(self, words: frozenset[str], least: int) -> list[tuple[Body, tuple[str, ...]]]:
        """See ``Reading.bodies_worded``."""
        _unsaid("tìm cơ quan theo chữ")

    def passages(self, choices: tuple[tuple[str, ...], ...], limit: int, *, phrase: bool = False) -> list[Passage]:
        """See ``Reading.passages``."""
        _unsaid("tìm toàn văn")

    def present(self, words: tuple[str, ...]) -> frozenset[str]:
        """See ``Reading.present``."""
        _unsaid("tìm toàn văn")

    def word_counts(self, words: tuple[str, ...]) -> dict[str, int]:
        """See ``Reading.word_counts``."""
        _unsaid("tìm toàn văn")

    def source_text(self, sha256: str) -> str:
        """See ``Reading.source_text``."""
        _unsaid("văn bản gốc")

    def document(self, sha256: str) -> DocumentRow:
        """See ``Reading.document``."""
        _unsaid("chi tiết tài liệu")

    def documents_of(self, instrument: str) -> list[DocumentRow]:
        """See ``Reading.documents_of``."""
        _unsaid("chi tiết tài liệu")

    def disputed(self) -> list[Node]:
        """See ``Reading.disputed``."""
        _unsaid("vì sao mâu thuẫn")

    def quotes(self, signs: Iterable[str], property_: str, limit: int) -> tuple[Evidence, ...]:
        """See ``Reading.quotes``."""
        _unsaid("dấu hiệu nhận dạng")

    def signs(self, ids: Iterable[str]) -> dict[str, Sign]:
        """See ``IdentityReading.signs``."""
        _unsaid("dấu hiệu nhận dạng")

    def citing(self, ids: Iterable[str]) -> int:
        """See ``IdentityReading.citing``."""
        _unsaid("dấu hiệu nhận dạng")

    def together(self, a: Iterable[str], b: Iterable[str]) -> bool:
        """See ``IdentityReading.together``."""
        _unsaid("dấu hiệu nhận dạng")

    def peers(self, series: str) -> list[Peer]:
        """See ``IdentityReading.peers``."""
        _unsaid("sổ văn bản")

    def joined(self, node: Node) -> tuple[list[Cluster], list[Link]]:
        """See ``IdentityReading.joined``."""
        _unsaid("vì sao là một")

    def rulings(self) -> Rulings:
        """See ``IdentityReading.rulings``."""
        _unsaid("quyết định đang có hiệu lực")

    def judge(self, record: Judgement) -> None:
        """See ``graph.store.Store.judge``."""
        _unsaid("ghi quyết định")

    def adopt(self, records: Iterable[Judgement]) -> int:
        """See ``graph.store.Store.adopt``."""
        _unsaid("ghi quyết định")
