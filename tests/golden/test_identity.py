"""What the sample corpus was made for: one document under two numbers, one number for two, a chain, one question."""

from pathlib import Path

import pytest

from api.service import Service
from graph.connect import connect
from graph.results import ChainNode
from graph.store import Batch, Store
from loaders.pipeline import extract

ROOT = Path(__file__).parents[2]
SAMPLES = sorted((ROOT / "examples" / "van-ban").iterdir())
CARRIED_OUT = {
    "112/KH-UBND",  # 02
    "41-KH/BDVTU-BCSĐUBND",  # 04
    "58/KH-SCT",  # 06, through 02
    "77/KH-SNV",  # 07, through 02
    "Kế hoạch (chưa có số)",  # 08
    "Công văn (chưa có số)",  # 09, through 04
    "96/KH-UBND",  # 12
    "64/KH-SCT",  # 14, through 12
    "39/KH-STC",  # 15, through 12
    "05/KH-VP",  # 16, through 14
    "212/SCT-VP",  # 17, through 12
    "12-HD/BDVTU",  # 18, through 04
}


@pytest.fixture(scope="module", params=["memory", "sqlite"])
def store(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Store:
    folder = tmp_path_factory.mktemp("samples")
    opened = connect("memory:" if request.param == "memory" else f"sqlite:{folder / 'x.db'}")
    for path in SAMPLES:
        source, record = extract(path)
        opened.write(Batch(path=str(path), record=record, text=source.text, pages=source.pages))
    return opened


def exact(store: Store, text: str) -> list[str]:
    return sorted(c.id for c in store.find_instruments(text) if c.exact)


def chain(node: ChainNode) -> list[str]:
    """Numbers down the first branch."""
    here = [f"{node.instrument.number}/{node.instrument.symbol}"]
    return here + (chain(node.children[0]) if node.children else [])


def test_one_document_under_two_numbers_is_one_node_and_a_conflict(store: Store) -> None:
    by_own, by_cited = exact(store, "Kế hoạch 41"), exact(store, "Kế hoạch số 14")
    assert len(by_own) == 1
    assert by_own == by_cited
    [conflict] = [c for c in store.conflicts() if c.kind == "number"]
    assert {c.value for c in conflict.claims} == {"14", "41"}
    assert {e.file[:2] for c in conflict.claims for e in c.evidence} == {"04", "09", "18"}


def test_one_number_of_two_provinces_is_two_nodes_and_no_third(store: Store) -> None:
    found = [n for n in store.instruments() if n.number == "25" and n.symbol and "TU" in n.symbol]
    assert sorted((str(n.jurisdiction), str(n.date)) for n in found) == [
        ("binh-lam", "2021-03-08"),
        ("son-hai", "2022-02-15"),
    ]


def test_a_chain_leads_from_the_province_to_the_secretariat(store: Store) -> None:
    [decision] = exact(store, "305/QĐ-UBND")
    tree = store.basis(decision)
    up = [c for c in tree.children if c.instrument.number == "416"]
    assert [chain(c) for c in up] == [["416/QĐ-TTg", "37/CT/TW"]]


def test_every_document_knows_its_province_and_no_body_is_without(store: Store) -> None:
    for node in store.instruments():
        if node.loaded:
            assert node.jurisdiction in {"vn", "son-hai", "binh-lam"}, node.label
    parties = [p.body for d in store.obligations() for p in (*d.bearers, *d.counterparties)]
    unplaced = {b.name for b in parties if b.jurisdiction not in {"vn", "son-hai", "binh-lam"}}
    assert unplaced == set()
    assert not [b.name for b in parties if b.name.endswith((" tỉnh", "Tỉnh ủy", "sơn hải", "bình lâm"))]


@pytest.mark.parametrize("question", ["Văn bản nào thực hiện Chỉ thị 33?", "van ban nao thuc hien chi thi 33"])
def test_what_carries_out_the_directive_is_told_exactly(store: Store, question: str) -> None:
    answer = Service(store).ask(question)
    assert answer.status == "answered"
    labels = [item.text for item in answer.items]
    assert {name for name in CARRIED_OUT if any(name in label for label in labels)} == CARRIED_OUT
    assert len(labels) == len(CARRIED_OUT), labels
    assert all(item.evidence for item in answer.items)


def test_the_units_of_two_departments_are_two_classes(store: Store) -> None:
    parties = [p for d in store.obligations() for p in (*d.bearers, *d.counterparties)]
    named = {p.body.name.casefold() for p in parties if p.name.casefold() == "các phòng, đơn vị thuộc sở"}
    assert named == {"các phòng, đơn vị thuộc sở công thương tỉnh sơn hải"}


@pytest.mark.parametrize(
    ("question", "body"),
    [
        ("Sở Công Thương Sơn Hải phải nộp báo cáo gì, hạn nào?", "Sở Công Thương tỉnh Sơn Hải"),
        ("so cong thuong binh lam phai lam gi?", "Sở Công Thương tỉnh Bình Lâm"),
    ],
)
def test_a_province_that_no_table_knows_is_understood_in_a_question(store: Store, question: str, body: str) -> None:
    answer = Service(store).ask(question)
    assert (answer.status, answer.parameters.get("body")) == ("answered", body)


def test_the_province_chooses_between_documents_of_one_number(store: Store) -> None:
    assert Service(store).ask("Chỉ thị 25-CT/TU do ai ký?").status == "ambiguous"
    answer = Service(store).ask("Chỉ thị 25-CT/TU của Sơn Hải do ai ký?")
    assert [item.text for item in answer.items] == ["Đỗ Văn Sáng (Phó Bí thư)"]
