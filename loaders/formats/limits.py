"""Limits on what is read from one file, so that no file can stop a batch."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may cost.

    Attributes:
        bytes: Size of the file on disk.
        unpacked_bytes: Size of what an archive (docx) holds once unpacked.
        entries: Number of files in an archive.
        ratio: Unpacked size over packed size of an archive.
        characters: Length of the text that comes out.
        line: Length of the longest line, in characters.
        pages: Number of pages.
        seconds: Time to read one file.
        depth: Nesting of elements, folders or tables.
    """

    bytes: int = 64 * 1024 * 1024
    unpacked_bytes: int = 256 * 1024 * 1024
    entries: int = 5_000
    ratio: float = 200.0
    characters: int = 20_000_000
    line: int = 1_000_000
    pages: int = 2_000
    seconds: float = 120.0
    depth: int = 200


DEFAULT_LIMITS = Limits()
