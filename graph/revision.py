"""One number for what a store holds: equal contents give equal numbers, whatever the order of writing."""

import hashlib

import msgspec

from graph.store import Batch

_RANGE = 1 << 53  # what every reader of JSON keeps exactly
_ENCODER = msgspec.msgpack.Encoder(order="deterministic")


def revision_of(batch: Batch) -> int:
    """The number of one loaded file."""
    return int.from_bytes(hashlib.blake2b(_ENCODER.encode(batch), digest_size=7).digest(), "big") % _RANGE


def add(revision: int, part: int) -> int:
    """A store's number with a file more, or (negative) one less."""
    return (revision + part) % _RANGE
