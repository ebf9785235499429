"""Plain text and Markdown: the decoded file itself, unchanged."""

from pathlib import Path

from loaders.formats.encoding import decode
from loaders.formats.limits import Limits
from loaders.formats.reading import Reading


def read(data: bytes, path: Path, limits: Limits) -> Reading:
    """Read a text file: its text is exactly ``open(path, encoding="utf-8").read()``.

    Args:
        data: The bytes of the file.
        path: The file, for errors.
        limits: Not needed here; the caller bounds size and lines.

    Returns:
        The text.

    Raises:
        UnreadableFileError: See ``loaders.formats.encoding.decode``.
    """
    return Reading(decode(data, path))
