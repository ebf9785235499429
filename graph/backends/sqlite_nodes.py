"""Rows of instruments: what stands stays, what changed is changed, and only what is new or gone costs a row."""

from graph.backends.picking import level_of
from graph.backends.sqlite_packing import hash64, listed, pack_node, pack_ref, sign_key, unpack_node
from graph.backends.sqlite_rows import Writer
from graph.nodes import Node
from graph.wording import node_words

_COLUMNS = "type, date, loaded, family, jurisdiction, level, stage, has_number, has_issuer, disputed, ref, data"
_SLOTS = ", ".join(["?"] * 12)


class NodeRows:
    """Nodes of one settling."""

    def __init__(self, writer: Writer) -> None:
        self.db = writer.db
        self._writer = writer
        self.stale: set[int] = set()  # nodes that are made anew or go
        self._old: dict[int, Node] = {}

    def load(self) -> None:
        """Read the stale nodes, to tell what changes."""
        sql = "SELECT n.id, n.ref, n.data FROM json_each(?) j JOIN node n ON n.id = j.value"
        rows = self.db.execute(sql, (listed(self.stale),)).fetchall()
        self._old = {at: unpack_node(ref, data) for at, ref, data in rows}

    def keep(self, node: Node, clusters: list[int]) -> None:
        """Write a node with what it is found by."""
        key = hash64(node.id)
        row = self.db.execute("SELECT id FROM node WHERE key = ?", (key,)).fetchone()
        at = row[0] if row else None
        old = self._taken(at) if at is not None else None
        if old != node:
            at = self._write(at, key, node)
            self._differ(at, old, node)
        assert at is not None  # noqa: S101 - found or just written
        signs = [(at, sign_key(s), at) for s in node.signs]
        self.db.executemany("UPDATE sign SET node = ? WHERE key = ? AND node IS NOT ?", signs)
        self.db.executemany(
            "UPDATE cluster SET node = ? WHERE id = ? AND node IS NOT ?", [(at, c, at) for c in clusters]
        )

    def _taken(self, at: int) -> Node | None:
        if at not in self._old:
            row = self.db.execute("SELECT ref, data FROM node WHERE id = ?", (at,)).fetchone()
            return unpack_node(*row)
        return self._old.pop(at)

    def _write(self, at: int | None, key: int, node: Node) -> int:
        ref = node.ref
        values = (
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
        if at is None:
            sql = f"INSERT INTO node (key, {_COLUMNS}) VALUES (?, {_SLOTS})"  # noqa: S608 - fixed names
            made = self.db.execute(sql, (key, *values)).lastrowid
            assert made is not None  # noqa: S101 - an INSERT has a row
            return made
        self.db.execute(f"UPDATE node SET ({_COLUMNS}) = ({_SLOTS}) WHERE id = ?", (*values, at))  # noqa: S608 - fixed
        return at

    def _differ(self, at: int, old: Node | None, new: Node | None) -> None:
        """Change aliases, numbers and words by what differs."""
        for sql_in, sql_out, (had, has) in (
            ("alias (key, node)", "alias WHERE key = ? AND node = ?", [_aliases(n) for n in (old, new)]),
            (
                "number (num, node)",
                "number WHERE num = ? AND node = ?",
                [set(n.nums) if n else set() for n in (old, new)],
            ),
            ("posting (word, item)", "posting WHERE word = ? AND item = ?", [self._words(n) for n in (old, new)]),
        ):
            if had - has:
                self.db.executemany(f"DELETE FROM {sql_out}", [(v, at) for v in had - has])  # noqa: S608 - fixed names
            self.db.executemany(f"INSERT INTO {sql_in} VALUES (?, ?)", [(v, at) for v in has - had])  # noqa: S608 - fixed

    def _words(self, node: Node | None) -> set[int]:
        return {self._writer.word("instrument", w) for w in node_words(node)} if node else set()

    def drop_rest(self) -> None:
        """Delete the stale nodes that were not made anew."""
        for at, old in self._old.items():
            self._differ(at, old, None)
            self.db.execute("DELETE FROM node WHERE id = ?", (at,))
        self._old.clear()


def _aliases(node: Node | None) -> set[int]:
    return {hash64(a) for a in node.aliases} if node else set()
