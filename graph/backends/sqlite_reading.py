"""Selections of the SQLite store: duties, bodies, documents."""

from collections.abc import Callable, Hashable, Iterable
from typing import Any

import msgspec

from graph.asking.reading import DocumentRow, DutyPick, DutyRow, Ranked
from graph.backends.picking import passes
from graph.backends.sqlite_chains import SqliteChains
from graph.backends.sqlite_counts import counts_of
from graph.backends.sqlite_days import bound_code
from graph.backends.sqlite_duties import Parties, duty_of, outline_of
from graph.backends.sqlite_judging import SqliteJudging
from graph.backends.sqlite_packing import hash64, listed
from graph.backends.sqlite_rows import DUTIES, KIND_BITS
from graph.backends.sqlite_search import SqliteSearch
from graph.paging import Page
from graph.results import BodyRef
from graph.statements import Body
from ontology.errors import NotFoundError
from ontology.terms import DeadlineKind

_BODY = msgspec.msgpack.Decoder(Body)
_LISTS = ("bearers", "parties", "carrying", "documents", "ids")


class SqliteReading(SqliteSearch, SqliteJudging, SqliteChains):
    """See ``graph.asking.reading.Reading``."""

    # -- duties -----------------------------------------------------------------------------------------------------
    def duty_rows(self, pick: DutyPick) -> list[DutyRow]:
        """See ``Reading.duty_rows``."""
        return self._duty_rows(pick, bare=False)

    def duty_outlines(self, pick: DutyPick) -> list[DutyRow]:
        """See ``Reading.duty_outlines``."""
        return self._duty_rows(pick, bare=True)

    def first_duties(self, bearers: frozenset[str], limit: int, offset: int) -> tuple[list[DutyRow], int] | None:
        """See ``Reading.first_duties``."""
        sql = "SELECT b.id FROM json_each(?) j CROSS JOIN body b ON b.iri = j.value"
        bodies = [at for (at,) in self.connections.rows(sql, (_list(bearers),))]
        start, end = max(0, offset), max(0, offset) + max(0, limit)
        found: dict[int, int] = {}
        for body in bodies:
            found |= {duty: day for day, duty in self._first_of(body, end)}
        last = sorted(found.values())[:end][-1:]
        near = [(day, duty) for duty, day in found.items() if day <= last[0]] if last else []
        docs = self.docs({duty // DUTIES for _, duty in near})
        refs = self.iris({docs[duty // DUTIES].node for _, duty in near})
        ranked = []
        for day, duty in near:
            doc = docs[duty // DUTIES]
            ranked.append((day, refs[doc.node].id, doc.sha256, duty % DUTIES, doc.id))
        page = sorted(ranked)[start:end]
        wanted: dict[int, set[int] | None] = {}
        for *_, ordinal, doc_id in page:
            wanted[doc_id] = (wanted.get(doc_id) or set()) | {ordinal}
        rows = {(row.sha256, row.duty.ordinal): row for row in self._rows_of(wanted)}
        return [rows[sha, ordinal] for _, _, sha, ordinal, _ in page], self._borne(bodies)

    def _first_of(self, body: int, count: int) -> list[tuple[int, int]]:
        sql = "SELECT day, duty FROM duty_body WHERE body = ? AND part = 0 ORDER BY day, duty LIMIT ?"
        rows = self.connections.rows(sql, (body, count))
        if rows and len(rows) == count:  # of one day, which document comes first is not told by its integer
            sql = "SELECT day, duty FROM duty_body WHERE body = ? AND part = 0 AND day = ?"
            rows += self.connections.rows(sql, (body, rows[-1][0]))
        return [(day, duty) for day, duty in rows]

    def _borne(self, bodies: list[int]) -> int:
        """How many duties some bodies bear, each counted once."""
        one = "SELECT count(*) FROM json_each(?) j CROSS JOIN duty_body b ON b.body = j.value AND b.part = 0"
        many = (
            "SELECT count(*) FROM (SELECT DISTINCT b.duty FROM json_each(?) j"
            " CROSS JOIN duty_body b ON b.body = j.value AND b.part = 0)"
        )
        return int(self.connections.rows(one if len(bodies) == 1 else many, (listed(bodies),))[0][0])

    def _duty_rows(self, pick: DutyPick, *, bare: bool) -> list[DutyRow]:
        duties, documents = self._picked(pick)
        ordinals: dict[int, set[int]] = {}
        for duty in duties:
            ordinals.setdefault(duty // DUTIES, set()).add(duty % DUTIES)
        wanted: dict[int, set[int] | None] = {**ordinals, **dict.fromkeys(documents)}
        rows = self._rows_of(wanted, bare=bare)
        # bearers, parties and documents are found by their integers, all else by what is looked at or hashed
        exact = DutyPick(bearers=pick.bearers, parties=pick.parties, documents=pick.documents)
        return rows if duties and pick == exact else [row for row in rows if passes(row, pick)]

    def _picked(self, pick: DutyPick) -> tuple[set[int], set[int]]:
        """Duties, and documents all of whose duties are looked at."""
        dated = bool(pick.due_from or pick.due_to)
        recurring = pick.kinds == (DeadlineKind.RECURRING.value,)
        given = [name for name in _LISTS if getattr(pick, name) is not None]
        if not given and not dated and not recurring:
            bits = sum(KIND_BITS[k] for k in set(pick.kinds) if k in KIND_BITS)
            mask = bits if pick.kinds else None
            return set(), self._duties("obligations", as_of=pick.as_of, kinds=mask, with_targets=pick.with_targets)
        within: set[int] | None = None
        whose = _list(pick.bearers) if given == ["bearers"] else None
        if dated:
            due = {"due_from": bound_code(pick.due_from), "due_to": bound_code(pick.due_to)}
            within = self._duties("due", bodies=whose, **due)
        elif recurring:
            within = self._duties("recurring", bodies=whose)
        if within is not None and (not within or not given or whose is not None):
            return within, set()
        lists = {n: _list(getattr(pick, n)) for n in ("bearers", "parties")}
        carrying = None if pick.carrying is None else listed(hash64(i) for i in sorted(pick.carrying))
        duties = self._duties("duties", **lists, carrying=carrying, ids=self._ids(pick.ids))
        documents = self._documents_of(pick.documents) if pick.documents else set()
        if within is None:
            return duties, documents
        return (duties & within) | {d for d in within if d // DUTIES in documents}, set()

    def _duties(self, name: str, **values: Any) -> set[int]:
        return {d for (d,) in self.ask(name, **values)}

    def _ids(self, ids: frozenset[str] | None) -> str | None:
        if ids is None:
            return None
        pairs = [i.rsplit("|", 1) for i in sorted(ids)]
        return listed(f"{self.doc_of(sha)}|{ordinal}" for sha, ordinal in pairs)

    def _documents_of(self, iris: Iterable[str]) -> set[int]:
        sql = (
            "SELECT d.id FROM json_each(?) j CROSS JOIN node n ON n.key = j.value CROSS JOIN sign s ON s.node = n.id"
            " CROSS JOIN document d ON d.sign = s.id"
        )
        return {d for (d,) in self.connections.rows(sql, (listed(hash64(i) for i in sorted(iris)),))}

    def _rows_of(self, wanted: dict[int, set[int] | None], *, bare: bool = False) -> list[DutyRow]:
        docs, kept = self.docs(wanted), self.kept(wanted)
        texts = {} if bare else self.texts(wanted)
        forms = self._forms({f for at in wanted for f in kept[at].forms})
        refs = self.iris({docs[at].node for at in wanted})
        carrying = [at for at in wanted if any(d.implements for d in kept[at].duties)]
        ends = self._ends(carrying)
        parties = Parties(forms, self.memo.parties)
        found = []
        for at, picked in wanted.items():
            numbers = picked or range(1, len(kept[at].duties) + 1)
            doc, instrument = docs[at], refs[docs[at].node].id
            for ordinal in numbers:
                one = kept[at].duties[ordinal - 1]
                duty = (
                    outline_of(doc, one, ordinal, parties) if bare else duty_of(doc, one, ordinal, texts[at], parties)
                )
                carried = tuple(dict.fromkeys(ends[at, n] for n in one.implements)) if one.implements else ()
                found.append(
                    DutyRow(duty=duty, sha256=doc.sha256, document=instrument, date=doc.date, implements=carried)
                )
        return found

    def _ends(self, docs: list[int]) -> dict[tuple[int, int], str]:
        """IRIs of what the documents mention, by document and ordinal."""
        if not docs:
            return {}
        sql = (
            "SELECT m.doc, m.ordinal, s.node FROM json_each(?) j CROSS JOIN mention m ON m.doc = j.value"
            " CROSS JOIN sign s ON s.id = m.sign"
        )
        rows = self.connections.rows(sql, (listed(sorted(docs)),))
        refs = self.iris({node for *_, node in rows})
        return {(doc, ordinal): refs[node].id for doc, ordinal, node in rows}

    def pointings(self, sha256: str) -> tuple[str, ...]:
        """See ``graph.store.Store.pointings``."""
        at = self.doc_of(sha256)
        ends = self._ends([at])
        return tuple(ends[at, n] for n in range(len(ends)))

    def _forms(self, ids: set[int]) -> dict[int, BodyRef]:
        have = self.memo.forms
        missing = {i for i in ids if i not in have}
        sql = "SELECT f.id, f.data FROM json_each(?) j CROSS JOIN form f ON f.id = j.value"
        for at, raw in self.connections.rows(sql, (listed(sorted(missing)),)) if missing else ():
            have[at] = _BODY.decode(raw).ref
        return have

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
        return self._document_rows(self._documents_of([instrument]))

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
        documents, first, last = self._counts()["extent"]
        return documents, first, last

    def counts(self) -> dict[str, int]:
        """See ``Reading.counts``."""
        return {name: n for name, n in self._counts().items() if name != "extent"}

    def _counts(self) -> dict[str, Any]:
        known = self.memo
        if known.counts is None:
            sql = "SELECT counts FROM meta WHERE counted = writes"
            rows = self.connections.rows(sql)
            known.counts = msgspec.json.decode(rows[0][0]) if rows else self.all_counts()
        return known.counts

    def all_counts(self) -> dict[str, Any]:
        """Count anew."""
        return {**counts_of(self.connections.get()), "conflicts": self.count_disputes()}

    def revision(self) -> int:
        """See ``Reading.revision``."""
        return int(self.connections.rows("SELECT revision FROM meta")[0][0])


def _list(values: Iterable[str] | None) -> str | None:
    return None if values is None else listed(sorted(values))
