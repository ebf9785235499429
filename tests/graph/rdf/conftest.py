import hashlib

import pytest

from graph.connect import connect
from graph.store import Batch
from ontology.record import (
    Bearer,
    Citation,
    Counterparty,
    Deadline,
    Header,
    Issuer,
    Obligation,
    Record,
    Signer,
    Source,
    Target,
)
from ontology.terms import CounterpartyKind, DeadlineKind, RelationKind, Role

SENTENCES = (
    "Thực hiện Chỉ thị số 33/CT-TTg ngày 26/11/2021 của Thủ tướng Chính phủ.",
    'Sở Nội vụ nộp "bản tổng hợp" <mẫu 1> & gửi UBND tỉnh trước ngày 01/4/2023.',
    "Nghiên cứu, đề xuất thay thế Quyết định số 56/2015/QĐ-UBND.",
    "Văn phòng Sở theo dõi thường xuyên, đạt ít nhất 90% \\ năm.",
)
TEXT = "\n".join(SENTENCES)
SNV = "Sở Nội vụ tỉnh Quảng Ngãi"


def where(sentence, part):
    start = TEXT.index(SENTENCES[sentence]) + SENTENCES[sentence].index(part)
    return {"start": start, "end": start + len(part)}


def sentence_of(at):
    start = TEXT.index(SENTENCES[at])
    return {"sentence_start": start, "sentence_end": start + len(SENTENCES[at])}


def batch(path="/data/ke-hoach.txt", number="12"):
    sha256 = hashlib.sha256(f"{path}{number}".encode()).hexdigest()
    header = Header(
        type="ke_hoach",
        number=number,
        symbol="KH-SNV",
        date="2023-02",
        issuers=(Issuer(name=SNV),),
        signers=(Signer(name="Trần Văn Thử", position="Giám đốc"),),
        title="Công tác dân vận năm 2023",
        jurisdiction="quang-ngai",
    )
    citations = (
        Citation(
            **where(0, "Chỉ thị số 33/CT-TTg ngày 26/11/2021 của Thủ tướng Chính phủ"),
            **sentence_of(0),
            type="chi_thi",
            number="33",
            symbol="CT-TTg",
            date="2021-11-26",
            issuer="Thủ tướng Chính phủ",
            issuer_body="Thủ tướng Chính phủ",
            jurisdiction="vn",
            section="preamble",
            relation=RelationKind.IMPLEMENTS,
        ),
        Citation(
            **where(2, "Quyết định số 56/2015/QĐ-UBND"),
            **sentence_of(2),
            type="quyet_dinh",
            number="56/2015",
            symbol="QĐ-UBND",
            jurisdiction="quang-ngai",
            section="II.2",
            relation=RelationKind.REPLACES,
            stage="proposed",
        ),
    )
    obligations = (
        Obligation(
            **where(1, SENTENCES[1]),
            section="II.1",
            action='Nộp "bản tổng hợp" <mẫu 1> & gửi UBND tỉnh',
            bearers=(Bearer(name="Sở Nội vụ", role=Role.LEADS, body=SNV),),
            counterparties=(
                Counterparty(name="UBND tỉnh", kind=CounterpartyKind.SENDS_TO, body="UBND tỉnh Quảng Ngãi"),
            ),
            deadline=Deadline(
                kind=DeadlineKind.BEFORE, value="2023-04-01", phrase="trước ngày 01/4/2023", last_day="2023-03-31"
            ),
            implements=("33/CT-TTg",),
        ),
        Obligation(
            **where(3, SENTENCES[3]),
            section="II.3",
            action="Theo dõi thường xuyên",
            bearers=(Bearer(name="Văn phòng Sở", role=Role.MONITORS, body=f"Văn phòng {SNV}"),),
            deadline=Deadline(kind=DeadlineKind.CONTINUOUS, phrase="thường xuyên"),
            targets=(Target(text="ít nhất 90%", comparator="≥", value=90.0, unit="%"),),
        ),
    )
    record = Record(
        source=Source(file=path.rpartition("/")[2], sha256=sha256, length=len(TEXT)),
        instrument=header,
        citations=citations,
        obligations=obligations,
    )
    return Batch(path=path, record=record, text=TEXT)


@pytest.fixture
def store():
    opened = connect("memory:")
    opened.write(batch())
    yield opened
    opened.close()


@pytest.fixture
def two_orders():
    batches = [batch(), batch("/data/ke-hoach-2.txt", "13")]
    stores = []
    for order in (batches, batches[::-1]):
        opened = connect("memory:")
        for one in order:
            opened.write(one)
        stores.append(opened)
    yield stores
    for opened in stores:
        opened.close()
