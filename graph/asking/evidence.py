"""What questions of identity ask of a back end, beside ``graph.asking.reading``."""

from abc import ABC, abstractmethod
from collections.abc import Iterable

from graph.judgements import Judgement
from graph.nodes import Node, Peer
from graph.resolution import Cluster, Link
from graph.rulings import Rulings
from graph.statements import Sign


class IdentityReading(ABC):
    """Selections about signs, judgements and what joined them."""

    @abstractmethod
    def signs(self, ids: Iterable[str]) -> dict[str, Sign]:
        """Signs by their ids; those that no document uses are left out."""

    @abstractmethod
    def citing(self, ids: Iterable[str]) -> int:
        """How many documents use any of some signs."""

    @abstractmethod
    def together(self, a: Iterable[str], b: Iterable[str]) -> bool:
        """Whether one document uses a sign of both groups."""

    @abstractmethod
    def peers(self, series: str) -> list[Peer]:
        """Days and numbers known of a counter (``graph.resolution.series_of``), any order."""

    @abstractmethod
    def joined(self, node: Node) -> tuple[list[Cluster], list[Link]]:
        """The clusters of a node with their ``joins``, and the links that join them, any order."""

    @abstractmethod
    def rulings(self) -> Rulings:
        """The standing judgements, applied to what is loaded."""

    @abstractmethod
    def records(self) -> list[Judgement]:
        """All records of judgements, any order."""

    @abstractmethod
    def judge(self, record: Judgement) -> None:
        """See ``graph.store.Store.judge``."""

    @abstractmethod
    def adopt(self, records: Iterable[Judgement]) -> int:
        """See ``graph.store.Store.adopt``."""
