"""Which signs of a SQLite store bear the forms that judgements speak of, and which blocks a judgement reaches."""

import re
import sqlite3
from collections.abc import Iterable
from typing import Any

import msgspec

from graph.backends.sqlite_packing import hash64, listed, sha_in, sign_key, unpack_sign
from graph.identities import document_of_form, forms_of, sign_form, sign_of_form
from graph.judgements import Judgement, standing
from graph.resolution import block_of
from graph.rulings import Rulings, key_of
from graph.statements import Sign

_DIGITS = re.compile(r"\d+")
_RECORD = msgspec.json.Decoder(Judgement)


class JudgedForms:
    """The records of a store and the signs that they reach; almost nothing where there are no records.

    Args:
        db: Connection; for writing inside a transaction.
    """

    def __init__(self, db: sqlite3.Connection) -> None:
        self.db = db
        self.records = [_RECORD.decode(data) for (data,) in self._rows("SELECT data FROM judgement")]
        self.keys: set[str] = set()  # of links that may have changed
        self._forms: dict[int, set[int]] = {}  # hash of a form -> places of the records that speak of it
        self._numbers: set[str] = set()  # digits at the end of judged IRIs
        for n, record in enumerate(self.records):
            for side in record.sides:
                for form in side.forms:
                    self._forms.setdefault(hash64(form), set()).add(n)
                    digits = _DIGITS.match(form.rsplit("/", 1)[-1])
                    self._numbers |= {digits[0]} if digits else set()

    def add(self, record: Judgement) -> set[str]:
        """Keep a record, find who bears its forms, and give the blocks that it reaches."""
        data = msgspec.json.encode(record).decode()
        self.db.execute("INSERT INTO judgement VALUES (?, ?)", (record.id, data))
        self.records.append(record)
        spoken = next((r for r in self.records if r.id == record.undoes), record)
        blocks = set()
        for form in (f for side in spoken.sides for f in side.forms):
            for at, sign in self.bearing(form):
                self.db.execute("INSERT OR IGNORE INTO judged VALUES (?, ?)", (hash64(form), at))
                blocks.add(block_of(sign))
        return blocks

    def bearing(self, form: str) -> list[tuple[int, Sign]]:
        """Signs that bear any form, judged or not, with their integers; all signs must have their nodes."""
        exact, document = sign_of_form(form), document_of_form(form)
        if exact is not None:
            rows = self._rows("SELECT id, data FROM sign WHERE key = ?", sign_key(exact))
        elif document is not None:
            sql = "SELECT s.id, s.data FROM document d JOIN sign s ON s.id = d.sign WHERE d.sha = ?"
            rows = self._rows(sql, sha_in(document))
        else:
            sql = (
                "SELECT s.id, s.data FROM (SELECT node FROM alias WHERE key = ?1"
                " UNION SELECT id FROM node WHERE key = ?1) n JOIN sign s ON s.node = n.node"
            )
            rows = self._rows(sql, hash64(form))
        signs = [(at, unpack_sign(data)) for at, data in rows]
        return [(at, sign) for at, sign in signs if form in forms_of(sign)]

    def widen(self, blocks: Iterable[str], signs: Iterable[int]) -> set[str]:
        """Bring the index of judged forms up to date, and give some blocks with all that judgements tie to them.

        A judgement that reaches a block may join or part what lies in another one; so the other is judged anew with it.

        Args:
            blocks: Blocks that gained or lost signs.
            signs: Integers of the signs that were mentioned anew.
        """
        if not self._forms:
            return set()
        gone = self._index(signs)
        placed = [(form, block_of(sign)) for form, sign in self._borne(self._forms)]
        seen, reached = set[str](), set[int]()
        todo = set(blocks)
        while todo:
            seen |= todo
            forms = {form for form, block in placed if block in todo} | gone
            spoken: set[int] = set()
            while forms:  # also through sides that no loaded sign bears
                fresh = {n for form in forms for n in self._forms.get(form, ())} - reached
                reached |= fresh
                forms = {hash64(f) for n in fresh for side in self.records[n].sides for f in side.forms} - spoken
                spoken |= forms
            todo = {block for form, block in placed if form in spoken} - seen
        self.keys |= {key_of(self.records[n]) for n in reached}
        return seen

    def _index(self, signs: Iterable[int]) -> set[int]:
        """Index signs that may be new, forget those that no document uses; gives the forms that those bore."""
        rows = self._rows("SELECT id, data FROM sign WHERE id IN (SELECT value FROM json_each(?))", listed(signs))
        new = [(form, at) for at, data in rows for form in self._judged_forms(unpack_sign(data))]
        self.db.executemany("INSERT OR IGNORE INTO judged VALUES (?, ?)", new)
        dead = "SELECT j.form, j.sign FROM judged j LEFT JOIN sign s ON s.id = j.sign WHERE coalesce(s.uses, 0) <= 0"
        lost = self._rows(dead)
        self.db.executemany("DELETE FROM judged WHERE form = ? AND sign = ?", lost)
        return {form for form, _ in lost}

    def _judged_forms(self, sign: Sign) -> list[int]:
        """Hashes of the judged forms that a sign bears; most signs bear none, which their numbers tell cheaply."""
        if not sign.loaded and sign.num is not None and f"{sign.num}" not in self._numbers:
            keys = [hash64(sign_form(sign.id))]
        else:
            keys = [hash64(form) for form in forms_of(sign)]
        return [key for key in keys if key in self._forms]

    def _borne(self, forms: Iterable[int]) -> list[tuple[int, Sign]]:
        sql = "SELECT j.form, s.data FROM json_each(?) f JOIN judged j ON j.form = f.value JOIN sign s ON s.id = j.sign"
        return [(form, unpack_sign(data)) for form, data in self._rows(sql, listed(forms))]

    def rulings(self) -> Rulings:
        """The standing judgements, applied to the signs in the index."""
        if not self.records:
            return Rulings()
        bearers: dict[int, list[Sign]] = {}
        for form, sign in self._borne(self._forms):
            bearers.setdefault(form, []).append(sign)
        return Rulings(standing(self.records), lambda form: bearers.get(hash64(form), ()))

    def _rows(self, sql: str, *values: Any) -> list[Any]:  # SQLite's own types are what rows hold
        return self.db.execute(sql, values).fetchall()
