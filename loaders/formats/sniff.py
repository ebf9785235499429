"""What a file holds, told from its first bytes and its extension."""

from enum import StrEnum
from pathlib import Path

from loaders.formats.refusal import refusal


class Format(StrEnum):
    """Formats that can be read."""

    PLAIN = "plain"
    WEB = "web"
    WORD = "word"
    PDF = "pdf"


MEDIA_TYPES = {
    ".txt": "text/plain",
    ".md": "text/markdown",
    ".markdown": "text/markdown",
    ".html": "text/html",
    ".htm": "text/html",
    ".xhtml": "application/xhtml+xml",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".pdf": "application/pdf",
    ".doc": "application/msword",
    ".rtf": "application/rtf",
}
_BY_EXTENSION = {
    ".txt": Format.PLAIN,
    ".md": Format.PLAIN,
    ".markdown": Format.PLAIN,
    ".html": Format.WEB,
    ".htm": Format.WEB,
    ".xhtml": Format.WEB,
    ".docx": Format.WORD,
    ".pdf": Format.PDF,
}
_OFFICE = {".doc", ".docx"}
# first bytes: what a person calls it
_SIGNATURES = (
    (b"%PDF-", "PDF"),
    (b"PK\x03\x04", "tệp nén (zip, docx, xlsx)"),
    (b"PK\x05\x06", "tệp nén (zip, docx, xlsx)"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "tệp Office 97-2003 hoặc Office có mật khẩu"),
    (b"{\\rtf", "Rich Text Format"),
    (b"\x89PNG\r\n\x1a\n", "ảnh PNG"),
    (b"\xff\xd8\xff", "ảnh JPEG"),
    (b"GIF8", "ảnh GIF"),
    (b"II*\x00", "ảnh TIFF"),
    (b"MM\x00*", "ảnh TIFF"),
    (b"Rar!\x1a\x07", "tệp nén RAR"),
    (b"7z\xbc\xaf\x27\x1c", "tệp nén 7z"),
    (b"\x1f\x8b\x08", "tệp nén gzip"),
    (b"\x7fELF", "chương trình"),
    (b"MZ\x90\x00", "chương trình"),
)
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")


def is_known(path: Path) -> bool:
    """Tell whether the extension is of a document, readable now or after conversion."""
    return path.suffix.lower() in MEDIA_TYPES


def format_of(data: bytes, path: Path) -> Format:
    """Find the format of a file.

    Args:
        data: All its bytes.
        path: Its name.

    Returns:
        The format to read it with.

    Raises:
        UnreadableFileError: Nothing inside, an unknown extension, a content that is not what the extension says, or a
            format that must be converted first.
    """
    extension = path.suffix.lower()
    if not data.strip(b"\x00 \t\r\n\f\xef\xbb\xbf"):
        raise refusal(path, "empty")
    if extension not in MEDIA_TYPES:
        raise refusal(path, "unknown_extension", extension=extension or "(không có)")
    found = _signature(data)
    if extension in _OFFICE:
        return _office(data, found, path)
    if extension == ".rtf":
        raise refusal(path, "legacy_rtf") if found == "Rich Text Format" else _mismatch(path, found)
    expected = _BY_EXTENSION[extension]
    if expected is Format.PDF:
        # readers accept some bytes of a mail or web envelope before the mark
        if b"%PDF-" in data[:1024]:
            return Format.PDF
        raise refusal(path, "not_pdf")
    if found and found != "Rich Text Format":  # a text may well begin with a brace
        raise _mismatch(path, found)
    return expected


def _signature(data: bytes) -> str:
    return next((name for mark, name in _SIGNATURES if data.startswith(mark)), "")


def _mismatch(path: Path, found: str) -> Exception:
    content = found or "loại khác"
    return refusal(path, "wrong_extension", extension=path.suffix.lower(), content=content)


def _office(data: bytes, found: str, path: Path) -> Format:
    """Offices save several formats under .doc and .docx; the content decides."""
    if data.startswith(b"PK"):
        return Format.WORD
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise refusal(path, "encrypted" if _ENCRYPTED_STREAM in data else "legacy_doc")
    if found == "Rich Text Format":
        raise refusal(path, "legacy_rtf")
    if found:
        raise _mismatch(path, found)
    head = data[:2048].lower()
    if b"<html" in head or b"<!doctype html" in head:
        return Format.WEB
    if path.suffix.lower() == ".docx":
        raise refusal(path, "not_docx", cause="không phải tệp nén zip")
    raise refusal(path, "damaged", cause="không thấy dấu hiệu của Word")
