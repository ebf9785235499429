"""A day that a rule computed is shown with its rule."""

from fastapi.testclient import TestClient

from api.app import create_app
from api.service import Service
from api.settings import Settings
from graph.connect import connect
from graph.store import Batch
from ontology.record import Bearer, Deadline, Header, Obligation, Record, Source
from ontology.terms import DeadlineKind, Role

TEXT = "Sở báo cáo định kỳ hằng năm."


def test_the_due_page_tells_the_rule_of_a_computed_day() -> None:
    given = Obligation(
        start=0,
        end=len(TEXT),
        action=TEXT,
        section="1",
        bearers=(Bearer(name="Sở", role=Role.PERFORMS, body="Sở Công Thương tỉnh Quảng Ngãi"),),
        deadline=Deadline(kind=DeadlineKind.RECURRING, value="P1Y", phrase="hằng năm"),
    )
    header = Header(type="ke_hoach", number="7", symbol="KH-SCT", date="2023-01-05", jurisdiction="quang-ngai")
    source = Source(file="a.txt", sha256="a" * 64, length=len(TEXT))
    store = connect("memory:")
    store.write(Batch(path="/a", text=TEXT, record=Record(source=source, instrument=header, obligations=(given,))))
    with TestClient(create_app(Service(store), Settings(hosts=("testserver",)))) as client:
        page = client.get("/han?tu-ngay=2024-01-01&den-ngay=2024-12-31").text
    assert "kỳ tính từ ngày văn bản đến hết năm 2028" in page
    assert "theo tuần" in page
