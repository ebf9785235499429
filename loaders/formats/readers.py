"""Which reader reads which format: what runs apart from the product, under limits of time and memory."""

from dataclasses import replace
from pathlib import Path

from loaders.formats.legacy_text import repair_reading
from loaders.formats.limits import Limits, OutOfTimeError, time_limit
from loaders.formats.reading import Reading
from loaders.formats.refusal import refusal
from loaders.formats.sniff import Format
from ontology.errors import UnreadableFileError

_MEGABYTE = 1024 * 1024
_UNNAMED = ("unknown error", "Memory allocation failed")


def seconds_for(kind: Format, limits: Limits, *, pictures: bool) -> float:
    """How long reading a file may take."""
    return limits.ocr_seconds if pictures or kind is Format.IMAGE else limits.seconds


def read(kind: Format, data: bytes, path: Path, limits: Limits, *, pictures: bool) -> Reading:
    """Read a file of any format but plain text.

    Args:
        kind: Its format.
        data: Its bytes.
        path: Its name; nothing is opened.
        limits: What to refuse.
        pictures: Whether the pages of a pdf are read as pictures, for its own text is none or wrong.

    Returns:
        The text, in Unicode.

    Raises:
        UnreadableFileError: The file cannot be read.
        LimitExceededError: It takes too long, or goes beyond another limit.
    """
    seconds = seconds_for(kind, limits, pictures=pictures)
    try:
        with time_limit(seconds):
            if pictures:
                return repair_reading(_pictures(data, path, limits), soft_hyphens=False)
            return repair_reading(_text(kind, data, path, limits), soft_hyphens=False)
    except OutOfTimeError as exc:
        raise refusal(path, "too_slow", limit=seconds) from exc
    except (MemoryError, UnreadableFileError) as exc:
        if _is_out_of_memory(exc):
            raise refusal(path, "too_much_memory", limit=limits.memory // _MEGABYTE) from exc
        raise


def _is_out_of_memory(error: BaseException | None) -> bool:
    """Whether memory is what an error comes from; lxml calls it an error of syntax that it cannot name."""
    while error is not None:
        unnamed = isinstance(error, SyntaxError) and str(error).startswith(_UNNAMED)
        if unnamed or isinstance(error, MemoryError):
            return True
        error = error.__cause__ or error.__context__
    return False


def _pictures(data: bytes, path: Path, limits: Limits) -> Reading:
    from loaders.formats import ocr, pdf  # noqa: PLC0415

    try:
        return pdf.read(data, path, limits, recognise=True)
    except UnreadableFileError as exc:
        if exc.details.get("reason") not in pdf.NO_TEXT:
            raise
    marks = pdf.read_notes(data, path, limits)
    return replace(ocr.read_pdf(data, path, limits), marks=marks)


def _text(kind: Format, data: bytes, path: Path, limits: Limits) -> Reading:
    # Imported on first use: the libraries take half a second, and most corpora are plain text.
    match kind:
        case Format.WEB:
            from loaders.formats import web  # noqa: PLC0415

            return web.read(data, path, limits)
        case Format.WORD:
            from loaders.formats import word  # noqa: PLC0415

            return word.read(data, path, limits)
        case Format.OLD_DOC | Format.OLD_RTF:
            from loaders.formats import convert, word  # noqa: PLC0415

            suffix = ".rtf" if kind is Format.OLD_RTF else ".doc"
            return word.read(convert.convert(data, suffix, "docx", path, limits), path, limits)
        case Format.SHEET | Format.OLD_XLS:
            from loaders.formats import convert, sheet  # noqa: PLC0415

            if kind is Format.OLD_XLS:
                data = convert.convert(data, ".xls", "xlsx", path, limits)
            return sheet.read(data, path, limits)
        case Format.OLD_PPT:
            from loaders.formats import slides  # noqa: PLC0415

            return slides.read(data, path, limits)
        case Format.IMAGE:
            from loaders.formats import ocr  # noqa: PLC0415

            return ocr.read_image(data, path, limits)
        case _:
            from loaders.formats import pdf  # noqa: PLC0415

            return pdf.read(data, path, limits)
