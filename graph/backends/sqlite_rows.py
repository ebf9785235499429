"""Rows of the SQLite store: from facts and nodes to tables and out again."""

import sqlite3
import zlib
from collections.abc import Iterable, Iterator
from itertools import chain

import msgspec

from graph.asking.reading import DocumentRow
from graph.backends.picking import level_of
from graph.nodes import Node
from graph.resolution import block_of
from graph.results import Evidence
from graph.searching import plain_fold, units_of
from graph.statements import Body, DocumentFacts
from graph.store import Batch
from graph.wording import body_words, node_words

_OWNED = ("mention", "relation", "body_use", "body_name", "issued", "passage", "duty", "document")


def listed(values: Iterable[str]) -> str:
    """A JSON array for ``json_each``, sorted."""
    return msgspec.json.encode(sorted(values)).decode()


def text(value: object) -> str:
    """A value as JSON text."""
    return msgspec.json.encode(value).decode()


def pack(batch: Batch) -> bytes:
    """A batch as it is kept, compressed lightly."""
    return zlib.compress(msgspec.msgpack.encode(batch), 1)


def unpack(raw: bytes) -> Batch:
    """A batch out of its bytes."""
    return msgspec.msgpack.decode(zlib.decompress(raw), type=Batch)


def insert_document(db: sqlite3.Connection, facts: DocumentFacts, owner: str, source: str) -> set[str]:
    """Keep all facts of one document; gives the blocks that must be settled."""
    sha = facts.sha256
    row = document_row(facts)
    db.execute(
        "INSERT INTO document VALUES (?, ?, ?, ?, ?, ?)",
        (sha, owner, facts.mentions[0].sign.id, facts.date, len(facts.unparsed), text(row)),
    )
    _insert_mentions(db, facts)
    _insert_duties(db, facts)
    db.executemany("INSERT INTO body_use VALUES (?, ?, ?)", [(sha, b.id, text(b)) for b in facts.bodies])
    db.executemany("INSERT INTO body_name VALUES (?, ?, ?)", [(i, n, sha) for i, n in facts.names])
    db.executemany("INSERT INTO issued VALUES (?, ?)", [(i, sha) for i in facts.issuers])
    last = db.execute("SELECT coalesce(max(id), 0) FROM passage").fetchone()[0]
    units = list(enumerate(units_of(source, facts.duties), last + 1))
    db.executemany(
        "INSERT INTO passage VALUES (?, ?, ?, ?, ?, ?)",
        [(at, sha, start, end, duty, facts.date or "") for at, (start, end, duty, _) in units],
    )
    db.executemany("INSERT INTO folded (rowid, words) VALUES (?, ?)", [(at, words) for at, (*_, words) in units])
    _meet_bodies(db, facts)
    return {block_of(m.sign) for m in facts.mentions}


def document_row(facts: DocumentFacts) -> DocumentRow:
    """What is kept of a document beside its statements; file paths and the instrument are added where it is read."""
    return DocumentRow(
        sha256=facts.sha256,
        file=facts.file,
        files=(),
        instrument="",
        date=facts.date,
        citations=facts.citations,
        duties=len(facts.duties),
        signers=facts.signers,
        recipients=facts.recipients,
        addressees=facts.addressees,
        warnings=facts.warnings,
        unparsed=facts.unparsed,
    )


def _insert_mentions(db: sqlite3.Connection, facts: DocumentFacts) -> None:
    db.executemany(
        "INSERT OR IGNORE INTO sign VALUES (?, ?, ?, NULL)",
        [(m.sign.id, block_of(m.sign), text(m.sign)) for m in facts.mentions],
    )
    db.executemany(
        "INSERT INTO mention VALUES (?, ?, ?, ?, ?)",
        [
            (facts.sha256, m.ordinal, m.sign.id, text(m.evidence), text(m.proofs) if m.proofs else None)
            for m in facts.mentions
        ],
    )
    signs = [m.sign.id for m in facts.mentions]
    db.executemany(
        "INSERT INTO relation (sha, subject, kind, object, strength, stage, evidence) VALUES (?, ?, ?, ?, ?, ?, ?)",
        [
            (facts.sha256, signs[r.subject], r.kind, signs[r.object], r.strength, r.stage, text(r.evidence))
            for r in facts.relations
        ],
    )


def _insert_duties(db: sqlite3.Connection, facts: DocumentFacts) -> None:
    signs = [m.sign.id for m in facts.mentions]
    for duty in facts.duties:
        deadline = duty.deadline
        kind, last = (deadline.kind.value, deadline.last_day) if deadline else ("none", None)
        values = (facts.sha256, duty.ordinal, kind, last, len(duty.targets), text(duty))
        sql = "INSERT INTO duty (sha, ordinal, kind, last_day, targets, data) VALUES (?, ?, ?, ?, ?, ?)"
        at = db.execute(sql, values).lastrowid
        parties = chain(
            ((b.body.id, "bearer", at) for b in duty.bearers), ((c.body.id, "party", at) for c in duty.counterparties)
        )
        db.executemany("INSERT OR IGNORE INTO duty_body VALUES (?, ?, ?)", parties)
        carried = [(signs[n], at, place) for place, n in enumerate(duty.implements)]
        db.executemany("INSERT OR IGNORE INTO duty_sign VALUES (?, ?, ?)", carried)


def delete_document(db: sqlite3.Connection, sha: str, source: str) -> set[str]:
    """Forget all facts of one document; gives the blocks that must be settled."""
    sql = "SELECT DISTINCT block FROM mention JOIN sign ON sign.id = mention.sign WHERE sha = ?"
    blocks = {block for (block,) in db.execute(sql, (sha,))}
    bodies = [i for (i,) in db.execute("SELECT id FROM body_use WHERE sha = ?", (sha,))]
    for at, words in _indexed(db, sha, source):
        db.execute("INSERT INTO folded (folded, rowid, words) VALUES ('delete', ?, ?)", (at, words))
    duties = "(SELECT id FROM duty WHERE sha = ?)"
    db.execute(f"DELETE FROM duty_body WHERE duty IN {duties}", (sha,))  # noqa: S608 - fixed text
    db.execute(f"DELETE FROM duty_sign WHERE duty IN {duties}", (sha,))  # noqa: S608 - fixed text
    for table in _OWNED:
        db.execute(f"DELETE FROM {table} WHERE sha = ?", (sha,))  # noqa: S608 - fixed names
    settle_bodies(db, bodies)
    return blocks


def _indexed(db: sqlite3.Connection, sha: str, source: str) -> Iterator[tuple[int, str]]:
    """Row and words of a document in the full-text index, which wants them back to forget them."""
    actions = {
        ordinal: action
        for ordinal, action in db.execute("SELECT ordinal, data ->> '$.action' FROM duty WHERE sha = ?", (sha,))
    }
    rows = db.execute('SELECT id, start, "end", duty FROM passage WHERE sha = ?', (sha,)).fetchall()
    for at, start, end, duty in rows:
        yield at, plain_fold(source[start:end] if duty is None else actions[duty])


def _meet_bodies(db: sqlite3.Connection, facts: DocumentFacts) -> None:
    """Bring bodies up to date after a document came: most are known already, with the same words."""
    names: dict[str, list[str]] = {}
    for iri, name in facts.names:
        names.setdefault(iri, []).append(name)
    for body in facts.bodies:
        known = db.execute("SELECT data FROM body WHERE id = ?", (body.id,)).fetchone()
        if known is None or text(body) < known[0]:
            settle_bodies(db, [body.id])
            continue
        words = body_words(msgspec.json.decode(known[0], type=Body), names.get(body.id, ()))
        db.executemany("INSERT OR IGNORE INTO word VALUES ('body', ?, ?)", [(w, body.id) for w in words])


def settle_bodies(db: sqlite3.Connection, ids: list[str]) -> None:
    """Bring bodies up to date after documents that name them came or went."""
    for iri in ids:
        db.execute("DELETE FROM body_above WHERE id = ?", (iri,))
        db.execute("DELETE FROM word WHERE id = ?", (iri,))
        found = db.execute("SELECT min(data) FROM body_use WHERE id = ?", (iri,)).fetchone()[0]
        if found is None:
            db.execute("DELETE FROM body WHERE id = ?", (iri,))
            continue
        db.execute("INSERT OR REPLACE INTO body VALUES (?, ?)", (iri, found))
        body = msgspec.json.decode(found, type=Body)
        above = {s.id for s in body.superiors}
        db.executemany("INSERT INTO body_above VALUES (?, ?)", [(s, iri) for s in sorted(above)])
        names = [n for (n,) in db.execute("SELECT DISTINCT name FROM body_name WHERE id = ?", (iri,))]
        db.executemany("INSERT INTO word VALUES ('body', ?, ?)", [(w, iri) for w in sorted(body_words(body, names))])


def insert_node(db: sqlite3.Connection, node: Node) -> None:
    """Keep a node with what it is found by."""
    ref = node.ref
    db.execute(
        "INSERT INTO node VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            node.id,
            text(ref),
            text(node),
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
        ),
    )
    db.executemany("INSERT INTO alias VALUES (?, ?)", [(a, node.id) for a in node.aliases])
    db.executemany("INSERT INTO number VALUES (?, ?)", [(n, node.id) for n in node.nums])
    words = sorted(node_words(node))
    db.executemany("INSERT INTO word VALUES ('instrument', ?, ?)", [(w, node.id) for w in words])


def evidence(raw: str) -> Evidence:
    """Evidence from its JSON."""
    return msgspec.json.decode(raw, type=Evidence)
