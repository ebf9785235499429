from collections.abc import Callable
from pathlib import Path

import pytest

from loaders.citations import Reading, read_citations
from loaders.document import Block, Kind, Layout, SourceText, View, Zone
from ontology.record import Citation, Header, Issuer

SHARED = Path(__file__).resolve().parents[3] / "shared"


def layout_of(text: str, zone: Zone = Zone.BODY) -> Layout:
    """Lay lines out by hand, one block a line, so that recognisers are tested without the layout reader."""
    blocks, at = [], 0
    for index, line in enumerate(text.split("\n")):
        blocks.append(Block(index, Kind.PARAGRAPH, zone, at, at + len(line), at, section=zone.value))
        at += len(line) + 1
    source = SourceText("x.txt", "x.txt", "0" * 64, "text/plain", "file", text)
    return Layout(source, View(text.replace("–", "-"), [0], [0]), tuple(blocks))


def reading_of(text: str, *, zone: Zone = Zone.BODY, **header: object) -> Reading:
    values = {
        "type": "ke_hoach",
        "jurisdiction": "quang-ngai",
        "issuers": (Issuer(name="Sở Công Thương tỉnh Quảng Ngãi"),),
    }
    return read_citations(layout_of(text, zone), Header(**{**values, **header}))


@pytest.fixture
def reading() -> Callable[..., Reading]:
    return reading_of


@pytest.fixture
def cite() -> Callable[..., tuple[Citation, ...]]:
    return lambda text, **options: reading_of(text, **options).citations


@pytest.fixture(scope="session")
def shared() -> Path:
    if not SHARED.is_dir():
        pytest.skip(f"the shared documents are not here: {SHARED}")
    return SHARED


@pytest.fixture
def in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read files in the process of the test, where its patches work."""
    monkeypatch.setenv("LUOCDO_READ_APART", "0")
