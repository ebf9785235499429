"""Places in loaded texts that no fact carries yet: first lines, signatures, recipients, a numbered item, a line."""

import os
import re

from graph.results import Evidence, InstrumentRef
from graph.store import Store
from ontology.errors import NotFoundError
from ontology.vietnamese import fold

_HEAD = re.compile(r"\W*(?:[Ss]ố|SỐ)\s*[:.]?\s*[\d/.…_-]|.*\bngày\b.*\btháng\b.*\bnăm\b")  # where number and date stand


def evidence_at(text: str, file: str, sha256: str, start: int, end: int) -> Evidence:
    """Evidence for a stretch of a text."""
    return Evidence(
        file=file, sha256=sha256, start=start, end=end, line=text.count("\n", 0, start) + 1, text=text[start:end]
    )


def loaded_text(store: Store, ref: InstrumentRef) -> tuple[str, str, str] | None:
    """Text, file and checksum of a loaded instrument; None where it is only cited."""
    if not ref.loaded:
        return None
    detail = store.instrument(ref.id)
    if detail.sha256 is None:
        return None
    try:
        text = store.source_text(detail.sha256)
    except NotFoundError:
        return None
    return text, os.path.basename(detail.files[0]) if detail.files else "", detail.sha256


def lines_of(text: str) -> list[tuple[int, int]]:
    """Ranges of the lines that hold something, blanks at both ends left out."""
    return [(m.start(), m.end()) for m in re.finditer(r"\S(?:[^\n]*\S)?", text)]


def head_evidence(store: Store, ref: InstrumentRef) -> tuple[Evidence, ...]:
    """The lines at the head of a document where number and date stand or should stand; its first line else."""
    loaded = loaded_text(store, ref)
    if loaded is None:
        return ()
    text, file, sha = loaded
    lines = lines_of(text)
    head = [(s, e) for s, e in lines[:14] if e - s < 120 and _HEAD.match(text[s:e])]
    return tuple(evidence_at(text, file, sha, s, e) for s, e in head or lines[:1])


def phrase_evidence(store: Store, ref: InstrumentRef, phrase: str, *, last: bool = True) -> tuple[Evidence, ...]:
    """The last (or first) line of a loaded document that holds a phrase, marks and case aside."""
    loaded = loaded_text(store, ref)
    wanted = fold(phrase)
    if loaded is None or not wanted:
        return ()
    text, file, sha = loaded
    hits = [(s, e) for s, e in lines_of(text) if wanted in fold(text[s:e])]
    if not hits:
        return ()
    start, end = hits[-1] if last else hits[0]
    return (evidence_at(text, file, sha, start, end),)


def line_evidence(store: Store, ref: InstrumentRef, line: int) -> tuple[Evidence, ...]:
    """A physical line of a loaded document."""
    loaded = loaded_text(store, ref)
    if loaded is None or line < 1:
        return ()
    text, file, sha = loaded
    starts = [0, *(m.end() for m in re.finditer("\n", text))]
    if line > len(starts):
        return ()
    start = starts[line - 1]
    end = text.find("\n", start)
    end = len(text) if end < 0 else end
    return (evidence_at(text, file, sha, start, end),) if text[start:end].strip() else ()


def body_evidence(store: Store, ref: InstrumentRef, limit: int = 200) -> tuple[Evidence, ...]:
    """All lines of a loaded document."""
    loaded = loaded_text(store, ref)
    if loaded is None:
        return ()
    text, file, sha = loaded
    return tuple(evidence_at(text, file, sha, s, e) for s, e in lines_of(text)[:limit])


def name_of_signer(signer: str) -> str:
    """The name alone of "Nguyễn Văn A, Giám đốc" or "Nguyễn Văn A (Giám đốc)"."""
    return re.split(r"[,(;–-]", signer)[0].strip()
