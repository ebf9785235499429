"""Files of offices made by hand, and why one was refused."""

import io
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn

from loaders.formats.limits import DEFAULT_LIMITS
from loaders.source import Limits, read_bytes
from ontology.errors import UnreadableFileError


def word(*runs: tuple[str, str]) -> bytes:
    """A Word document of one paragraph with runs of (font, text)."""
    document = docx.Document()
    paragraph = document.add_paragraph()
    for font, text in runs:
        run = paragraph.add_run(text)
        run.font.name = font
        run._element.rPr.rFonts.set(qn("w:hAnsi"), font)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def reason_of(data: bytes, name: str, limits: Limits = DEFAULT_LIMITS) -> str:
    """Read what must be refused."""
    with pytest.raises(UnreadableFileError) as caught:
        read_bytes(data, Path(name), limits)
    return str(caught.value.details["reason"])
