"""Which duties the SQLite store looks at, and these as outlines: out of the bytes of their documents, without words.

A unit of a large corpus bears thousands of duties. Of each only what chooses and orders it is decoded, and who bears
it and to whom is told by the bytes that say so: few combinations come again and again.
"""

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from graph.asking.outlines import Laid, Outline, Sides
from graph.asking.reading import DutyPick
from graph.backends.picking import filtered
from graph.backends.picking import listed as is_listed
from graph.backends.sqlite_days import bound_code
from graph.backends.sqlite_duties import Parties
from graph.backends.sqlite_instruments import SqliteBase
from graph.backends.sqlite_outlines import OutlinedDuty, unpack_outlines
from graph.backends.sqlite_packing import hash64, listed, sha_out
from graph.backends.sqlite_rows import DUTIES, KIND_BITS
from graph.results import BodyRef
from graph.statements import Body
from ontology.terms import DeadlineKind

_BODY = msgspec.msgpack.Decoder(Body)
_LISTS = ("bearers", "parties", "carrying", "documents", "ids")
Wanted = dict[int, set[int] | None]  # documents by their integers: the ordinals of duties, all where None


class SqlitePicks(SqliteBase):
    """See ``graph.asking.reading.Reading.laid``."""

    def laid(self, pick: DutyPick) -> list[Laid]:
        """See ``Reading.laid``."""
        wanted, sure = self.wanted(pick)
        sql = (
            "SELECT d.id, d.sha, s.node, d.date, d.facts FROM json_each(?) j"
            " CROSS JOIN document d ON d.id = j.value CROSS JOIN sign s ON s.id = d.sign"
        )
        rows = self.connections.rows(sql, (listed(sorted(wanted)),))
        found = {row[0]: unpack_outlines(row[-1]) for row in rows}
        ends = self.ends([at for at, outlines in found.items() if any(d.implements for d in outlines)])
        refs = self.iris({row[2] for row in rows})
        laid = []
        for at, sha, node, date, _ in rows:
            numbers, sha256, document = wanted[at], sha_out(sha), refs[node].id
            outlines = tuple(self._outlines(at, found[at], numbers, ends))
            laid.append(Laid(document=document, sha256=sha256, date=date, outlines=outlines))
        return laid if sure else _passing(laid, pick)

    def wanted(self, pick: DutyPick) -> tuple[Wanted, bool]:
        """Which duties to look at, and whether it is sure that they pass."""
        duties, documents = self.picked(pick)
        ordinals: dict[int, set[int]] = {}
        for duty in duties:
            ordinals.setdefault(duty // DUTIES, set()).add(duty % DUTIES)
        # bearers, parties and documents are found by their integers, all else by what is looked at or hashed
        exact = DutyPick(bearers=pick.bearers, parties=pick.parties, documents=pick.documents)
        return {**ordinals, **dict.fromkeys(documents)}, bool(duties) and pick == exact

    def _outlines(
        self,
        at: int,
        duties: tuple[OutlinedDuty, ...],
        numbers: set[int] | None,
        ends: dict[tuple[int, int], str],
    ) -> Iterator[Outline]:
        start = 0
        for ordinal, duty in enumerate(duties, 1):
            start += duty.start
            if numbers is None or ordinal in numbers:
                yield Outline(
                    ordinal=ordinal,
                    sides=self._sides(duty),
                    implements=tuple(dict.fromkeys(ends[at, n] for n in duty.implements)) if duty.implements else (),
                    term=duty.deadline,
                    targeted=duty.targeted,
                    start=start,
                    end=start + duty.end,
                )

    def _sides(self, duty: OutlinedDuty) -> Sides:
        known, said = self.memo.sides, (bytes(duty.bearers), bytes(duty.parties))
        if said not in known:
            bearers, others = duty.sides()
            forms = self.forms({b[0] for b in bearers} | {o[0] for o in others})
            parties = Parties(forms, self.memo.parties)
            known[said] = Sides(parties.bearers(bearers), parties.others(others))
        return known[said]

    def picked(self, pick: DutyPick) -> tuple[set[int], set[int]]:
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
        documents = self.documents_at(pick.documents) if pick.documents else set()
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

    def documents_at(self, iris: Iterable[str]) -> set[int]:
        """Integers of the loaded documents that are instruments."""
        sql = (
            "SELECT d.id FROM json_each(?) j CROSS JOIN node n ON n.key = j.value CROSS JOIN sign s ON s.node = n.id"
            " CROSS JOIN document d ON d.sign = s.id"
        )
        return {d for (d,) in self.connections.rows(sql, (listed(hash64(i) for i in sorted(iris)),))}

    def ends(self, docs: list[int]) -> dict[tuple[int, int], str]:
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

    def forms(self, ids: set[int]) -> dict[int, BodyRef]:
        """Bodies by the integers of their forms."""
        have = self.memo.forms
        missing = {i for i in ids if i not in have}
        sql = "SELECT f.id, f.data FROM json_each(?) j CROSS JOIN form f ON f.id = j.value"
        for at, raw in self.connections.rows(sql, (listed(sorted(missing)),)) if missing else ():
            have[at] = _BODY.decode(raw).ref
        return have


def _passing(laid: Iterable[Laid], pick: DutyPick) -> list[Laid]:
    found = []
    for at in laid:
        outlines = tuple(
            one for one in at.outlines if is_listed(at.document, at.sha256, one, pick) and filtered(at.date, one, pick)
        )
        if outlines:
            found.append(msgspec.structs.replace(at, outlines=outlines))
    return found


def _list(values: Iterable[str] | None) -> str | None:
    return listed(sorted(values)) if values is not None else None
