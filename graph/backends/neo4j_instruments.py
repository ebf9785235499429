"""Selections of the Neo4j store: instruments, relations, full text."""

from collections.abc import Iterable

from graph.asking.instruments import ORDER
from graph.asking.reading import COMMON, Passage, Statement, bases_of
from graph.backends.neo4j_base import Row
from graph.backends.neo4j_known import Neo4jBase
from graph.backends.neo4j_packing import NODE, REF, TOLD, placed
from graph.nodes import Node
from graph.results import Evidence, InstrumentRef
from graph.store import InstrumentFilter
from ontology.errors import NotFoundError
from ontology.terms import RelationKind, Strength


class Neo4jInstruments(Neo4jBase):
    """Selections of instruments and relations."""

    def node(self, iri: str) -> Node:
        """See ``Reading.node``."""
        known = self.memo.nodes
        if iri not in known:
            rows = self.look("nodes", iris=[iri]) or self.look("aliases", iri=iri)
            if not rows:
                raise NotFoundError("Văn bản này không có trong các văn bản đã nạp", iri=iri)
            known[iri] = NODE.decode(rows[0]["data"])
        return known[iri]

    def nodes(self, iris: Iterable[str]) -> dict[str, Node]:
        """See ``Reading.nodes``."""
        return {n.id: n for n in _nodes(self.look("nodes", iris=sorted(set(iris))))}

    def refs(self, iris: Iterable[str]) -> dict[str, InstrumentRef]:
        """See ``Reading.refs``."""
        known, wanted = self.memo.refs, set(iris)
        missing = sorted(wanted - known.keys())
        for row in self.look("refs", iris=missing) if missing else ():
            ref = REF.decode(row["ref"])
            known[ref.id] = ref
        return {iri: known[iri] for iri in wanted if iri in known}

    def nodes_where(self, where: InstrumentFilter) -> list[InstrumentRef]:
        """See ``Reading.nodes_where``."""
        rows = self.ask(
            "instruments",
            loaded=where.loaded,
            stage=where.stage,
            families=list(where.families) or None,
            types=list(where.types) or None,
            jurisdiction=where.jurisdiction,
            level=where.level,
            missing=list(where.missing) or None,
        )
        return [REF.decode(row["ref"]) for row in rows]

    def nodes_numbered(self, num: int) -> list[Node]:
        """See ``Reading.nodes_numbered``."""
        return self.recall(("find_numbers", num), lambda: _nodes(self.ask("find_numbers", num=num)))

    def nodes_worded(self, words: frozenset[str], least: int) -> list[Node]:
        """See ``Reading.nodes_worded``."""
        return _nodes(self.look("nodes_worded", keys=[f"word|instrument|{w}" for w in sorted(words)], least=least))

    def words(self, kind: str) -> frozenset[str]:
        """See ``Reading.words``."""
        known = self.memo.words
        if kind not in known:
            known[kind] = frozenset(row["word"] for row in self.ask("words", kind=f"word|{kind}|"))
        return known[kind]

    def disputed(self) -> list[Node]:
        """See ``Reading.disputed``."""
        return _nodes(self.look("disputed"))

    def quotes(self, signs: Iterable[str], property_: str, limit: int) -> tuple[Evidence, ...]:
        """See ``Reading.quotes``."""
        ids = tuple(sorted(set(signs)))
        return tuple(self.recall(("quotes", ids, property_, limit), lambda: self._quotes(ids, property_, limit)))

    def _quotes(self, signs: tuple[str, ...], property_: str, limit: int) -> list[Evidence]:
        ids = list(signs)
        found = [placed(row["place"]) for row in self.ask("quotes", signs=ids, limit=limit)]
        for row in self.ask("quotes_own", signs=ids):
            proofs = TOLD.decode(row["told"]).proofs
            found.append(proofs.get(property_) or proofs.get(f"{property_}s") or placed(row["place"]))
        return list(dict.fromkeys(sorted(found, key=lambda e: (e.file, e.sha256, e.start, e.end))))[:limit]

    def statements(
        self,
        kinds: tuple[RelationKind, ...] = (),
        subject: str | None = None,
        object_: str | None = None,
        document: str | None = None,
    ) -> list[Statement]:
        """See ``Reading.statements``."""
        told = [k.value for k in kinds] or None
        return stated(self.ask("relations", kinds=told, subject=subject, object=object_, document=document))

    def statements_about(self, iris: frozenset[str], kinds: tuple[RelationKind, ...]) -> list[Statement]:
        """See ``Reading.statements_about``."""
        return stated(self.ask("relations_about", iris=sorted(iris), kinds=[k.value for k in kinds]))

    def carried(self, iri: str, depth: int, strengths: tuple[str, ...], *, up: bool) -> list[Statement]:
        """See ``Reading.carried``."""
        name, most = "basis" if up else "implementers", _most(strengths)
        found: list[Statement] = []
        seen, level = {iri}, [iri]
        for _ in range(depth):
            if not level:
                break
            told = stated(self.ask(name, iris=level, most=most))
            found += told
            level = sorted({s.object if up else s.subject for s in told} - seen)
            seen.update(level)
        return found

    def bases(self, iris: frozenset[str]) -> dict[str, frozenset[str]]:
        """See ``Reading.bases``."""
        return bases_of(stated(self.ask("basis_near", iris=sorted(iris), most=ORDER[Strength.DOCUMENT])))

    # -- full text --------------------------------------------------------------------------------------------------
    def passages(self, choices: tuple[tuple[str, ...], ...], limit: int, *, phrase: bool = False) -> list[Passage]:
        """See ``Reading.passages``."""
        if phrase:
            told = " OR ".join(f'"{" ".join(words)}"' for words in choices)
        else:
            told = " OR ".join("(" + " AND ".join(f'"{w}"' for w in words) + ")" for words in choices)
        rows = self.ask("search", expression=told, limit=limit) if told else []
        return [Passage(sha256=r["sha"], start=r["start"], end=r["end"], duty=r["duty"]) for r in rows]

    def word_counts(self, words: tuple[str, ...]) -> dict[str, int]:
        """See ``Reading.word_counts``."""
        return {w: self.look("word_count", word=f'"{w}"', most=COMMON)[0]["n"] for w in words}

    def present(self, words: tuple[str, ...]) -> frozenset[str]:
        """See ``Reading.present``."""
        return frozenset(w for w in words if self.look("present", word=f'"{w}"')[0]["n"])


def _nodes(rows: list[Row]) -> list[Node]:
    return [NODE.decode(row["data"]) for row in rows]


def _most(strengths: tuple[str, ...]) -> int:
    return max(rank for strength, rank in ORDER.items() if strength.value in strengths)


def stated(rows: list[Row]) -> list[Statement]:
    """Statements out of the rows of a query."""
    return [
        Statement(
            subject=row["subject"],
            kind=RelationKind(row["kind"]),
            object=row["object"],
            strength=Strength(row["strength"]),
            stage=row["stage"],
            evidence=placed(row["place"]),
        )
        for row in rows
    ]
