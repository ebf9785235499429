"""Rows of instruments: what stands stays, what changed is changed, and only what is new or gone costs a row."""

from collections.abc import Iterable
from operator import itemgetter
from typing import Any

from graph.backends.picking import level_of
from graph.backends.sqlite_numbers import Numbered, numbered
from graph.backends.sqlite_packing import hash64, listed, pack_node, pack_ref, sign_key, unpack_node
from graph.backends.sqlite_rows import Writer
from graph.nodes import Node
from graph.wording import node_words

_COLUMNS = "type, date, loaded, family, jurisdiction, level, stage, has_number, has_issuer, disputed, ref, data"
_SLOTS = ", ".join(["?"] * 12)
_FOUND_BY = {"alias": ("key", "node"), "number": Numbered._fields, "posting": ("word", "item")}
_Row = tuple[Any, ...]  # SQLite's own types are what rows hold


class NodeRows:
    """Nodes of one settling.

    Attributes:
        stale: Nodes that are made anew or go.
        gone: Nodes that went.
        dated: Nodes that have another date than before.
        left: Nodes from which a sign moved to another.
    """

    def __init__(self, writer: Writer) -> None:
        self.db = writer.db
        self._writer = writer
        self.stale: set[int] = set()
        self.gone: set[int] = set()
        self.dated: set[int] = set()
        self.left: set[int] = set()
        self._old: dict[int, Node] = {}
        self._clusters: dict[int, int | None] = {}  # node of each cluster
        self._signs: dict[int, tuple[int, int | None]] = {}  # integer and node of each sign, by key
        self._found_by: dict[str, tuple[list[_Row], list[_Row]]] = {table: ([], []) for table in _FOUND_BY}

    def load(self, clusters: Iterable[int]) -> None:
        """Read the nodes that are stale, or hold one of the clusters, to tell what changes."""
        sql = "SELECT c.id, c.node FROM json_each(?) j CROSS JOIN cluster c ON c.id = j.value"
        self._clusters = dict(self._rows(sql, listed(clusters)))
        self.stale |= {node for node in self._clusters.values() if node is not None}
        self._old = self._read(self.stale)

    def signs(self, keys: Iterable[int]) -> dict[int, int]:
        """How many documents use each sign, by key."""
        sql = "SELECT s.key, s.id, s.node, s.uses FROM json_each(?) j CROSS JOIN sign s ON s.key = j.value"
        rows = self._rows(sql, listed(keys))
        self._signs = {key: (at, node) for key, at, node, _ in rows}
        return {key: uses for key, *_, uses in rows}

    def _read(self, nodes: Iterable[int]) -> dict[int, Node]:
        sql = "SELECT n.id, n.ref, n.data FROM json_each(?) j CROSS JOIN node n ON n.id = j.value"
        return {at: unpack_node(ref, data) for at, ref, data in self._rows(sql, listed(sorted(nodes)))}

    def keep(self, found: list[tuple[Node, list[int]]]) -> list[int]:
        """Write nodes with what they are found by, and delete what was not made anew; gives the signs that moved."""
        sql = "SELECT n.key, n.id FROM json_each(?) j CROSS JOIN node n ON n.key = j.value"
        at_of = dict(self._rows(sql, listed(hash64(node.id) for node, _ in found)))
        self._old |= self._read(set(at_of.values()) - self._old.keys())
        at = self._rows("SELECT coalesce(max(id), 0) FROM node")[0][0]
        inserts, updates = [], []
        moved: list[tuple[int, int]] = []
        placed: list[tuple[int, int]] = []
        for node, clusters in found:
            key = hash64(node.id)
            known = at_of.get(key)
            old = self._old.pop(known, None) if known is not None else None
            if known is None:
                at += 1
                known = at
                inserts.append((at, key, *_values(node)))
            elif old != node:
                updates.append((*_values(node), known))
            if old != node:
                self._differ(known, old, node)
            for sign, was in map(self._sign, node.signs):
                if was != known:
                    moved.append((known, sign))
                    if was is not None:
                        self.left.add(was)
            placed += [(known, cluster) for cluster in clusters if self._clusters.get(cluster) != known]
        self.db.executemany(f"UPDATE node SET ({_COLUMNS}) = ({_SLOTS}) WHERE id = ?", updates)  # noqa: S608 - fixed
        self.db.executemany(f"INSERT INTO node (id, key, {_COLUMNS}) VALUES (?, ?, {_SLOTS})", inserts)  # noqa: S608 - fixed
        self.db.executemany("UPDATE sign SET node = ? WHERE id = ?", sorted(moved, key=itemgetter(1)))
        self.db.executemany("UPDATE cluster SET node = ? WHERE id = ?", placed)
        self._drop_rest()
        self._write_found_by()
        return [sign for _, sign in moved]

    def _sign(self, name: str) -> tuple[int, int | None]:
        return self._signs[sign_key(name)]

    def _drop_rest(self) -> None:
        for at, old in self._old.items():
            self._differ(at, old, None)
        self.gone = set(self._old)
        self.db.executemany("DELETE FROM node WHERE id = ?", [(at,) for at in self._old])
        self._old.clear()

    def _differ(self, at: int, old: Node | None, new: Node | None) -> None:
        """Note how aliases, numbers and words change."""
        if old is not None and new is not None and old.ref.date != new.ref.date:
            self.dated.add(at)
        for table, had, has in (
            ("alias", _aliases(old, at), _aliases(new, at)),
            ("number", _numbers(old, at), _numbers(new, at)),
            ("posting", self._words(old, at), self._words(new, at)),
        ):
            gone, fresh = self._found_by[table]
            gone += had - has
            fresh += has - had

    def _write_found_by(self) -> None:
        for table, (gone, fresh) in self._found_by.items():
            columns = _FOUND_BY[table]
            told = " AND ".join(f"{name} = ?" for name in columns)
            self.db.executemany(f"DELETE FROM {table} WHERE {told}", gone)  # noqa: S608 - fixed names
            slots = ", ".join("?" * len(columns))
            self.db.executemany(f"INSERT INTO {table} VALUES ({slots})", sorted(fresh))  # noqa: S608 - fixed names

    def _words(self, node: Node | None, at: int) -> set[_Row]:
        return {(self._writer.word("instrument", w), at) for w in node_words(node)} if node else set()

    def _rows(self, sql: str, *values: Any) -> list[Any]:  # SQLite's own types are what rows hold
        return self.db.execute(sql, values).fetchall()


def _values(node: Node) -> tuple[Any, ...]:
    ref = node.ref
    return (
        ref.type,
        ref.date,
        ref.loaded,
        ref.family,
        ref.jurisdiction,
        level_of(node),
        ref.stage,
        ref.number is not None,
        ref.issuer is not None,
        bool(node.disputes),
        pack_ref(ref),
        pack_node(node),
    )


def _aliases(node: Node | None, at: int) -> set[_Row]:
    return {(hash64(a), at) for a in node.aliases} if node else set()


def _numbers(node: Node | None, at: int) -> set[_Row]:
    return set(numbered(node, at)) if node else set()
