"""Which things have at least so many of some words: postings as long integers, a bit for each thing."""

import re
from collections.abc import Iterable, Iterator

import msgspec

_SET = re.compile(rb"[^\0]")  # of a million items few are in a set: the others are passed over at once


def bits_of(items: str) -> int:
    """An integer with a bit for each item of a JSON array."""
    numbers: list[int] = msgspec.json.decode(items)
    room = bytearray(max(numbers, default=0) // 8 + 1)
    for number in numbers:
        room[number >> 3] |= 1 << (number & 7)
    return int.from_bytes(room, "little")


def at_least(sets: Iterable[int], least: int) -> int:
    """The items that are in at least so many of the sets.

    All counts are kept at once: plane ``n`` holds for each item the bit ``n`` of its count.

    Example:
        >>> bin(at_least([0b0111, 0b0011, 0b0001], 2))
        '0b11'
    """
    planes: list[int] = []
    every = 0
    for items in sets:
        every |= items
        carry = items
        for n, plane in enumerate(planes):
            planes[n], carry = plane ^ carry, plane & carry
        if carry:
            planes.append(carry)
    if least >> len(planes):
        return 0
    more, equal = 0, every
    for n in range(len(planes) - 1, -1, -1):
        if least >> n & 1:
            equal &= planes[n]
        else:
            more |= equal & planes[n]
            equal &= ~planes[n]
    return more | equal


def items_of(bits: int) -> Iterator[int]:
    """The items of a set, in order."""
    room = bits.to_bytes((bits.bit_length() + 7) // 8, "little")
    for found in _SET.finditer(room):
        at, byte = found.start(), found[0][0]
        yield from (8 * at + n for n in range(8) if byte >> n & 1)
