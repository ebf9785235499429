"""The store on a Neo4j server: documents whole or not at all, many users, clusters."""

from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor

from neo4j import ManagedTransaction

from graph.backends.neo4j_address import parse_address
from graph.backends.neo4j_base import Connection, all_rows, statements
from graph.backends.neo4j_judged import JudgedForms, asking
from graph.backends.neo4j_packing import unpack_batch
from graph.backends.neo4j_prepared import Prepared, Whole, grouped
from graph.backends.neo4j_questions import Neo4jQuestions
from graph.backends.neo4j_rows import Writer
from graph.backends.neo4j_schema import prepare
from graph.backends.neo4j_settle import settle
from graph.judgements import Judgement, checked, part_of
from graph.revision import add
from graph.rulings import admit
from graph.store import Batch
from ontology.errors import NotFoundError

MANY = 500  # documents of ``write_many`` that are kept in one transaction, and
LETTERS = 2_000_000  # letters of text from which on there are fewer: the server holds a transaction in memory
_PAGE = 50  # batches that are read at once


class Neo4jStore(Neo4jQuestions):
    """See ``graph.store.Store``.

    Args:
        url: See ``graph.backends.neo4j_address.parse_address``.
        read_only: Ask only: nothing is made or written.

    Raises:
        InvalidInputError: The address cannot be used.
        StoreUnavailableError: The server cannot be reached, refuses, or its database holds something else.
        StoreVersionError: A newer version of the program wrote it.
    """

    def __init__(self, url: str, *, read_only: bool = False) -> None:
        connection = Connection(parse_address(url), read_only=read_only)
        try:
            prepare(connection)
        except BaseException:
            connection.close()
            raise
        super().__init__(connection)
        self.location = connection.address.shown
        self.url = url  # may hold the password: for processes of ours that open the store, too; never shown

    def write(self, batch: Batch) -> None:
        """See ``graph.store.Store.write``."""
        _, failure = self._write_some([Prepared(batch)])
        if failure is not None:
            raise failure

    def write_many(self, batches: Iterator[Batch]) -> int:
        """See ``graph.store.Store.write_many``; while the server keeps some documents, the next ones are made ready."""
        changed, failure = 0, None
        with ThreadPoolExecutor(1, thread_name_prefix="luocdo-neo4j") as writer:
            going: Future[tuple[int, Exception | None]] | None = None
            groups = grouped(batches, MANY, LETTERS)
            while failure is None:
                some: list[Prepared] | None = None
                try:
                    some = next(groups, None)
                    self._make_ready(some or [])
                except Exception as error:  # a failing iterator leaves what it gave before
                    failure = error
                if going is not None:
                    done, failed = going.result()
                    changed, failure, going = changed + done, failed or failure, None
                if some is None:
                    break
                if failure is None:
                    going = writer.submit(self._write_some, some)
        if failure is not None:
            raise failure
        return changed

    def _make_ready(self, documents: list[Prepared]) -> None:
        """Make the rows of documents that the store seems not to have; the transaction looks again."""
        if not documents:
            return
        rows = self.connection.rows(statements("reading")["marks"], paths=[d.path for d in documents])
        there = {(row["path"], row["mark"]) for row in rows}
        for document in documents:
            if (document.path, document.mark) not in there and not document.make_ready():
                break  # it fails again in its turn, after the documents before it are kept

    def _write_some(self, documents: list[Prepared]) -> tuple[int, Exception | None]:
        """Keep what can be read of some documents, up to the first of which the facts cannot be made."""
        return self.connection.write(lambda tx: _Change(tx).write(documents))

    def remove(self, path: str) -> None:
        """See ``graph.store.Store.remove``."""
        self.connection.write(lambda tx: _Change(tx).remove(path))

    def judge(self, record: Judgement) -> None:
        """See ``graph.store.Store.judge``."""
        self.connection.write(lambda tx: _Change(tx).judge(record))

    def adopt(self, records: Iterable[Judgement]) -> int:
        """See ``graph.store.Store.adopt``."""
        given = {record.id: checked(record) for record in records}
        return self.connection.write(lambda tx: _Change(tx).adopt(list(given.values())))

    def digests(self) -> dict[str, str]:
        """See ``graph.store.Store.digests``."""
        return {row["path"]: row["sha"] for row in self.connection.rows(statements("reading")["digests"])}

    def batches(self) -> Iterator[Batch]:
        """See ``graph.store.Store.batches``."""
        reading, after = statements("reading"), ""
        while rows := self.connection.rows(reading["batches_after"], after=after, limit=_PAGE):
            yield from (unpack_batch(row["batch"]) for row in rows)
            after = rows[-1]["path"]

    def batch(self, path: str) -> Batch:
        """See ``graph.store.Store.batch``."""
        for row in self.connection.rows(statements("writing")["batches"], paths=[path]):
            return unpack_batch(row["batch"])
        raise NotFoundError(f"chưa nạp tệp nào từ {path}", path=path)

    def close(self) -> None:
        """See ``graph.store.Store.close``."""
        self.connection.close()


class _Change:
    """What one transaction does."""

    def __init__(self, tx: ManagedTransaction) -> None:
        self._tx = tx
        self._writer = Writer(tx)
        [store] = self._writer.run("begin")
        self._revision: int = store["revision"]

    def write(self, documents: list[Prepared]) -> tuple[int, Exception | None]:
        """Give how many documents were new or changed, and why the rest could not be kept."""
        changed, failure = 0, None
        todo = list(documents)
        while todo and failure is None:
            some: dict[str, Prepared] = {}
            while todo and todo[0].path not in some:  # of two batches for one path the later one replaces the earlier
                document = todo.pop(0)
                some[document.path] = document
            done, failure = self._write(some)
            changed += done
        if changed:
            self._settle()
        return changed, failure

    def _write(self, documents: dict[str, Prepared]) -> tuple[int, Exception | None]:
        olds = {row["path"]: row for row in self._writer.run("files", paths=sorted(documents))}
        fresh: dict[str, Whole] = {}
        rows, failure, shas = [], None, set()
        for path, document in documents.items():
            old = olds.get(path)
            if old is not None and old["mark"] == document.mark:
                continue
            try:
                fresh[path] = document.whole
            except Exception as error:  # whatever it is, the documents before it are kept
                failure = error
                break
            if old is not None:
                shas.add(old["sha"])
                self._revision = add(self._revision, -old["part"])
            self._revision = add(self._revision, document.part)
            shas.add(document.source.sha256)
            rows.append(document.file)
        if rows:
            before = self._owners(shas)
            self._writer.run("put_files", files=rows)
            self._own(shas, before, fresh)
        return len(rows), failure

    def remove(self, path: str) -> None:
        olds = self._writer.run("files", paths=[path])
        if not olds:
            raise NotFoundError(f"chưa nạp tệp nào từ {path}", path=path)
        sha = olds[0]["sha"]
        self._revision = add(self._revision, -olds[0]["part"])
        before = self._owners({sha})
        self._writer.run("drop_files", paths=[path])
        self._own({sha}, before, {})
        self._settle()

    def judge(self, record: Judgement) -> None:
        forms = JudgedForms(asking(self._tx))
        if admit(record, {r.id: r for r in forms.records}, forms.bearing):
            self._keep(forms, [record])

    def adopt(self, records: list[Judgement]) -> int:
        forms = JudgedForms(asking(self._tx))
        known = {r.id for r in forms.records}
        fresh = [r for r in records if r.id not in known]
        if fresh:
            self._keep(forms, fresh)
        return len(fresh)

    def _keep(self, forms: JudgedForms, records: list[Judgement]) -> None:
        self._writer.touched.blocks |= forms.add(records)
        for record in records:
            self._revision = add(self._revision, part_of(record))
        self._settle()

    def _owners(self, shas: set[str]) -> dict[str, str | None]:
        """The path whose facts each content has now."""
        return {row["sha"]: row["owner"] for row in self._writer.run("contents", shas=sorted(shas))}

    def _own(self, shas: set[str], before: dict[str, str | None], fresh: dict[str, Whole]) -> None:
        """Make the facts of each content those of its first file by path."""
        gone, wanted = [], {}
        for row in self._writer.run("contents", shas=sorted(shas)):
            sha, owner = row["sha"], min(row["paths"], default=None)
            if owner == before[sha] and owner not in fresh:
                continue
            if before[sha] is not None:
                gone.append(sha)
            if owner is not None:
                wanted[owner] = fresh.get(owner)
        missing = sorted(path for path, whole in wanted.items() if whole is None)
        for row in self._writer.run("batches", paths=missing) if missing else ():
            wanted[row["path"]] = Whole(unpack_batch(row["batch"]))
        self._writer.delete(sorted(gone))
        self._writer.insert([whole for _, whole in sorted(wanted.items()) if whole is not None])

    def _settle(self) -> None:
        settle(self._tx, self._writer.touched)
        all_rows(self._tx, statements("writing")["finish"], revision=self._revision)
