"""Rows of bodies in the SQLite store: as documents tell them, by what they are found, and what stands above them."""

import sqlite3
from collections import Counter

import msgspec

from graph.backends.sqlite_packing import Kept, hash64, listed
from graph.backends.sqlite_remembered import Remembered
from graph.statements import Body
from graph.wording import body_words

_ENCODER = msgspec.msgpack.Encoder()
_BODY = msgspec.msgpack.Decoder(Body)


class BodyRows:
    """Bodies, their forms (as one document tells them) and written names, each counted by the documents that use it.

    Args:
        db: Connection inside a write transaction.
        remembered: What earlier transactions left.
    """

    def __init__(self, db: sqlite3.Connection, remembered: Remembered) -> None:
        self.db = db
        self._forms = remembered.forms
        self._names = remembered.names
        self._words = remembered.words
        self.form_uses: Counter[int] = Counter()
        self.name_uses: Counter[int] = Counter()

    def forget_known(self) -> None:
        """Drop remembered integers: what a document used alone is gone."""
        self._forms.clear()
        self._names.clear()

    def form(self, body: Body) -> tuple[int, int]:
        """Integers of a body as a document tells it, and of the body."""
        known = self._forms.get(body.id)
        if known is not None and (known[2] is body or known[2] == body):
            return known[0], known[1]
        data = _ENCODER.encode(body)
        at = self._body(body, data)
        key = hash64(data.hex())
        row = self.db.execute("SELECT id FROM form WHERE key = ?", (key,)).fetchone()
        if row is None:
            sql = "INSERT INTO form (body, uses, key, data) VALUES (?, 0, ?, ?)"
            row = (self.db.execute(sql, (at, key, data)).lastrowid,)
        self._forms[body.id] = (row[0], at, body)
        return row[0], at

    def _body(self, body: Body, data: bytes) -> int:
        row = self.db.execute("SELECT id, data FROM body WHERE iri = ?", (body.id,)).fetchone()
        names: list[str] = []
        if row is None:
            at = self.db.execute("INSERT INTO body (iri, data) VALUES (?, ?)", (body.id, data)).lastrowid
            assert at is not None  # noqa: S101 - an INSERT has a row
        elif smaller(data, row[1]):
            at = row[0]
            self.db.execute("UPDATE body SET data = ? WHERE id = ?", (data, at))
            self._forget_body(at, row[1])
            names = [n for (n,) in self.db.execute("SELECT text FROM name WHERE body = ?", (at,))]
        else:
            return int(row[0])
        above = {hash64(s.id) for s in body.superiors}
        self.db.executemany("INSERT OR IGNORE INTO above VALUES (?, ?)", [(s, at) for s in above])
        self._index_words("body", at, body_words(body, names))
        return at

    def name(self, body: int, name: str) -> int:
        """Integer of a name that a document gives a body."""
        found = self._names.get((body, name))
        if found is None:
            row = self.db.execute("SELECT id FROM name WHERE body = ? AND text = ?", (body, name)).fetchone()
            if row is None:
                sql = "INSERT INTO name (body, uses, text) VALUES (?, 0, ?)"
                row = (self.db.execute(sql, (body, name)).lastrowid,)
                data = self.db.execute("SELECT data FROM body WHERE id = ?", (body,)).fetchone()[0]
                self._index_words("body", body, body_words(_BODY.decode(data), (name,)))
            found = self._names[body, name] = row[0]
        return found

    def _index_words(self, kind: str, item: int, words: frozenset[str]) -> None:
        rows = [(self.word(kind, w), item) for w in words]
        self.db.executemany("INSERT OR IGNORE INTO posting VALUES (?, ?)", rows)

    def word(self, kind: str, word: str) -> int:
        """Integer of a word."""
        found = self._words.get((kind, word))
        if found is None:
            row = self.db.execute("SELECT id FROM vocabulary WHERE kind = ? AND word = ?", (kind, word)).fetchone()
            if row is None:
                sql = "INSERT INTO vocabulary (kind, word) VALUES (?, ?)"
                row = (self.db.execute(sql, (kind, word)).lastrowid,)
            found = self._words[kind, word] = row[0]
        return found

    def settle_bodies(self, kept: Kept) -> None:
        """Bring bodies up to date after a document that names them went."""
        forms = listed(kept.forms)
        sql = "SELECT DISTINCT body FROM form WHERE id IN (SELECT value FROM json_each(?))"
        bodies = [b for (b,) in self.db.execute(sql, (forms,)).fetchall()]
        self.db.execute("DELETE FROM form WHERE uses <= 0 AND id IN (SELECT value FROM json_each(?))", (forms,))
        self.db.execute(
            "DELETE FROM name WHERE uses <= 0 AND id IN (SELECT value FROM json_each(?))", (listed(kept.names),)
        )
        for at in bodies:
            self._settle_body(at)

    def _settle_body(self, at: int) -> None:
        (old,) = self.db.execute("SELECT data FROM body WHERE id = ?", (at,)).fetchone()
        forms = [data for (data,) in self.db.execute("SELECT data FROM form WHERE body = ?", (at,))]
        self._forget_body(at, old)
        if not forms:
            self.db.execute("DELETE FROM body WHERE id = ?", (at,))
            return
        best = min(forms, key=_json)
        body = _BODY.decode(best)
        self.db.execute("UPDATE body SET data = ? WHERE id = ?", (best, at))
        above = {hash64(s.id) for s in body.superiors}
        self.db.executemany("INSERT OR IGNORE INTO above VALUES (?, ?)", [(s, at) for s in above])
        names = [n for (n,) in self.db.execute("SELECT text FROM name WHERE body = ?", (at,))]
        self._index_words("body", at, body_words(body, names))

    def _forget_body(self, at: int, data: bytes) -> None:
        above = {hash64(s.id) for s in _BODY.decode(data).superiors}
        self.db.executemany("DELETE FROM above WHERE above = ? AND body = ?", [(s, at) for s in above])
        sql = "DELETE FROM posting WHERE item = ? AND word IN (SELECT id FROM vocabulary WHERE kind = 'body')"
        self.db.execute(sql, (at,))


def smaller(one: bytes, two: bytes) -> bool:
    """Whether a body's bytes come before another's in the order of all stores."""
    return one != two and _json(one) < _json(two)


def _json(data: bytes) -> bytes:
    return msgspec.json.encode(_BODY.decode(data))
