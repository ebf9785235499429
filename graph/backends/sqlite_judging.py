"""Selections of the SQLite store: signs, judgements and what joined them."""

from collections.abc import Iterable

import msgspec

from graph.backends.sqlite_instruments import SqliteBase
from graph.backends.sqlite_judged import JudgedForms
from graph.backends.sqlite_packing import hash64, listed, sign_key, unpack_node, unpack_ref, unpack_sign
from graph.judgements import Judgement
from graph.nodes import Node, Peer
from graph.resolution import Cluster, Link, block_of, clusters_of
from graph.rulings import Rulings
from graph.statements import Sign

_SOME = 500  # instruments that are held at once while disputes are counted


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

    def count_disputes(self) -> int:
        """How many ``disputes`` there are, without holding them: of a million documents they would fill a gigabyte."""
        total, last = 0, 0
        sql = "SELECT id, ref, data FROM node WHERE disputed AND id > ? ORDER BY id LIMIT ?"
        while rows := self.connections.rows(sql, (last, _SOME)):
            last = rows[-1][0]
            nodes = [unpack_node(ref, data) for _, ref, data in rows]
            others = self._present(d.other for n in nodes for d in n.disputes if d.other is not None)
            total += sum(self._told(node, others) for node in nodes)
        return total

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
