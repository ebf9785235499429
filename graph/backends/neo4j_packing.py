"""What the Neo4j store keeps in properties: evidence as plain values, facts that only we read as packed bytes."""

import hashlib
import zlib
from typing import Any

import msgspec

from graph.nodes import Node
from graph.results import Evidence, InstrumentRef
from graph.statements import Body, Duty, Sign
from graph.store import Batch

_ENCODER = msgspec.msgpack.Encoder(order="deterministic")
_LEVEL = 1


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """Of a document, the evidence that no relationship bears."""

    unparsed: tuple[Evidence, ...] = ()
    proofs: dict[str, Evidence] = {}


class _Kept(msgspec.Struct, frozen=True, array_like=True):
    batch: Batch


NODE = msgspec.msgpack.Decoder(Node)
REF = msgspec.msgpack.Decoder(InstrumentRef)
SIGN = msgspec.msgpack.Decoder(Sign)
BODY = msgspec.msgpack.Decoder(Body)
DUTY = msgspec.msgpack.Decoder(Duty)
TOLD = msgspec.msgpack.Decoder(Told)
_BATCH = msgspec.msgpack.Decoder(_Kept)


def pack(value: Any) -> bytes:  # any of the records above
    """A record as bytes."""
    return _ENCODER.encode(value)


def pack_batch(batch: Batch) -> tuple[bytes, str]:
    """A batch as it is kept, and a mark that only the same batch has."""
    raw = _ENCODER.encode(_Kept(batch))
    return zlib.compress(raw, _LEVEL), hashlib.blake2b(raw, digest_size=16).hexdigest()


def unpack_batch(raw: bytes) -> Batch:
    """A batch out of its bytes."""
    return _BATCH.decode(zlib.decompress(raw)).batch


def placed(row: dict[str, Any]) -> Evidence:
    """Evidence out of properties."""
    return Evidence(
        file=row["file"],
        sha256=row["sha"],
        start=row["start"],
        end=row["end"],
        line=row["line"],
        text=row["text"],
        section=row["section"],
        page=row.get("page"),
    )


def form_key(body: Body) -> str:
    """A short name that equal forms of bodies share."""
    return hashlib.blake2b(msgspec.json.encode(body), digest_size=16).hexdigest()


def known(**values: Any) -> dict[str, Any]:
    """Properties without those that have no value: Neo4j keeps no nulls."""
    return {name: value for name, value in values.items() if value is not None}
