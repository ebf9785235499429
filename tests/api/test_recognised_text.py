"""Letters that a machine recognised are never shown as the printed text without saying so."""

import msgspec
import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.service import Service
from api.settings import Settings
from graph.connect import connect
from graph.store import Batch
from ontology.record import Header, Record, Source
from viz import links

TEXT = "KẾ HOẠCH\nSở rà soát thủ tục.\n"
SHA = "a" * 64
TOLD = "máy nhận dạng"


@pytest.fixture(params=["file", "ocr"])
def source(request: pytest.FixtureRequest) -> Source:
    return Source(file="a.pdf", sha256=SHA, length=len(TEXT), text_from=request.param)


def test_pages_and_routes_tell_recognised_text_from_printed_text(source: Source) -> None:
    store = connect("memory:")
    header = Header(type="ke_hoach", number="7", symbol="KH-SCT", date="2023-01-05")
    store.write(Batch(path="/a.pdf", text=TEXT, record=Record(source=source, instrument=header)))
    [ref] = store.instruments()
    with TestClient(create_app(Service(store), Settings(hosts=("testserver",)))) as client:
        for page in (links.page(ref.id), f"/nguon/{SHA}", "/kho"):
            assert (TOLD in client.get(page).text) == (source.text_from == "ocr"), page
    assert msgspec.to_builtins(store.instrument(ref.id))["text_from"] == source.text_from
