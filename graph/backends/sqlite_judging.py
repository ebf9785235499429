"""Selections of the SQLite store: signs, judgements and what joined them."""

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from graph.asking.judging import Disputed, PutOff, later_of
from graph.backends.sqlite_instruments import SqliteBase
from graph.backends.sqlite_judged import JudgedForms
from graph.backends.sqlite_packing import hash64, listed, sign_key, unpack_node, unpack_ref, unpack_sign
from graph.judgements import Judgement
from graph.nodes import Node, Peer
from graph.paging import Page
from graph.resolution import Cluster, Link, block_of, clusters_of
from graph.rulings import Rulings
from graph.statements import Sign

_SOME = 500  # instruments with something to judge that are held at once


class SqliteJudging(SqliteBase):
    """See ``graph.asking.evidence.IdentityReading``."""

    def signs(self, ids: Iterable[str]) -> dict[str, Sign]:
        """See ``IdentityReading.signs``."""
        sql = "SELECT s.data FROM json_each(?) j CROSS JOIN sign s ON s.key = j.value"
        rows = self.connections.rows(sql, (listed(sign_key(i) for i in ids),))
        return {sign.id: sign for sign in (unpack_sign(data) for (data,) in rows)}

    def citing(self, ids: Iterable[str]) -> int:
        """See ``IdentityReading.citing``."""
        sql = (
            "SELECT count(DISTINCT m.doc) FROM json_each(?) j CROSS JOIN sign s ON s.key = j.value"
            " CROSS JOIN mention m ON m.sign = s.id"
        )
        return int(self.connections.rows(sql, (listed(sign_key(i) for i in ids),))[0][0])

    def together(self, a: Iterable[str], b: Iterable[str]) -> bool:
        """See ``IdentityReading.together``."""
        sql = (
            "SELECT 1 FROM json_each(?) j CROSS JOIN sign s ON s.key = j.value CROSS JOIN mention m ON m.sign = s.id"
            " WHERE EXISTS (SELECT 1 FROM mention n JOIN sign t ON t.id = n.sign"
            " WHERE n.doc = m.doc AND t.key IN (SELECT value FROM json_each(?))) LIMIT 1"
        )
        return bool(self.connections.rows(sql, tuple(listed(sign_key(i) for i in ids) for ids in (a, b))))

    def peers(self, series: str) -> list[Peer]:
        """See ``IdentityReading.peers``."""
        sql = "SELECT day, num FROM cluster WHERE series = ? AND day IS NOT NULL AND num IS NOT NULL"
        return [(day, num) for day, num in self.connections.rows(sql, (hash64(series),))]

    def joined(self, node: Node) -> tuple[list[Cluster], list[Link]]:
        """See ``IdentityReading.joined``."""
        ruled = self.rulings()
        sql = "SELECT DISTINCT s.block FROM node n JOIN sign s ON s.node = n.id WHERE n.key = ?"
        mine = frozenset(node.signs)
        clusters = []
        for (block,) in self.connections.rows(sql, (hash64(node.id),)):
            rows = self.connections.rows("SELECT data FROM sign WHERE block = ? AND uses > 0", (block,))
            signs = [unpack_sign(data) for (data,) in rows]
            found = clusters_of(block_of(signs[0]), signs, ruled)
            clusters += [c for c in found if c.signs[0].id in mine]
        sql = (
            "SELECT DISTINCT k.data FROM node n JOIN cluster c ON c.node = n.id JOIN link k ON k.a = c.id"
            " JOIN cluster d ON d.id = k.b AND d.node = n.id WHERE n.key = ? AND k.live"
        )
        rows = self.connections.rows(sql, (hash64(node.id),))
        return clusters, [msgspec.json.decode(data, type=Link) for (data,) in rows]

    def kept_counts(self) -> dict[str, Any] | None:
        """The counts that were made at the end of a load, where nothing was written since."""
        rows = self.connections.rows("SELECT counts FROM meta WHERE counted = writes")
        return msgspec.json.decode(rows[0][0], type=dict[str, Any]) if rows else None

    def count_disputes(self) -> int:
        """How many ``disputes`` there are, without holding them: of a million documents they would fill a gigabyte."""
        total = 0
        for nodes in self._disputed_by_date():
            others = self._present(d.other for n in nodes for d in n.disputes if d.other is not None)
            total += sum(self._told(node, others) for node in nodes)
        return total

    def disputes_page(self, about: Node | None, limit: int | None, offset: int) -> Page[tuple[Disputed, PutOff]]:
        """See ``Judging.disputes_page``; of all only the page is held, and what people put off."""
        if about is not None or limit is None:
            return super().disputes_page(about, limit, offset)
        known = self.memo
        if known.disputes is None:
            counts = self.kept_counts()
            known.disputes = counts["conflicts"] if counts else self.count_disputes()
        told = self.put_off()
        low, high = max(0, offset), max(0, offset) + max(0, limit)
        page: list[tuple[Disputed, PutOff]] = []
        last: list[tuple[Disputed, PutOff]] = []
        seen = 0
        for one in (one for nodes in self._disputed_by_date() for node in nodes for one in self.disputes_of(node)):
            if seen >= high:
                break
            if (later := later_of(one[1], told)) is not None:
                last.append((one, later))
                continue
            if seen >= low:
                page.append((one, None))
            seen += 1
        page += last[max(0, low - seen) : max(0, high - seen)]
        return Page(page, total=known.disputes, start=low)

    def _disputed_by_date(self) -> Iterator[list[Node]]:
        """Nodes with something to judge by date and IRI, a few hundred at a time."""
        sql = "SELECT json_group_array(id) FROM node WHERE disputed GROUP BY date ORDER BY date IS NULL, date"
        refs = "SELECT n.ref, n.id FROM json_each(?) j CROSS JOIN node n ON n.id = j.value"
        for (ids,) in self.connections.rows(sql):
            order = sorted((unpack_ref(ref).id, at) for ref, at in self.connections.rows(refs, (ids,)))
            for n in range(0, len(order), _SOME):
                yield self._disputed_at([at for _, at in order[n : n + _SOME]])

    def _disputed_at(self, ids: list[int]) -> list[Node]:
        sql = "SELECT n.id, n.ref, n.data FROM json_each(?) j CROSS JOIN node n ON n.id = j.value"
        found = {at: unpack_node(ref, data) for at, ref, data in self.connections.rows(sql, (listed(ids),))}
        return [found[at] for at in ids]

    def _told(self, node: Node, others: dict[str, str]) -> int:
        """How many disputes are told of an instrument: two that may be one are told once, of the first of them."""
        pairs = {others.get(d.other) or self.node(d.other).id for d in node.disputes if d.other is not None}
        return sum(d.other is None for d in node.disputes) + sum(other > node.id for other in pairs)

    def _present(self, iris: Iterable[str]) -> dict[str, str]:
        """Those of some IRIs that instruments bear now, for others are aliases of theirs."""
        wanted = set(iris)
        sql = "SELECT n.ref FROM json_each(?) j CROSS JOIN node n ON n.key = j.value"
        rows = self.connections.rows(sql, (listed(sorted(map(hash64, wanted))),))
        return {iri: iri for (raw,) in rows if (iri := unpack_ref(raw).id) in wanted}

    def rulings(self) -> Rulings:
        """See ``IdentityReading.rulings``."""
        known = self.memo
        if known.rulings is None:
            known.rulings = JudgedForms(self.connections.get()).rulings()
        return known.rulings

    def records(self) -> list[Judgement]:
        """See ``IdentityReading.records``."""
        rows = self.connections.rows("SELECT data FROM judgement")
        return [msgspec.json.decode(data, type=Judgement) for (data,) in rows]
