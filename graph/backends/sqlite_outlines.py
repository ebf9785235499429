"""Of the facts of a document only what chooses and orders its duties; the rest of the bytes is passed over."""

import msgspec

from graph.asking.outlines import Term
from graph.backends.sqlite_duties import Bearers, Others
from graph.backends.sqlite_packing import loosen

_NONE = b"\x90"  # an empty list in MessagePack


class OutlinedDuty(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """The first fields of a ``KeptDuty``, as its bytes where they are only compared."""

    section: msgspec.Raw
    action: msgspec.Raw
    bearers: msgspec.Raw
    parties: msgspec.Raw
    deadline: Term | None
    targets: msgspec.Raw
    implements: tuple[int, ...]
    confidence: float
    start: int
    end: int

    @property
    def targeted(self) -> bool:
        """Whether it has targets."""
        return bytes(self.targets) != _NONE

    def sides(self) -> tuple[Bearers, Others]:
        """Bearers and counterparties, as a ``KeptDuty`` has them."""
        return _BEARERS.decode(self.bearers), _OTHERS.decode(self.parties)


class _Outlined(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """The fields of ``Kept`` up to its duties."""

    citations: int
    signers: msgspec.Raw
    recipients: msgspec.Raw
    addressees: msgspec.Raw
    warnings: msgspec.Raw
    unparsed: msgspec.Raw
    proofs: msgspec.Raw
    forms: msgspec.Raw
    names: msgspec.Raw
    issuers: msgspec.Raw
    units: msgspec.Raw
    duties: tuple[OutlinedDuty, ...]


_FACTS = msgspec.msgpack.Decoder(_Outlined)
_BEARERS = msgspec.msgpack.Decoder(Bearers)
_OTHERS = msgspec.msgpack.Decoder(Others)


def unpack_outlines(raw: bytes) -> tuple[OutlinedDuty, ...]:
    """The duties of a document; ``start`` is a step from the duty before, ``end`` a length (see ``pack_facts``)."""
    return _FACTS.decode(loosen(raw)).duties
