"""Small records made by hand: a document is written as text, and its facts are pointed at by quotes."""

import hashlib
from collections.abc import Iterator
from typing import Any

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
    Source,
)
from ontology.terms import CounterpartyKind, DeadlineKind, RelationKind, Role

UBND = "UBND tỉnh Quảng Ngãi"
SO = "Sở Công Thương tỉnh Quảng Ngãi"


def cite(quote: str, **fields: Any) -> tuple[str, dict[str, Any]]:
    """A citation at the first place of a quote; ``clause`` is the text to show."""
    return quote, fields


def duty(quote: str, **fields: Any) -> tuple[str, dict[str, Any]]:
    """A duty whose range is a quote."""
    return quote, fields


def bearer(name: str, role: str = "performs", body: str | None = None) -> Bearer:
    return Bearer(name=name, role=Role(role), body=body or name)


def party(name: str, kind: str, body: str | None = None) -> Counterparty:
    return Counterparty(name=name, kind=CounterpartyKind(kind), body=body or name)


def deadline(kind: str, value: str | None = None, last_day: str | None = None) -> Deadline:
    return Deadline(kind=DeadlineKind(kind), value=value, last_day=last_day, phrase=value or kind)


def batch(
    path: str,
    text: str,
    *,
    citations: list[tuple[str, dict[str, Any]]] | None = None,
    duties: list[tuple[str, dict[str, Any]]] | None = None,
    issuers: tuple[str, ...] = (UBND,),
    jurisdiction: str | None = "quang-ngai",
    **header: Any,
) -> Batch:
    """One document on its way into a store."""
    sha = hashlib.sha256(text.encode()).hexdigest()
    return Batch(
        path=path,
        text=text,
        record=Record(
            source=Source(file=path.rsplit("/", 1)[-1], sha256=sha, length=len(text)),
            instrument=Header(issuers=tuple(Issuer(name=i) for i in issuers), jurisdiction=jurisdiction, **header),
            citations=tuple(_citation(text, q, f) for q, f in citations or []),
            obligations=tuple(_duty(text, q, f) for q, f in duties or []),
        ),
    )


def _citation(text: str, quote: str, fields: dict[str, Any]) -> Citation:
    start = text.index(quote)
    low, high = text.rfind("\n", 0, start) + 1, text.find("\n", start)
    given = {"relation": RelationKind.MENTIONS, "section": "preamble", **fields}
    given["relation"] = RelationKind(given["relation"])
    return Citation(
        start=start,
        end=start + len(quote),
        sentence_start=low,
        sentence_end=high if high >= 0 else len(text),
        **given,
    )


def _duty(text: str, quote: str, fields: dict[str, Any]) -> Obligation:
    start = text.index(quote)
    return Obligation(start=start, end=start + len(quote), **{"action": quote, "section": "II.1", **fields})


CT33 = {
    "type": "chi_thi",
    "number": "33",
    "symbol": "CT-TTg",
    "date": "2021-11-26",
    "issuer_body": "Thủ tướng Chính phủ",
}
KH30 = {"type": "ke_hoach", "number": "30", "symbol": "KH-UBND", "date": "2023-02-17", "issuer_body": UBND}


def corpus() -> list[Batch]:
    """Four documents: a directive's chain down to an office, with duties both ways."""
    return [
        batch(
            "/a/ke-hoach-30.txt",
            "KẾ HOẠCH số 30/KH-UBND\n\n"
            "Triển khai Chỉ thị số 33/CT-TTg ngày 26/11/2021 về đổi mới công tác vận động.\n\n"
            "Giao Sở Công Thương báo cáo UBND tỉnh trước ngày 15/11/2023.\n\nCác sở, ban, ngành rà soát thủ tục.\n",
            type="ke_hoach",
            number="30",
            symbol="KH-UBND",
            date="2023-02-17",
            title="Đổi mới công tác vận động quần chúng năm 2023",
            citations=[cite("Chỉ thị số 33/CT-TTg ngày 26/11/2021", relation="implements", **CT33)],
            duties=[
                duty(
                    "Giao Sở Công Thương báo cáo UBND tỉnh trước ngày 15/11/2023.",
                    bearers=(bearer("Sở Công Thương", "leads", SO),),
                    counterparties=(party("UBND tỉnh", "reports_to", UBND),),
                    deadline=deadline("before", "2023-11-15", "2023-11-14"),
                ),
                duty(
                    "Các sở, ban, ngành rà soát thủ tục.",
                    bearers=(bearer("Các sở, ban, ngành", body="các sở, ban, ngành tỉnh Quảng Ngãi"),),
                    deadline=deadline("continuous"),
                ),
            ],
        ),
        batch(
            "/a/ke-hoach-so.txt",
            "KẾ HOẠCH\n\nThực hiện Kế hoạch số 30/KH-UBND ngày 17/02/2023 của UBND tỉnh.\n\n"
            "1. Văn phòng Sở tổng hợp, báo cáo Giám đốc Sở hằng quý.\n\n"
            "2. Sở thực hiện Kết luận số 120-KL/TW tại các phòng.\n",
            type="ke_hoach",
            symbol="KH-SCT",
            date="2023-03",
            title="Vận động quần chúng năm 2023",
            issuers=(SO,),
            citations=[
                cite("Kế hoạch số 30/KH-UBND ngày 17/02/2023 của UBND tỉnh", relation="implements", **KH30),
                cite(
                    "Kết luận số 120-KL/TW",
                    relation="implements",
                    section="II.2",
                    type="ket_luan",
                    number="120",
                    symbol="KL/TW",
                ),
            ],
            duties=[
                duty(
                    "Văn phòng Sở tổng hợp, báo cáo Giám đốc Sở hằng quý.",
                    bearers=(bearer("Văn phòng Sở", body=f"Văn phòng {SO}"),),
                    counterparties=(party("Giám đốc Sở", "reports_to", f"Giám đốc {SO}"),),
                    deadline=deadline("recurring", "P3M"),
                ),
                duty(
                    "Sở thực hiện Kết luận số 120-KL/TW tại các phòng.",
                    section="II.2",
                    bearers=(bearer("Sở", body=SO),),
                    implements=("120-KL/TW",),
                ),
            ],
        ),
        batch(
            "/a/quyet-dinh.txt",
            "QUYẾT ĐỊNH số 12/QĐ-UBND\n\nCăn cứ Kết luận số 120-KL/TW ngày 07/01/2016 của Bộ Chính trị.\n\n"
            "Dự kiến thay thế Quyết định số 56/2015/QĐ-UBND ngày 29/12/2015.\n",
            type="quyet_dinh",
            number="12",
            symbol="QĐ-UBND",
            date="2022-05-05",
            title="Ban hành Quy chế đối thoại",
            citations=[
                cite(
                    "Kết luận số 120-KL/TW ngày 07/01/2016 của Bộ Chính trị",
                    relation="based_on",
                    type="ket_luan",
                    number="120",
                    symbol="KL/TW",
                    date="2016-01-07",
                    issuer_body="Bộ Chính trị",
                ),
                cite(
                    "Quyết định số 56/2015/QĐ-UBND ngày 29/12/2015",
                    relation="replaces",
                    stage="proposed",
                    section="II.1",
                    type="quyet_dinh",
                    number="56/2015",
                    symbol="QĐ-UBND",
                    date="2015-12-29",
                ),
            ],
        ),
        batch(
            "/a/tay-ninh.txt",
            "KẾ HOẠCH số 8/KH-UBND\n\nThực hiện Chỉ thị số 25-CT/TU ngày 25/02/2021 của Tỉnh ủy.\n",
            type="ke_hoach",
            number="8",
            symbol="KH-UBND",
            date="2021-04-01",
            title="Vận động quần chúng tại Tây Ninh",
            issuers=("UBND tỉnh Tây Ninh",),
            jurisdiction="tay-ninh",
            citations=[
                cite(
                    "Chỉ thị số 25-CT/TU ngày 25/02/2021",
                    relation="implements",
                    type="chi_thi",
                    number="25",
                    symbol="CT/TU",
                    date="2021-02-25",
                )
            ],
        ),
    ]


def many(count: int) -> Iterator[Batch]:
    """Plans that carry out one directive, as many as wanted."""
    for n in range(count):
        quote = "Chỉ thị số 33/CT-TTg ngày 26/11/2021"
        work = f"Phòng Nghiệp vụ {n} báo cáo trước ngày 15/12/2023."
        yield batch(
            f"/m/{n:04}.txt",
            f"KẾ HOẠCH số {n}\n\nThực hiện {quote}.\n\n{work}\n",
            type="ke_hoach",
            number=str(n),
            symbol="KH-UBND",
            date="2023-02-17",
            citations=[cite(quote, relation="implements", **CT33)],
            duties=[duty(work, bearers=(bearer("Phòng"),), deadline=deadline("before", "2023-12-15", "2023-12-14"))],
        )
