"""What the Neo4j store keeps in properties: evidence as plain values, facts that only we read as packed bytes."""

import hashlib
import zlib
from typing import Any, Generic, TypeVar

import msgspec

from graph.nodes import Node
from graph.results import Evidence, InstrumentRef
from graph.statements import Body, Duty, Sign
from graph.store import Batch

_ENCODER = msgspec.msgpack.Encoder(order="deterministic")
_LEVEL = 1
_PACKED = b"\x01"  # no record begins so in msgpack
T = TypeVar("T")

# What records share, as they say it. Stores hold what was compressed with it: it may never change.
_SHARED = b"".join(
    msgspec.msgpack.encode(sample)
    for sample in (
        {"unparsed": [], "proofs": {"number": {}, "date": {}, "issuers": {}, "title": {}}},
        {
            "ref": {
                "id": "https://w3id.org/luocdo/instrument/vn/quyet-dinh/ubnd",
                "type": "quyet_dinh",
                "label": "Quyết định số 12/QĐ-UBND ngày 20/12/2020 của Ủy ban nhân dân tỉnh",
                "number": "12",
                "symbol": "QĐ-UBND",
                "date": "2020-12-20",
                "issuer": "Ủy ban nhân dân tỉnh",
                "title": "về việc ban hành Kế hoạch thực hiện Chỉ thị của Thủ tướng Chính phủ",
                "jurisdiction": "vn",
                "family": "administrative",
                "loaded": True,
                "conflict": False,
                "stage": "issued",
            },
            "aliases": [],
            "signs": ["0123456789abcdef"],
            "values": [],
            "disputes": [],
            "reasons": [],
            "issuers": ["Ủy ban nhân dân tỉnh"],
            "level": "province",
            "nums": [12],
        },
        {
            "type": "ke_hoach",
            "jurisdiction": "vn",
            "series": ["ubnd"],
            "num": 12,
            "year": 2020,
            "number": "12",
            "symbol": "KH-UBND",
            "shown": "12/KH-UBND",
            "date": "2020-12-20",
            "issuers": ["Thủ tướng Chính phủ"],
            "title": "triển khai",
            "family": "administrative",
            "level": "province",
            "loaded": "",
            "before": 2020,
        },
        {
            "ref": {"id": "https://w3id.org/luocdo/body/vn/so-y-te", "name": "Sở Y tế tỉnh", "kind": "organization"},
            "superiors": [
                {"id": "https://w3id.org/luocdo/body/vn/ubnd", "name": "UBND tỉnh", "kind": "organization"},
                {"id": "https://w3id.org/luocdo/body/vn/chinh-phu", "name": "Chính phủ", "kind": "organization"},
            ],
            "level": "province",
            "family": "administrative",
        },
        {
            "id": "https://w3id.org/luocdo/duty/",
            "ordinal": 6,
            "section": "II.6",
            "action": "a) Chủ trì, phối hợp với các cơ quan, đơn vị liên quan",
            "bearers": [
                {
                    "body": {
                        "id": "https://w3id.org/luocdo/body/ubnd",
                        "name": "Ủy ban nhân dân tỉnh",
                        "kind": "organization",
                        "jurisdiction": "vn",
                        "valid_from": None,
                        "valid_to": None,
                    },
                    "name": "Các sở, ban, ngành, Ủy ban nhân dân các huyện, thành phố",
                    "role": "performs",
                    "kind": None,
                    "implied": False,
                }
            ],
            "counterparties": [],
            "deadline": {
                "kind": "before",
                "value": "2020-12-20",
                "phrase": "trước ngày 20/12/2020",
                "last_day": "2020-12-20",
                "implied": False,
            },
            "targets": [],
            "implements": [],
            "confidence": 1.0,
            "evidence": {
                "file": "0000000.txt",
                "sha256": "0123456789abcdef",
                "start": 822,
                "end": 947,
                "line": 15,
                "text": "a) ",
                "section": "II.6",
                "page": None,
            },
        },
    )
)


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """Of a document, the evidence that no relationship bears."""

    unparsed: tuple[Evidence, ...] = ()
    proofs: dict[str, Evidence] = {}


class _Kept(msgspec.Struct, frozen=True, array_like=True):
    batch: Batch


class _Decoder(Generic[T]):
    """Reads records of one type, those that version 1 kept without compressing, too."""

    def __init__(self, type_: type[T]) -> None:
        self._inner = msgspec.msgpack.Decoder(type_)

    def decode(self, raw: bytes) -> T:
        """A record out of its bytes."""
        if raw[:1] == _PACKED:
            raw = zlib.decompressobj(-zlib.MAX_WBITS, _SHARED).decompress(memoryview(raw)[1:])
        return self._inner.decode(raw)


NODE = _Decoder(Node)
REF = _Decoder(InstrumentRef)
SIGN = _Decoder(Sign)
BODY = _Decoder(Body)
DUTY = _Decoder(Duty)
TOLD = _Decoder(Told)
_BATCH = msgspec.msgpack.Decoder(_Kept)


def pack(value: Any) -> bytes:  # any of the records above
    """A record as bytes, by what records share a third of its size: the server works by blocks of 120 bytes."""
    packer = zlib.compressobj(1, zlib.DEFLATED, -zlib.MAX_WBITS, 8, zlib.Z_DEFAULT_STRATEGY, _SHARED)
    return _PACKED + packer.compress(_ENCODER.encode(value)) + packer.flush()


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
