"""Read one document end to end: source, secrecy gate, layout, header, citations, obligations, record."""

from pathlib import Path

import msgspec

from loaders.citations import read_citations
from loaders.citations_scan import MOST_CITATIONS, TooManyCitationsError
from loaders.confidence import recognised_citation, recognised_duty
from loaders.document import Layout, SourceText, Span
from loaders.formats.refusal import refusal
from loaders.header import borrowed, read_header
from loaders.layout import lay_out
from loaders.obligations import read_duties
from loaders.secrecy import check
from loaders.source import DEFAULT_LIMITS, Limits, read
from ontology.record import Citation, Header, Record, Source
from ontology.record import Warning as Note
from ontology.uncollected import uncollected

_WHOLE_DAY = len("2023-02-17")
_OCR = "ocr"


def extract(path: Path, limits: Limits = DEFAULT_LIMITS) -> tuple[SourceText, Record]:
    """Read a file into its text and its record.

    Args:
        path: A regular file of a known kind.
        limits: What to refuse.

    Returns:
        The text that all offsets mean, and the record.

    Raises:
        UnreadableFileError: The file cannot be read.
        SecretDocumentError: The document bears a secrecy mark.
    """
    source = read(path, limits)
    return source, record_of(source)


def record_of(source: SourceText) -> Record:
    """Read the text of a document into its record.

    Args:
        source: The text as it was read.

    Raises:
        SecretDocumentError: The document bears a secrecy mark; nothing of it is kept.
        LimitExceededError: The text names more instruments than any document does.
    """
    with uncollected():
        return _record_of(source)


def _record_of(source: SourceText) -> Record:
    check(source)
    layout = lay_out(source)
    header = read_header(layout)
    try:
        reading = read_citations(layout, header)
    except TooManyCitationsError as error:
        raise refusal(Path(source.path), "too_many_citations", limit=MOST_CITATIONS) from error
    header = _earliest(header, reading.citations)
    citations = reading.citations
    duties, puzzles = read_duties(layout, header, citations)
    seen = _recognised(source)
    if seen:
        citations = tuple(recognised_citation(c) if _is_in(c.start, seen) else c for c in citations)
        duties = [recognised_duty(duty) if _is_in(duty.start, seen) else duty for duty in duties]
    return Record(
        source=Source(
            file=source.file,
            sha256=source.sha256,
            media_type=source.media_type,
            length=len(source.text),
            text_from=source.text_from,
        ),
        instrument=header,
        citations=citations,
        obligations=tuple(duties),
        unparsed=tuple(sorted((*reading.unparsed, *puzzles), key=lambda part: (part.start, part.end))),
        warnings=(
            *_doubts(source),
            *_notes(layout),
            *reading.warnings,
            *(() if _told(layout) else _header_notes(header)),
            *_annex_notes(layout, header),
        ),
    )


def _earliest(header: Header, citations: tuple[Citation, ...]) -> Header:
    """A document without its day is not older than the latest instrument that it names; deadlines do not count."""
    if header.date is not None and len(header.date) == _WHOLE_DAY:
        return header
    days = [c.date for c in citations if c.date and len(c.date) == _WHOLE_DAY and c.stage == "issued"]
    days = [day for day in days if header.date is None or day[: len(header.date)] <= header.date]
    return msgspec.structs.replace(header, earliest=max(days, default=None))


def _recognised(source: SourceText) -> list[Span]:
    """The ranges of a text that a machine read off pictures."""
    if source.text_from == _OCR:
        return [(0, len(source.text))]
    return [_page(source, at) for at in source.recognised]


def _page(source: SourceText, at: int) -> Span:
    following = source.pages[at + 1] if at + 1 < len(source.pages) else len(source.text)
    return source.pages[at], following


def _is_in(at: int, spans: list[Span]) -> bool:
    return any(start <= at < end for start, end in spans)


def _doubts(source: SourceText) -> tuple[Note, ...]:
    """A text that a machine read off pictures is not the text that was issued until a person has compared them."""
    message = "Chữ do máy nhận dạng từ bản quét, có thể sai; hãy đối chiếu bản gốc"
    notes = [Note(code="ocr", message=message, start=start, end=end) for start, end in _recognised(source)]
    for at in source.unread:
        start, _ = _page(source, at)
        message = f"Trang {at + 1} là ảnh quét, chưa đọc được; cài tesseract-ocr và tesseract-ocr-vie rồi nạp lại"
        notes.append(Note(code="unread_page", message=message, start=start, end=start))
    return tuple(notes)


def _notes(layout: Layout) -> tuple[Note, ...]:
    notes = []
    for code, message, (start, end) in layout.warnings:
        raw = layout.view.raw(start, end)
        notes.append(Note(code=code, message=message, start=raw[0], end=raw[1]))
    return tuple(notes)


def _told(layout: Layout) -> bool:
    return any(code == "blank_number" for code, _, _ in layout.warnings)


def _annex_notes(layout: Layout, header: Header) -> tuple[Note, ...]:
    span = borrowed(layout, header)
    if span is None:
        return ()
    message = "Tệp chỉ có phụ lục; loại, số và ngày là của văn bản mà phụ lục này kèm theo"
    return (Note(code="annex_only", message=message, start=span[0], end=span[1]),)


def _header_notes(header: Header) -> tuple[Note, ...]:
    if header.number is None and header.symbol is not None:
        start, end = header.spans.get("symbol", header.spans.get("number", (0, 0)))
        message = f"Văn bản chưa ghi số (ký hiệu {header.symbol})"
        return (Note(code="blank_number", message=message, start=start, end=end),)
    return ()
