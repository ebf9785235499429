"""Selections of the Neo4j store: duties, bodies, documents."""

from graph.asking.outlines import DutyRow
from graph.asking.reading import DocumentRow, DutyPick
from graph.backends.neo4j_base import Row
from graph.backends.neo4j_chains import Neo4jChains
from graph.backends.neo4j_judging import Neo4jJudging
from graph.backends.neo4j_packing import BODY, DUTY, TOLD, unpack_batch
from graph.backends.picking import passes
from graph.statements import Body
from ontology.errors import NotFoundError

_LISTS = ("bearers", "parties", "documents", "carrying", "ids")


class Neo4jReading(Neo4jJudging, Neo4jChains):
    """See ``graph.asking.reading.Reading``."""

    # -- duties -----------------------------------------------------------------------------------------------------
    def duty_rows(self, pick: DutyPick) -> list[DutyRow]:
        """See ``Reading.duty_rows``."""
        lists = {n: None if (v := getattr(pick, n)) is None else sorted(v) for n in _LISTS}
        filters = {
            "due_from": pick.due_from,
            "due_to": pick.due_to,
            "as_of": pick.as_of,
            "kinds": list(pick.kinds) or None,
            "with_targets": pick.with_targets,
        }
        if any(given is not None for given in lists.values()):
            rows = self.ask("duties", **lists, **filters)
        else:
            rows = self.ask("due" if pick.due_from or pick.due_to else "obligations", **filters)
        return [found for found in map(_duty_row, rows) if passes(found, pick)]

    # -- bodies -----------------------------------------------------------------------------------------------------
    def body_of(self, iri: str) -> Body:
        """See ``Reading.body_of``."""
        known = self.memo.bodies
        if iri not in known:
            rows = self.look("body", iri=iri)
            if not rows:
                raise NotFoundError("Cơ quan này không có trong các văn bản đã nạp", iri=iri)
            known[iri] = BODY.decode(rows[0]["data"])
        return known[iri]

    def bodies_below(self, iri: str) -> list[Body]:
        """See ``Reading.bodies_below``."""
        known = self.memo.below
        if iri not in known:
            known[iri] = [BODY.decode(row["data"]) for row in self.look("below", iri=iri)]
        return known[iri]

    def bodies_worded(self, words: frozenset[str], least: int) -> list[tuple[Body, tuple[str, ...]]]:
        """See ``Reading.bodies_worded``."""

        def select() -> list[tuple[Body, tuple[str, ...]]]:
            rows = self.look("bodies_worded", keys=[f"word|body|{w}" for w in sorted(words)], least=least)
            return [(BODY.decode(row["data"]), tuple(sorted(row["names"]))) for row in rows]

        return self.recall(("bodies_worded", words, least), select)

    def names_of(self, iri: str) -> tuple[str, ...]:
        """See ``Reading.names_of``."""
        return tuple(sorted(row["name"] for row in self.look("names", iri=iri)))

    def issued_by(self, iris: frozenset[str]) -> frozenset[str]:
        """See ``Reading.issued_by``."""
        return frozenset(row["iri"] for row in self.look("issued_by", iris=sorted(iris)))

    # -- documents --------------------------------------------------------------------------------------------------
    def document(self, sha256: str) -> DocumentRow:
        """See ``Reading.document``."""
        rows = self.look("documents", shas=[sha256])
        if not rows:
            raise NotFoundError("Văn bản này không có trong các văn bản đã nạp", sha256=sha256)
        return _document_row(rows[0])

    def documents_by_sha(self, sha256s: frozenset[str]) -> list[DocumentRow]:
        """See ``Reading.documents_by_sha``."""
        found = {row["kept"]["sha"]: row for row in self.look("documents", shas=sorted(sha256s))}
        return [_document_row(found[sha]) if sha in found else self.document(sha) for sha in sorted(sha256s)]

    def documents_of(self, instrument: str) -> list[DocumentRow]:
        """See ``Reading.documents_of``."""
        return sorted(map(_document_row, self.look("documents_of", iri=instrument)), key=lambda d: d.sha256)

    def document_rows(self) -> list[tuple[str, DocumentRow]]:
        """See ``Reading.document_rows``."""
        return [(path, row) for row in map(_document_row, self.look("all_documents")) for path in row.files]

    def source_text(self, sha256: str) -> str:
        """See ``Reading.source_text``."""
        rows = self.look("text", sha=sha256)
        if not rows:
            raise NotFoundError("Văn bản này không có trong các văn bản đã nạp", sha256=sha256)
        return unpack_batch(rows[0]["batch"]).text

    def extent(self) -> tuple[int, str | None, str | None]:
        """See ``Reading.extent``."""
        [row] = self.look("extent")
        return row["documents"], row["first"], row["last"]

    def counts(self) -> dict[str, int]:
        """See ``Reading.counts``."""
        known = self.memo
        if known.counts is None:
            found = {"conflicts": len(self.disputes())}
            for name in ("count_instruments", "count_bodies", "count_duties", "count_relations"):
                found |= self.look(name)[0]
            known.counts = found
        return known.counts

    def revision(self) -> int:
        """See ``Reading.revision``."""
        return int(self.look("store")[0]["revision"])


def _duty_row(row: Row) -> DutyRow:
    return DutyRow(
        duty=DUTY.decode(row["data"]),
        sha256=row["sha"],
        document=row["document"],
        date=row["date"],
        implements=tuple(dict.fromkeys(iri for _, iri in sorted(row["implements"]))),
    )


def _document_row(row: Row) -> DocumentRow:
    kept = row["kept"]
    return DocumentRow(
        sha256=kept["sha"],
        file=kept["file"],
        files=tuple(sorted(row["files"])),
        instrument=row["instrument"],
        date=kept.get("date"),
        citations=kept["citations"],
        duties=kept["duties"],
        signers=tuple(kept["signers"]),
        recipients=tuple(kept["recipients"]),
        addressees=tuple(kept["addressees"]),
        warnings=tuple(kept["warnings"]),
        unparsed=TOLD.decode(kept["told"]).unparsed,
        text_from=kept["text_from"],
    )
