"""Move a graph from one store to another of any kind: what was read and what people judged; the rest follows."""

import os
from collections.abc import Callable, Iterator

import msgspec

from graph.store import Batch, Store
from ontology.errors import InvalidInputError

Progress = Callable[[int, int, str], None]  # done, total, path of the document


class CopyReport(msgspec.Struct, frozen=True, kw_only=True):
    """What a copy did.

    Attributes:
        source, destination: Where from and where to, without passwords.
        documents: Documents of the source.
        copied: Of these, new or changed at the destination.
        unchanged: Of these, there already just so.
        removed: Documents that only the destination had and that were removed (``exact``).
        kept: Documents that only the destination has.
        judgements: Records of the source.
        adopted: Of these, new at the destination.
        equal: Whether both stores hold the same now (``Store.revision``), and so answer alike.
    """

    source: str
    destination: str
    documents: int
    copied: int
    unchanged: int
    removed: int
    kept: int
    judgements: int
    adopted: int
    equal: bool


def copy(source: Store, destination: Store, on_progress: Progress | None = None, *, exact: bool = False) -> CopyReport:
    """Bring all documents and judgements of one store into another; a copy that was stopped goes on where it stopped.

    Documents that the destination has just so are passed over; they are compared whole, for the same file may have
    been read by another version of the program. A document of the same path is replaced. Judgements come first, so
    that no answer in between joins what a person parted. They are never taken away.

    Args:
        source: Where from; only read.
        destination: Where to; keeps each document whole or not at all.
        on_progress: Called after each document.
        exact: Remove what the source lacks.

    Raises:
        InvalidInputError: Both are one place.
        StoreError: One of the stores failed; what was copied stays, and another call goes on.
    """
    places = source.status().location, destination.status().location
    if same_place(*places):
        raise InvalidInputError(
            "nguồn và đích của việc sao chép là một kho", remedy="ghi hai địa chỉ khác nhau: luocdo copy NGUỒN ĐÍCH"
        )
    records = source.judgements()
    adopted = destination.adopt(records)
    counted = _Counted(source, on_progress)
    copied = destination.write_many(counted.batches())
    extra = destination.digests().keys() - counted.seen
    if exact:
        for path in sorted(extra):
            destination.remove(path)
    return CopyReport(
        source=places[0],
        destination=places[1],
        documents=len(counted.seen),
        copied=copied,
        unchanged=len(counted.seen) - copied,
        removed=len(extra) if exact else 0,
        kept=0 if exact else len(extra),
        judgements=len(records),
        adopted=adopted,
        equal=source.revision() == destination.revision(),
    )


class _Counted:
    """The documents of a store on their way, each told when the next one is asked for."""

    def __init__(self, source: Store, on_progress: Progress | None) -> None:
        self.seen: set[str] = set()
        self._source, self._tell = source, on_progress

    def batches(self) -> Iterator[Batch]:
        total = len(self._source.digests()) if self._tell else 0
        for batch in self._source.batches():
            yield batch
            self.seen.add(batch.path)
            if self._tell is not None:
                self._tell(len(self.seen), max(total, len(self.seen)), batch.path)


def same_place(one: str, two: str) -> bool:
    """Whether two locations (``Status.location``) are known to be one store.

    Example:
        >>> same_place("sqlite:./a.db", "sqlite:a.db"), same_place("sqlite:a.db", "sqlite:b.db")
        (True, False)
    """
    kinds = [place.partition(":")[0] for place in (one, two)]
    if kinds == ["sqlite", "sqlite"]:
        files = [os.path.realpath(os.path.expanduser(place.partition(":")[2])) for place in (one, two)]
        return files[0] == files[1] or (all(map(os.path.exists, files)) and os.path.samefile(*files))
    return one == two and kinds != ["memory", "memory"]
