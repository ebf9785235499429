"""Plain text and Markdown: the decoded file itself, unchanged."""

from pathlib import Path

from loaders.formats.limits import Limits
from ontology.errors import UnreadableFileError


def decode(data: bytes, path: Path, limits: Limits) -> str:
    """Decode a text file with universal newlines."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as exc:
        raise UnreadableFileError(f"{path.name}: không phải UTF-8", file=str(path), reason="invalid_utf8") from exc
    return text.replace("\r\n", "\n").replace("\r", "\n")
