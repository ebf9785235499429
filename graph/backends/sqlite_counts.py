"""Counts of the SQLite store, worked out once after a load."""

import sqlite3

_COUNTS = {
    "instruments": "SELECT count(*) FROM node WHERE stage = 'issued'",
    "cited_only": "SELECT count(*) FROM node WHERE stage = 'issued' AND NOT loaded",
    "bodies": "SELECT count(*) FROM body",
    "duties": "SELECT coalesce(sum(duties), 0) FROM document",
    "relations": "SELECT count(*) FROM (SELECT DISTINCT s.node, r.kind, o.node, r.stage FROM relation r"
    " JOIN sign s ON s.id = r.subject JOIN sign o ON o.id = r.object WHERE s.node <> o.node AND r.stage = 'issued')",
    "unparsed": "SELECT coalesce(sum(unparsed), 0) FROM document",
}


def counts_of(db: sqlite3.Connection) -> dict[str, int]:
    """All counts but that of conflicts."""
    return {name: db.execute(sql).fetchone()[0] for name, sql in _COUNTS.items()}
