"""What the SQLite store packs into bytes: batches, the facts of a document without their texts, nodes, hashes."""

import hashlib
import struct
import zlib
from collections.abc import Iterable
from importlib.resources import files
from typing import Any

import msgspec
from msgspec.structs import replace

from graph.disputes import Dispute
from graph.nodes import Node, Value
from graph.results import InstrumentRef
from graph.statements import Duty, Sign
from graph.store import Batch
from ontology.identity import BASE
from ontology.record import Deadline, Record, Target
from ontology.terms import CounterpartyKind, DeadlineKind, Role

Span = tuple[int, int, str]  # start, end, section
_SIGN = 8  # bytes of a sign's short name
_NAMES = ("type", "number", "symbol", "date", "issuer", "title")
_PROPERTIES = {name: n for n, name in enumerate(_NAMES)}
_JOINED = "\0"  # stands for the text with its lines joined
_LEVEL = 6  # of zlib
_DIGESTS = ("own", "loaded")  # fields of a sign
_SAME = "\0"  # stands for the section that was told already


class Kept(msgspec.Struct, frozen=True, array_like=True):
    """The facts of a document that no other table holds; bodies and names by their integers, evidence as ranges."""

    citations: int
    signers: tuple[str, ...]
    recipients: tuple[str, ...]
    addressees: tuple[str, ...]
    warnings: tuple[str, ...]
    unparsed: tuple[Span, ...]
    proofs: dict[str, Span]
    forms: tuple[int, ...]
    names: tuple[int, ...]
    issuers: tuple[int, ...]
    units: tuple[tuple[int, int, int], ...]  # start, end, ordinal of the duty or 0
    duties: tuple["KeptDuty", ...]
    text_from: str = "file"


class KeptDuty(msgspec.Struct, frozen=True, array_like=True):
    """A duty: bearers and parties as (form, name, role or kind, implied), the action only where it is not the text."""

    section: str
    action: str | None
    bearers: tuple[tuple[int, str, str | None, bool], ...]
    parties: tuple[tuple[int, str, str | None], ...]
    deadline: tuple[str, str | None, str, str | None] | None
    targets: tuple[tuple[str, str | None, float | None, str | None], ...]
    implements: tuple[int, ...]
    confidence: float
    start: int
    end: int
    part: str  # section of the evidence
    deadline_implied: bool = False

    def given_deadline(self) -> Deadline | None:
        """The deadline as a record has it."""
        if self.deadline is None:
            return None
        kind, value, phrase, last = self.deadline
        return Deadline(
            kind=DeadlineKind(kind), value=value, phrase=phrase, last_day=last, implied=self.deadline_implied
        )

    def given_targets(self) -> tuple[Target, ...]:
        """The targets as a record has them."""
        return tuple(Target(text=t, comparator=c, value=v, unit=u) for t, c, v, u in self.targets)


def kept_duty(duty: Duty, text: str, form_of: dict[str, int]) -> KeptDuty:
    """Reduce a duty to what the text and the tables do not tell."""
    at = duty.evidence
    deadline = duty.deadline
    return KeptDuty(
        section=duty.section,
        action=_shortened(duty.action, text[at.start : at.end]),
        bearers=tuple((form_of[b.body.id], b.name, b.role.value if b.role else None, b.implied) for b in duty.bearers),
        parties=tuple((form_of[c.body.id], c.name, c.kind.value if c.kind else None) for c in duty.counterparties),
        deadline=(deadline.kind.value, deadline.value, deadline.phrase, deadline.last_day) if deadline else None,
        targets=tuple((t.text, t.comparator, t.value, t.unit) for t in duty.targets),
        implements=duty.implements,
        confidence=duty.confidence,
        start=at.start,
        end=at.end,
        part=at.section,
        deadline_implied=deadline is not None and deadline.implied,
    )


def _shortened(action: str, written: str) -> str | None:
    if action == written:
        return None
    return _JOINED if action == " ".join(written.split()) else action


def action_of(kept: KeptDuty, text: str) -> str:
    """The action of a duty, from the text where it is the text."""
    if kept.action is None:
        return text[kept.start : kept.end]
    return " ".join(text[kept.start : kept.end].split()) if kept.action == _JOINED else kept.action


def role_of(value: str | None) -> Role | None:
    """A role by its value."""
    return Role(value) if value else None


def kind_of(value: str | None) -> CounterpartyKind | None:
    """A kind of counterparty by its value."""
    return CounterpartyKind(value) if value else None


# Words that documents have in common; the bytes never change, as what is packed cannot be read with others.
_SHARED = files("graph.backends").joinpath("packing_3.bin").read_bytes()
_ENCODER = msgspec.msgpack.Encoder()
_FACTS = msgspec.msgpack.Decoder(Kept)
_RECORD = msgspec.msgpack.Decoder(Record)
_PAGES = msgspec.msgpack.Decoder(tuple[int, ...])
LENGTHS = struct.Struct("<II")  # of pages and text, in bytes


def _squeeze(raw: bytes) -> bytes:
    packer = zlib.compressobj(
        _LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS, zlib.DEF_MEM_LEVEL, zlib.Z_DEFAULT_STRATEGY, _SHARED
    )
    return packer.compress(raw) + packer.flush()


def loosen(raw: bytes | memoryview, most: int = 0) -> bytes:
    """What was compressed with the shared words; only so many bytes of it where ``most`` is given."""
    return zlib.decompressobj(-zlib.MAX_WBITS, _SHARED).decompress(raw, most)


def pack_facts(kept: Kept) -> bytes:
    """The facts as they are kept: places as steps from the one before."""
    duties, at = [], 0
    for duty in kept.duties:
        part = _SAME if duty.part == duty.section else duty.part
        duties.append(replace(duty, start=duty.start - at, end=duty.end - duty.start, part=part))
        at = duty.start
    units, at = [], 0
    for start, end, ordinal in kept.units:
        units.append((0, 0, ordinal) if _is_whole(kept, start, end, ordinal) else (start - at, end - start, ordinal))
        at = end
    return _squeeze(_ENCODER.encode(replace(kept, duties=tuple(duties), units=tuple(units))))


def _is_whole(kept: Kept, start: int, end: int, ordinal: int) -> bool:
    """Whether a unit is all of a duty."""
    return ordinal > 0 and (kept.duties[ordinal - 1].start, kept.duties[ordinal - 1].end) == (start, end)


def unpack_facts(raw: bytes) -> Kept:
    """The facts out of their bytes."""
    kept = _FACTS.decode(loosen(raw))
    duties, at = [], 0
    for duty in kept.duties:
        at += duty.start
        part = duty.section if duty.part == _SAME else duty.part
        duties.append(replace(duty, start=at, end=at + duty.end, part=part))
    units, at = [], 0
    for step, length, ordinal in kept.units:
        whole = ordinal > 0 and not step and not length
        start = duties[ordinal - 1].start if whole else at + step
        at = duties[ordinal - 1].end if whole else start + length
        units.append((start, at, ordinal))
    return replace(kept, duties=tuple(duties), units=tuple(units))


def pack(batch: Batch) -> bytes:
    """A batch as it is kept beside its path: pages and text in front, so that they can be had without the record."""
    pages, text = _ENCODER.encode(batch.pages), batch.text.encode()
    whole = _squeeze(pages + text + _ENCODER.encode(batch.record))
    return LENGTHS.pack(len(pages), len(text)) + whole


def unpack(path: str, raw: bytes) -> Batch:
    """A batch out of its bytes."""
    pages, text = LENGTHS.unpack_from(raw)
    return decoded(path, loosen(memoryview(raw)[LENGTHS.size :]), pages, text)


def decoded(path: str, whole: bytes, pages: int, text: int) -> Batch:
    """A batch out of its bytes laid bare, with the lengths of its pages and text."""
    return Batch(
        path=path,
        record=_RECORD.decode(memoryview(whole)[pages + text :]),
        text=whole[pages : pages + text].decode(),
        pages=_PAGES.decode(memoryview(whole)[:pages]),
    )


def unpack_text(raw: bytes) -> tuple[str, tuple[int, ...]]:
    """Only the text and its pages out of the bytes of a batch."""
    pages, text = LENGTHS.unpack_from(raw)
    whole = loosen(memoryview(raw)[LENGTHS.size :], pages + text)
    return whole[pages:].decode(), _PAGES.decode(memoryview(whole)[:pages])


def pack_sign(sign: Sign) -> bytes:
    """A sign without the names of its fields and what is unset at the end."""
    row = [getattr(sign, name) for name in _SIGN_FIELDS]
    while row[-1] == _SIGN_DEFAULTS[_SIGN_FIELDS[len(row) - 1]]:
        row.pop()
    told = zip(_SIGN_FIELDS, row, strict=False)
    return _ENCODER.encode([sha_in(v) if v and name in _DIGESTS else v for name, v in told])


def unpack_sign(raw: bytes) -> Sign:
    """A sign out of its bytes."""
    given = dict(zip(_SIGN_FIELDS, _ROW.decode(raw), strict=False))
    for name in ("series", "issuers"):
        given[name] = tuple(given.get(name, ()))
    for name in _DIGESTS:
        given[name] = sha_out(given.get(name, ""))
    # the name of a sign is told by what is set: what is as by default stays unset
    return Sign(**{name: value for name, value in given.items() if value != _SIGN_DEFAULTS[name]})


def title_in(raw: bytes) -> str:
    """Only the title out of the bytes of a sign; empty where it has none."""
    row = _ROW.decode(raw)
    return (row[_TITLE] if len(row) > _TITLE else None) or ""


_SIGN_FIELDS = Sign.__struct_fields__
_TITLE = _SIGN_FIELDS.index("title")
_SIGN_DEFAULTS = dict(zip(_SIGN_FIELDS, Sign.__struct_defaults__, strict=True))


def hash64(text: str) -> int:
    """A signed 64-bit integer for a long key."""
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "big", signed=True)


def sign_key(sign_id: str) -> int:
    """A sign's short name as a signed 64-bit integer."""
    value = int(sign_id, 16)
    return value - (1 << 64) if value >> 63 else value


def sign_id(key: int) -> str:
    """The short name back from its integer."""
    return f"{key & ((1 << 64) - 1):016x}"


def sha_in(sha: str) -> bytes | str:
    """A digest as it is kept: half as long where it is hexadecimal."""
    try:
        raw = bytes.fromhex(sha)
    except ValueError:
        return sha
    return raw if raw.hex() == sha else sha


def sha_out(kept: bytes | str) -> str:
    """The digest back."""
    return kept.hex() if isinstance(kept, bytes) else kept


def listed(values: Iterable[Any]) -> str:
    """A JSON array for ``json_each``."""
    return msgspec.json.encode(list(values)).decode()


def pack_ref(ref: InstrumentRef) -> bytes:
    """A reference as a row, without the common part of its IRI."""
    row = [getattr(ref, f) for f in _FIELDS]
    row[0] = row[0].removeprefix(BASE)
    return _ENCODER.encode(row)


_FIELDS = InstrumentRef.__struct_fields__
_ROW = msgspec.msgpack.Decoder(list[Any])
_NODE = msgspec.msgpack.Decoder(tuple[Any, ...])


def unpack_ref(raw: bytes) -> InstrumentRef:
    """A reference out of its bytes."""
    row = _ROW.decode(raw)
    if ":" not in row[0][:8]:
        row[0] = BASE + row[0]
    return InstrumentRef(**dict(zip(_FIELDS, row, strict=True)))


def pack_node(node: Node) -> bytes:
    """A node without its reference; signs as numbers in its own list, IRIs without what all have."""
    at = {s: n for n, s in enumerate(node.signs)}
    every = list(range(len(at)))
    values = []
    for v in node.values:
        given = [at[s] for s in v.signs]
        told = None if v.value == getattr(node.ref, v.property) else v.value
        values.append((_PROPERTIES[v.property], told, v.preferred, None if given == every else given))
    disputes = [(d.kind, d.reason, d.other, d.sides) for d in node.disputes]
    signs = b"".join(bytes.fromhex(s) for s in node.signs)
    aliases = [a.removeprefix(BASE) for a in node.aliases]
    issuers = None if node.issuers == (node.ref.issuer,) else node.issuers
    return _ENCODER.encode((aliases, signs, values, disputes, node.reasons, issuers, node.level, node.nums))


def unpack_node(ref: bytes, raw: bytes) -> Node:
    """A node out of its bytes."""
    aliases, packed, values, disputes, reasons, issuers, level, nums = _NODE.decode(raw)
    signs = tuple(packed[n : n + _SIGN].hex() for n in range(0, len(packed), _SIGN))
    shown = unpack_ref(ref)
    return Node(
        ref=shown,
        aliases=tuple(a if ":" in a[:8] else BASE + a for a in aliases),
        signs=signs,
        values=tuple(
            Value(
                property=_NAMES[p],
                value=getattr(shown, _NAMES[p]) if value is None else value,
                preferred=first,
                signs=signs if given is None else tuple(signs[n] for n in given),
            )
            for p, value, first, given in values
        ),
        disputes=tuple(
            Dispute(kind=k, reason=r, other=o, sides=(tuple(sides[0]), tuple(sides[1])) if sides else ((), ()))
            for k, r, o, *more in disputes
            for sides in (more[0] if more else None,)  # version 2 did not keep the sides
        ),
        reasons=tuple(reasons),
        issuers=(shown.issuer,) if issuers is None and shown.issuer is not None else tuple(issuers or ()),
        level=level,
        nums=tuple(nums),
    )
