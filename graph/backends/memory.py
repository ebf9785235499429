"""The store in memory: everything is built anew from the documents, small enough to be obviously right."""

from collections.abc import Iterable, Iterator
from threading import Lock

from graph.backends.world import World
from graph.facts import facts_of
from graph.judgements import Judgement, checked
from graph.rulings import admit
from graph.statements import DocumentFacts
from graph.store import Batch
from ontology.errors import NotFoundError, StoreUnavailableError


class MemoryStore(World):
    """See ``graph.store.Store``. A question after a write rebuilds the world from the documents.

    Args:
        read_only: Refuse to be written to; the store stays empty.
    """

    location = "memory:"

    def __init__(self, *, read_only: bool = False) -> None:
        self._read_only = read_only
        self._batches: dict[str, Batch] = {}
        self._facts: dict[str, DocumentFacts] = {}
        self._records: dict[str, Judgement] = {}
        self._lock = Lock()
        self._fresh = False
        super().__init__()

    def write(self, batch: Batch) -> None:
        """See ``graph.store.Store.write``."""
        self._keep(batch)

    def write_many(self, batches: Iterator[Batch]) -> int:
        """See ``graph.store.Store.write_many``."""
        return sum(self._keep(batch) for batch in batches)

    def _keep(self, batch: Batch) -> bool:
        self._check()
        if self._batches.get(batch.path) == batch:
            return False
        facts = facts_of(batch)  # may raise: nothing is kept then
        with self._lock:
            self._batches[batch.path] = batch
            self._facts[batch.path] = facts
            self._fresh = False
        return True

    def remove(self, path: str) -> None:
        """See ``graph.store.Store.remove``."""
        self._check()
        with self._lock:
            if path not in self._batches:
                raise NotFoundError(f"chưa nạp tệp nào từ {path}", path=path)
            del self._batches[path], self._facts[path]
            self._fresh = False

    def judge(self, record: Judgement) -> None:
        """See ``graph.store.Store.judge``."""
        self._check()
        bearers = self.bearers()
        with self._lock:
            if admit(record, self._records, lambda form: bearers.get(form, ())):
                self._records[record.id] = record
                self._fresh = False

    def adopt(self, records: Iterable[Judgement]) -> int:
        """See ``graph.store.Store.adopt``."""
        self._check()
        given = {record.id: checked(record) for record in records}
        with self._lock:
            fresh = given.keys() - self._records.keys()
            self._records |= {id_: given[id_] for id_ in fresh}
            self._fresh = self._fresh and not fresh
        return len(fresh)

    def _check(self) -> None:
        if self._read_only:
            raise StoreUnavailableError("kho memory: đang mở chỉ để đọc")

    def digests(self) -> dict[str, str]:
        """See ``graph.store.Store.digests``."""
        return {batch.path: batch.record.source.sha256 for batch in self.batches()}

    def batches(self) -> Iterator[Batch]:
        """See ``graph.store.Store.batches``."""
        yield from (self._batches[path] for path in sorted(self._batches))

    def batch(self, path: str) -> Batch:
        """See ``graph.store.Store.batch``."""
        if path not in self._batches:
            raise NotFoundError(f"chưa nạp tệp nào từ {path}", path=path)
        return self._batches[path]

    def close(self) -> None:
        """See ``graph.store.Store.close``."""

    def refresh(self) -> None:
        """Rebuild the world where documents changed."""
        if self._fresh:
            return
        with self._lock:
            if not self._fresh:
                self.build(self._batches, self._facts, self._records)
                self._fresh = True
