"""Quotes of the SQLite store: ranges of texts whose edges are true already."""

from graph.backends.sqlite_packing import Span
from graph.results import Evidence


def cut(text: str, pages: tuple[int, ...], file: str, sha256: str, span: Span) -> Evidence:
    """Quote a range whose edges are true already."""
    start, end, section = span
    page = None
    if pages:
        page = sum(1 for at in pages if at <= start)
    return Evidence(
        file=file,
        sha256=sha256,
        start=start,
        end=end,
        line=text.count("\n", 0, start) + 1,
        text=text[start:end],
        section=section,
        page=page,
    )


def bare_evidence(file: str, sha256: str, span: Span) -> Evidence:
    """A place without its quote; line 0 tells that the text is left out."""
    start, end, section = span
    return Evidence(file=file, sha256=sha256, start=start, end=end, line=0, text="", section=section)
