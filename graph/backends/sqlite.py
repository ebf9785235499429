"""The store in one SQLite file: documents whole or not at all, identity settled step by step."""

import logging
import sqlite3
from array import array
from collections.abc import Iterable, Iterator
from time import monotonic

import msgspec

from graph.backends.sqlite_base import VERSION, Connections
from graph.backends.sqlite_judged import JudgedForms
from graph.backends.sqlite_migrations import Earlier, in_place
from graph.backends.sqlite_packing import listed, pack, sha_in, sha_out, unpack, unpack_text
from graph.backends.sqlite_questions import SqliteQuestions
from graph.backends.sqlite_remembered import Remembered
from graph.backends.sqlite_rows import Writer
from graph.backends.sqlite_settle import settle
from graph.facts import facts_of
from graph.judgements import Judgement, checked, part_of
from graph.revision import add, revision_of
from graph.rulings import admit
from graph.statements import DocumentFacts
from graph.store import Batch
from ontology.errors import NotFoundError
from ontology.uncollected import uncollected

_LOG = logging.getLogger("luocdo.store")
MANY = 4000  # documents of ``write_many`` that are settled and made safe together
LETTERS = 12_000_000  # code points of their texts, from which on fewer documents are enough
LONGEST = 2.0  # seconds that documents are gathered for before what is there is made safe
SOME = 200  # documents whose facts are held at once


class SqliteStore(SqliteQuestions):
    """See ``graph.store.Store``.

    Args:
        path: Database file; it is made where it is not there, unless ``read_only``.
        read_only: Ask only: nothing is made or written.

    Raises:
        StoreUnavailableError: The file cannot be opened or is something else.
        StoreVersionError: A version of the program wrote it that this one cannot read.
    """

    def __init__(self, path: str, *, read_only: bool = False) -> None:
        super().__init__(Connections(path, read_only=read_only))
        self.location = f"sqlite:{path}"
        self._remembered = Remembered()
        self._data_version = -1
        if self.connections.outdated:
            self._bring_forward()

    def _bring_forward(self) -> None:
        """Make a store of an earlier version one of this version, all or nothing."""
        with self.connections.transaction() as db:
            version = db.execute("PRAGMA user_version").fetchone()[0]
            if version == VERSION:
                return  # another process did it while this one waited
            _LOG.warning("nâng cấp kho %s từ phiên bản %d lên %d", self.connections.path, version, VERSION)
            if in_place(db, version):
                return
            earlier = Earlier(db)
            self._remembered = Remembered()
            change = _Change(db, self._remembered)
            change.adopt(earlier.judgements())
            change.settle()
            for some in earlier.batches():
                change = _Change(db, self._remembered)
                failure = change.write(some)
                if failure is not None:
                    raise failure
                change.settle()
            earlier.forget()
        self._count()

    def write(self, batch: Batch) -> None:
        """See ``graph.store.Store.write``."""
        self._write_some([batch])

    def write_many(self, batches: Iterator[Batch]) -> int:
        """See ``graph.store.Store.write_many``."""
        changed, failure = 0, None
        while failure is None:
            some, failure = _gathered(batches)
            if not some and failure is None:
                break
            done, failed = self._write_known(some)
            changed += done
            failure = failed or failure
        if changed:  # whoever loads is told the counts, and whoever asks next need not count again
            self._count()
        if failure is not None:
            raise failure
        return changed

    def _write_some(self, batches: list[Batch]) -> int:
        done, failure = self._write_known(batches)
        if failure is not None:
            raise failure
        return done

    def _write_known(self, batches: list[Batch]) -> tuple[int, Exception | None]:
        """Keep what can be read of some documents, up to the first of which the facts cannot be made; takes them."""
        with uncollected(), self.connections.transaction() as db:
            change = _Change(db, self._fresh(db))
            failure = change.write(batches)
            change.settle()
        self._data_version = change.writes
        return change.changed, failure

    def remove(self, path: str) -> None:
        """See ``graph.store.Store.remove``."""
        with self.connections.transaction() as db:
            change = _Change(db, self._fresh(db))
            change.remove(path)
            change.settle()
        self._data_version = change.writes

    def judge(self, record: Judgement) -> None:
        """See ``graph.store.Store.judge``."""
        with self.connections.transaction() as db:
            change = _Change(db, self._fresh(db))
            change.judge(record)
            change.settle()
        self._data_version = change.writes

    def adopt(self, records: Iterable[Judgement]) -> int:
        """See ``graph.store.Store.adopt``."""
        given = {record.id: checked(record) for record in records}
        with self.connections.transaction() as db:
            change = _Change(db, self._fresh(db))
            change.adopt(given.values())
            change.settle()
        self._data_version = change.writes
        return change.changed

    def digests(self) -> dict[str, str]:
        """See ``graph.store.Store.digests``."""
        return {path: sha_out(sha) for path, sha in self.connections.each("SELECT path, sha FROM file ORDER BY path")}

    def batches(self) -> Iterator[Batch]:
        """See ``graph.store.Store.batches``."""
        files = array("q", (at for (at,) in self.connections.each("SELECT id FROM file ORDER BY path")))
        for at in files:
            for path, raw in self.connections.rows("SELECT path, batch FROM file WHERE id = ?", (at,)):
                yield unpack(path, raw)

    def batch(self, path: str) -> Batch:
        """See ``graph.store.Store.batch``."""
        for (raw,) in self.connections.rows("SELECT batch FROM file WHERE path = ?", (path,)):
            return unpack(path, raw)
        raise NotFoundError(f"chưa nạp tệp nào từ {path}", path=path)

    def close(self) -> None:
        """See ``graph.store.Store.close``."""
        self.connections.close()

    def _fresh(self, db: sqlite3.Connection) -> Remembered:
        """What is remembered of past writes, unless they were undone or another connection has written since."""
        writes = db.execute("SELECT writes FROM meta").fetchone()[0]
        if writes != self._data_version:
            self._remembered = Remembered()
        self._data_version = -1  # until this transaction is through
        return self._remembered

    def _count(self) -> None:
        with self.connections.transaction() as db, self.state():
            told = msgspec.json.encode(self.all_counts()).decode()
            db.execute("UPDATE meta SET counted = writes, counts = ?", (told,))


def _gathered(batches: Iterator[Batch]) -> tuple[list[Batch], Exception | None]:
    """The next documents, as many as are settled together; a failing iterator leaves what it gave before."""
    some: list[Batch] = []
    letters, until = 0, monotonic() + LONGEST
    try:
        for batch in batches:
            some.append(batch)
            letters += len(batch.text)
            if len(some) >= MANY or letters > LETTERS or monotonic() > until:
                break
    except Exception as error:
        return some, error
    return some, None


class _Change:
    """What one transaction does."""

    def __init__(self, db: sqlite3.Connection, remembered: Remembered) -> None:
        self.db = db
        self.changed = 0
        remembered.make_room()
        self._writer = Writer(db, remembered)
        self._shas: set[bytes | str] = set()  # of files that are kept back
        self._paths: set[str] = set()
        self._remembered = remembered
        self.writes, self._revision = db.execute("SELECT writes, revision FROM meta").fetchone()

    def write(self, batches: list[Batch]) -> Exception | None:
        """Keep documents, and let each go as soon as its rows are made."""
        while batches:
            some = batches[:SOME]
            del batches[:SOME]
            failure = self._write(some)
            if failure is not None:
                return failure
        return None

    def _write(self, batches: list[Batch]) -> Exception | None:
        """Keep some documents, up to the first of which the facts cannot be made."""
        sql = "SELECT f.path, f.id, f.sha, f.batch FROM json_each(?) j CROSS JOIN file f ON f.path = j.value"
        known = {path: row for path, *row in self.db.execute(sql, (listed(b.path for b in batches),))}
        todo: list[tuple[Batch, DocumentFacts]] = []
        given: dict[str, Batch] = {}  # a path may come twice: the latest has the word
        failure = None
        for batch in batches:
            held = given.get(batch.path)
            if held is None and batch.path in known:
                held = unpack(batch.path, known[batch.path][2])
            if held == batch:
                continue
            given[batch.path] = batch
            try:
                todo.append((batch, facts_of(batch)))
            except Exception as error:  # whatever it is, the documents before it are kept
                failure = error
                break
        self._writer.expect(facts for _, facts in todo)
        for batch, facts in todo:
            self._file(batch, facts)
            self.changed += 1
        return failure

    def _file(self, batch: Batch, facts: DocumentFacts) -> None:
        raw, sha = pack(batch), sha_in(batch.record.source.sha256)
        if self._shas and (sha in self._shas or batch.path in self._paths):
            self._flush()
        old = self.db.execute("SELECT id, sha, batch FROM file WHERE path = ?", (batch.path,)).fetchone()
        self._revision = add(self._revision, revision_of(batch))
        if old is not None:
            at = old[0]
            self._flush()
            self._revision = add(self._revision, -revision_of(unpack(batch.path, old[2])))
            self._disown(at, old[1], unpack_text(old[2])[0])
            values = (sha, batch.record.source.file, raw, at)
            self.db.execute("UPDATE file SET (sha, name, batch) = (?, ?, ?) WHERE id = ?", values)
            if old[1] != sha:
                self._own(old[1])
            self._own(sha, at, facts, batch.text)
            return
        at = self._writer.number("file")
        self._writer.keep_back("file", [(at, batch.path, sha, batch.record.source.file, raw)])
        self._shas.add(sha)
        self._paths.add(batch.path)
        if self.db.execute("SELECT 1 FROM file WHERE sha = ?", (sha,)).fetchone() is None:
            self._writer.insert(facts, at, batch.text)
        else:
            self._flush()
            self._own(sha, at, facts, batch.text)

    def _flush(self) -> None:
        self._writer.flush()
        self._shas.clear()
        self._paths.clear()

    def remove(self, path: str) -> None:
        row = self.db.execute("SELECT id, sha, batch FROM file WHERE path = ?", (path,)).fetchone()
        if row is None:
            raise NotFoundError(f"chưa nạp tệp nào từ {path}", path=path)
        at, sha, raw = row
        batch = unpack(path, raw)
        self._revision = add(self._revision, -revision_of(batch))
        self._disown(at, sha, batch.text)
        self.db.execute("DELETE FROM file WHERE id = ?", (at,))
        self._own(sha)
        self.changed += 1

    def judge(self, record: Judgement) -> None:
        forms = JudgedForms(self.db)
        known = {r.id: r for r in forms.records}
        if admit(record, known, lambda form: [sign for _, sign in forms.bearing(form)]):
            self._add(forms, [record])

    def adopt(self, records: Iterable[Judgement]) -> None:
        forms = JudgedForms(self.db)
        known = {r.id for r in forms.records}
        self._add(forms, [r for r in records if r.id not in known])

    def _add(self, forms: JudgedForms, records: list[Judgement]) -> None:
        for record in records:
            self._writer.touched.blocks |= forms.add(record)
            self._revision = add(self._revision, part_of(record))
        self.changed += len(records)

    def _disown(self, file: int, sha: bytes | str, text: str) -> None:
        """Forget the facts of a content where they are this file's."""
        row = self.db.execute("SELECT id FROM document WHERE sha = ? AND owner = ?", (sha, file)).fetchone()
        if row is not None:
            self._writer.delete(row[0], text)

    def _own(self, sha: bytes | str, file: int = 0, facts: DocumentFacts | None = None, text: str = "") -> None:
        """Make the facts of a content those of its first file by path; ``file`` is the one whose facts are at hand."""
        sql = "SELECT id, path FROM file WHERE sha = ? ORDER BY path LIMIT 1"
        first = self.db.execute(sql, (sha,)).fetchone()
        kept = self.db.execute("SELECT id, owner FROM document WHERE sha = ?", (sha,)).fetchone()
        if kept is not None and first is not None and kept[1] == first[0]:
            return
        if kept is not None:
            raw = self.db.execute("SELECT batch FROM file WHERE id = ?", (kept[1],)).fetchone()[0]
            self._writer.delete(kept[0], unpack_text(raw)[0])
        if first is None:
            return
        if first[0] != file or facts is None:
            raw = self.db.execute("SELECT batch FROM file WHERE id = ?", (first[0],)).fetchone()[0]
            batch = unpack(first[1], raw)
            facts, text = facts_of(batch), batch.text
        self._writer.insert(facts, first[0], text)

    def settle(self) -> None:
        if self.changed:
            settle(self._writer, self._remembered)
            self.writes += 1
            self.db.execute("UPDATE meta SET writes = ?, revision = ?", (self.writes, self._revision))
