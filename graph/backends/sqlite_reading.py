"""Selections of the SQLite store: duties, bodies, documents."""

from collections.abc import Callable, Hashable, Iterable

import msgspec

from graph.asking.reading import DocumentRow, Ranked
from graph.backends.sqlite_chains import SqliteChains
from graph.backends.sqlite_counts import counts_of
from graph.backends.sqlite_firsts import SqliteFirsts
from graph.backends.sqlite_judging import SqliteJudging
from graph.backends.sqlite_packing import hash64, listed
from graph.backends.sqlite_search import SqliteSearch
from graph.paging import Page
from graph.statements import Body
from ontology.errors import NotFoundError

_BODY = msgspec.msgpack.Decoder(Body)


class SqliteReading(SqliteFirsts, SqliteSearch, SqliteJudging, SqliteChains):
    """See ``graph.asking.reading.Reading``."""

    def pointings(self, sha256: str) -> tuple[str, ...]:
        """See ``graph.store.Store.pointings``."""
        at = self.doc_of(sha256)
        ends = self.ends([at])
        return tuple(ends[at, n] for n in range(len(ends)))

    # -- bodies -----------------------------------------------------------------------------------------------------
    def body_of(self, iri: str) -> Body:
        """See ``Reading.body_of``."""
        known = self.memo.bodies
        if iri not in known:
            rows = self.connections.rows("SELECT data FROM body WHERE iri = ?", (iri,))
            if not rows:
                raise NotFoundError("Cơ quan này không có trong các văn bản đã nạp", iri=iri)
            known[iri] = _BODY.decode(rows[0][0])
        return known[iri]

    def bodies_below(self, iri: str) -> list[Body]:
        """See ``Reading.bodies_below``."""
        known = self.memo.below
        if iri not in known:
            sql = "SELECT b.data FROM above a JOIN body b ON b.id = a.body WHERE a.above = ?"
            known[iri] = [_BODY.decode(raw) for (raw,) in self.connections.rows(sql, (hash64(iri),))]
        return known[iri]

    def remembered(self, key: tuple[Hashable, ...], make: Callable[[], Ranked]) -> Ranked:
        """See ``Reading.remembered``."""
        known = self.memo.ranked
        if key not in known:
            known[key] = make()
        return known[key]

    def bodies_worded(self, words: frozenset[str], least: int) -> list[tuple[Body, tuple[str, ...]]]:
        """See ``Reading.bodies_worded``."""
        found = listed(sorted(self.items_worded("body", words, least)))
        sql = (
            "SELECT b.id, b.data, n.text FROM json_each(?) j"
            " CROSS JOIN body b ON b.id = j.value LEFT JOIN name n ON n.body = b.id"
        )
        named: dict[int, tuple[Body, list[str]]] = {}
        for at, raw, name in self.connections.rows(sql, (found,)):
            if at not in named:
                named[at] = (_BODY.decode(raw), [])
            if name is not None:
                named[at][1].append(name)
        return [(body, tuple(sorted(names))) for body, names in named.values()]

    def names_of(self, iri: str) -> tuple[str, ...]:
        """See ``Reading.names_of``."""
        sql = "SELECT n.text FROM body b JOIN name n ON n.body = b.id WHERE b.iri = ?"
        return tuple(sorted(name for (name,) in self.connections.rows(sql, (iri,))))

    def issued_by(self, iris: frozenset[str]) -> frozenset[str]:
        """See ``Reading.issued_by``."""
        sql = (
            "SELECT DISTINCT s.node FROM json_each(?) j CROSS JOIN body b ON b.iri = j.value"
            " CROSS JOIN issued i ON i.body = b.id CROSS JOIN document d ON d.id = i.doc"
            " CROSS JOIN sign s ON s.id = d.sign"
        )
        nodes = [node for (node,) in self.connections.rows(sql, (_list(iris),))]
        refs = self.iris(nodes)
        return frozenset(refs[node].id for node in nodes)

    # -- documents --------------------------------------------------------------------------------------------------
    def document(self, sha256: str) -> DocumentRow:
        """See ``Reading.document``."""
        return self._document_rows([self.doc_of(sha256)])[0]

    def documents_of(self, instrument: str) -> list[DocumentRow]:
        """See ``Reading.documents_of``."""
        return self._document_rows(self.documents_at([instrument]))

    def document_rows(self) -> list[tuple[str, DocumentRow]]:
        """See ``Reading.document_rows``."""
        ids = [d for (d,) in self.connections.rows("SELECT id FROM document")]
        return [(path, row) for row in self._document_rows(ids) for path in row.files]

    def document_page(self, limit: int | None, offset: int, sha256: str | None = None) -> Page[tuple[str, DocumentRow]]:
        """See ``Reading.document_page``."""
        if limit is None or sha256 is not None:
            return super().document_page(limit, offset, sha256)
        sql = (
            "SELECT f.path, d.id FROM (SELECT path, sha FROM file ORDER BY path LIMIT ? OFFSET ?) f"
            " CROSS JOIN document d ON d.sha = f.sha ORDER BY f.path"
        )
        pairs = self.connections.rows(sql, (max(0, limit), max(0, offset)))
        rows = {path: row for row in self._document_rows({at for _, at in pairs}) for path in row.files}
        total = self.connections.rows("SELECT count(*) FROM file")[0][0]
        return Page([(path, rows[path]) for path, _ in pairs], total=total, start=max(0, offset))

    def _document_rows(self, ids: Iterable[int]) -> list[DocumentRow]:
        wanted = list(ids)
        docs, kept, refs = self.docs(wanted), self.kept(wanted), self.iris({self.docs(wanted)[i].node for i in wanted})
        self.texts(i for i in wanted if kept[i].unparsed)
        paths: dict[int, list[str]] = {}
        sql = (
            "SELECT d.id, f.path FROM json_each(?) j"
            " CROSS JOIN document d ON d.id = j.value CROSS JOIN file f ON f.sha = d.sha"
        )
        for at, path in self.connections.rows(sql, (listed(wanted),)):
            paths.setdefault(at, []).append(path)
        found = [
            DocumentRow(
                sha256=docs[i].sha256,
                file=docs[i].file,
                files=tuple(sorted(paths[i])),
                instrument=refs[docs[i].node].id,
                date=docs[i].date,
                citations=kept[i].citations,
                duties=len(kept[i].duties),
                signers=kept[i].signers,
                recipients=kept[i].recipients,
                addressees=kept[i].addressees,
                warnings=kept[i].warnings,
                unparsed=tuple(self.evidence([(i, span) for span in kept[i].unparsed])),
                text_from=kept[i].text_from,
            )
            for i in wanted
        ]
        return sorted(found, key=lambda d: d.sha256)

    def source_text(self, sha256: str) -> str:
        """See ``Reading.source_text``."""
        at = self.doc_of(sha256)
        return self.texts([at])[at][0]

    def extent(self) -> tuple[int, str | None, str | None]:
        """See ``Reading.extent``."""
        known = self.memo
        if known.extent is None:  # every answer tells it, so each of the three is had from an index alone
            [(documents,)] = self.connections.rows("SELECT count(*) FROM document")
            [(first,)] = self.connections.rows("SELECT min(date) FROM node WHERE loaded")
            [(last,)] = self.connections.rows("SELECT max(date) FROM node WHERE loaded")
            known.extent = (documents, first, last)
        return known.extent

    def counts(self) -> dict[str, int]:
        """See ``Reading.counts``."""
        known = self.memo
        if known.counts is None:
            told = self.kept_counts() or self.all_counts()
            known.counts = {name: n for name, n in told.items() if name != "extent"}  # version 3 kept it there, too
        return known.counts

    def all_counts(self) -> dict[str, int]:
        """Count anew."""
        return {**counts_of(self.connections.get()), "conflicts": self.count_disputes()}

    def revision(self) -> int:
        """See ``Reading.revision``."""
        return int(self.connections.rows("SELECT revision FROM meta")[0][0])


def _list(values: Iterable[str] | None) -> str | None:
    return None if values is None else listed(sorted(values))
