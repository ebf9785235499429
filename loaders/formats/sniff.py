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
    SHEET = "sheet"
    IMAGE = "image"
    OLD_DOC = "old_doc"
    OLD_RTF = "old_rtf"
    OLD_XLS = "old_xls"
    OLD_PPT = "old_ppt"


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
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".xls": "application/vnd.ms-excel",
    ".ppt": "application/vnd.ms-powerpoint",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".tif": "image/tiff",
    ".tiff": "image/tiff",
}
ARCHIVE = ".zip"
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
_OFFICE = {".doc", ".docx", ".rtf", ".xls", ".xlsx", ".ppt"}
_SHEETS = {".xls", ".xlsx"}
_IMAGES = {".png", ".jpg", ".jpeg", ".tif", ".tiff"}
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
_WORD_STREAM = "WordDocument".encode("utf-16-le")
_SHEET_STREAMS = ("Workbook\0".encode("utf-16-le"), "Book\0".encode("utf-16-le"))
_SLIDE_STREAM = "PowerPoint Document".encode("utf-16-le")
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")


def is_known(path: Path) -> bool:
    """Tell whether the extension is of a document, readable now or after conversion, or of an archive of documents."""
    return path.suffix.lower() in MEDIA_TYPES or is_archive(path)


def is_archive(path: Path) -> bool:
    """Tell whether the extension is of an archive of documents."""
    return path.suffix.lower() == ARCHIVE


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
    if extension == ARCHIVE:
        raise refusal(path, "archive" if data.startswith(b"PK") else "not_zip")
    if extension not in MEDIA_TYPES:
        raise refusal(path, "unknown_extension", extension=extension or "(không có)")
    found = _signature(data)
    if extension in _OFFICE:
        return _office(data, found, path)
    if extension in _IMAGES:
        if found.startswith("ảnh ") and "GIF" not in found:
            return Format.IMAGE
        raise _mismatch(path, found)
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
    is_sheet = path.suffix.lower() in _SHEETS
    if data.startswith(b"PK"):
        return Format.SHEET if is_sheet else Format.WORD
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        if _ENCRYPTED_STREAM in data:
            raise refusal(path, "encrypted")
        return _contained(data, is_sheet, path)
    if found == "Rich Text Format":
        return Format.OLD_RTF
    if found:
        raise _mismatch(path, found)
    if _is_html(data):
        return Format.WEB
    if path.suffix.lower() == ".xls" and data[:1] == b"\x09":  # before 5.0 Excel wrote its records without a container
        return Format.OLD_XLS
    raise _no_office(path)


def _contained(data: bytes, is_sheet: bool, path: Path) -> Format:
    """Tell by the names of its streams what a container of Office 97-2003 holds; one may be embedded in the other."""
    if _SLIDE_STREAM in data and path.suffix.lower() == ".ppt":
        return Format.OLD_PPT
    sheet, doc = any(name in data for name in _SHEET_STREAMS), _WORD_STREAM in data
    if not sheet and not doc:
        raise refusal(path, "damaged", cause="không thấy nội dung Word hoặc Excel")
    return Format.OLD_XLS if sheet and (is_sheet or not doc) else Format.OLD_DOC


def _no_office(path: Path) -> Exception:
    match path.suffix.lower():
        case ".docx":
            return refusal(path, "not_docx", cause="không phải tệp nén zip")
        case ".xlsx":
            return refusal(path, "not_xlsx")
        case ".rtf":
            return _mismatch(path, "")
        case _:
            return refusal(path, "damaged", cause="không thấy dấu hiệu của Word hoặc Excel")


def _is_html(data: bytes) -> bool:
    head = data[:2048].lower()
    return b"<html" in head or b"<!doctype html" in head
