"""Read one file into a source text, whatever its format, within limits and with no other failure than our own errors."""

import hashlib
from pathlib import Path

from loaders.document import SourceText
from loaders.formats import plain
from loaders.formats.limits import DEFAULT_LIMITS, Limits

__all__ = ["DEFAULT_LIMITS", "Limits", "read"]


def read(path: Path, limits: Limits = DEFAULT_LIMITS) -> SourceText:
    """Read a file.

    Args:
        path: A regular file.
        limits: What to refuse.

    Returns:
        The text that every offset means, unchanged for text files.

    Raises:
        UnreadableFileError: The file cannot be read; ``details`` say why and what to do.
    """
    data = path.read_bytes()
    text = plain.decode(data, path, limits)
    return SourceText(str(path), path.name, hashlib.sha256(data).hexdigest(), "text/plain", "file", text)
