"""A store with a handful of hand-made answers: pages and routes are tested without loaders and back ends."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from zlib import crc32

import msgspec

from graph.judgements import Judgement, undoing
from graph.paging import Page, chain_page, page_of
from graph.results import (
    BodyDetail,
    BodyRef,
    Candidate,
    ChainNode,
    Change,
    Claim,
    Corpus,
    DocumentInfo,
    DueView,
    DutyView,
    Edge,
    Evidence,
    InstrumentDetail,
    InstrumentRef,
    Node,
    PartyView,
    RelationView,
    SearchHit,
    Status,
    Subgraph,
    WhyPath,
)
from graph.results_identity import Conflict, Explanation
from ontology.errors import NotFoundError
from ontology.identity import BASE
from ontology.record import Deadline, Target
from ontology.terms import BodyKind, CounterpartyKind, DeadlineKind, Direction, RelationKind, Role, Strength
from ontology.vietnamese import fold

SHA = "ab" * 32
TEXT = (
    "ỦY BAN NHÂN DÂN\n"
    "TỈNH AN HẢI\n"
    "Số: 15/KH-UBND\n"
    "An Hải, ngày 20 tháng 01 năm 2022\n"
    "KẾ HOẠCH\n"
    "Tăng cường công tác dân vận của cơ quan hành chính năm 2022\n"
    "Thực hiện Chỉ thị số 33/CT-TTg ngày 26/11/2021 của Thủ tướng Chính phủ, UBND tỉnh ban hành Kế hoạch như sau:\n"
    "I. Nhiệm vụ\n"
    "1. Sở Nội vụ chủ trì, phối hợp với các sở, ban, ngành tổng hợp kết quả, báo cáo UBND tỉnh trước ngày 01/12/2022.\n"
    "2. Phấn đấu trên 90% cơ quan thực hiện tốt Quy chế theo Chỉ thị số 33/CT-TTg.\n"
)


def evidence(text: str, section: str = "", *, sha: str = SHA, file: str = "ke-hoach-15.txt") -> Evidence:
    start = TEXT.index(text)
    line = TEXT.count("\n", 0, start) + 1
    return Evidence(file=file, sha256=sha, start=start, end=start + len(text), line=line, text=text, section=section)


DIRECTIVE = InstrumentRef(
    id=f"{BASE}instrument/vn/ttg/chi-thi/2021-11-26/33",
    type="chi_thi",
    label="Chỉ thị số 33/CT-TTg ngày 26/11/2021",
    number="33",
    symbol="CT-TTg",
    date="2021-11-26",
    issuer="Thủ tướng Chính phủ",
    title="Tiếp tục tăng cường và đổi mới công tác dân vận của cơ quan hành chính nhà nước",
    jurisdiction="vn",
    family="state-admin",
)
PLAN = InstrumentRef(
    id=f"{BASE}instrument/an-hai/ubnd/ke-hoach/2022-01-20/15",
    type="ke_hoach",
    label="Kế hoạch số 15/KH-UBND ngày 20/01/2022",
    number="15",
    symbol="KH-UBND",
    date="2022-01-20",
    issuer="UBND tỉnh An Hải",
    title="Tăng cường công tác dân vận của cơ quan hành chính năm 2022",
    jurisdiction="an-hai",
    family="state-admin",
    loaded=True,
    conflict=True,
)
UNIT_PLAN = InstrumentRef(
    id=f"{BASE}instrument/an-hai/snv/ke-hoach/2022-02/x-1",
    type="ke_hoach",
    label="Kế hoạch (chưa có số) tháng 02/2022 của Sở Nội vụ",
    symbol="KH-SNV",
    date="2022-02",
    issuer="Sở Nội vụ tỉnh An Hải",
    jurisdiction="an-hai",
)
PROVINCE = BodyRef(id=f"{BASE}body/an-hai/ubnd-tinh-an-hai", name="UBND tỉnh An Hải", jurisdiction="an-hai")
HOME = BodyRef(id=f"{BASE}body/an-hai/so-noi-vu", name="Sở Nội vụ tỉnh An Hải", jurisdiction="an-hai")
ROOM = BodyRef(id=f"{BASE}body/an-hai/phong-cchc", name="Phòng Cải cách hành chính Sở Nội vụ tỉnh An Hải")
POST = BodyRef(id=f"{BASE}body/an-hai/giam-doc-so-noi-vu", name="Giám đốc Sở Nội vụ", kind=BodyKind.POST)
CLASS = BodyRef(id=f"{BASE}body/an-hai/cac-so-ban-nganh", name="các sở, ban, ngành tỉnh", kind=BodyKind.CLASS)

STATED = evidence("Thực hiện Chỉ thị số 33/CT-TTg ngày 26/11/2021 của Thủ tướng Chính phủ", "preamble")
REPORT = evidence(
    "Sở Nội vụ chủ trì, phối hợp với các sở, ban, ngành tổng hợp kết quả, báo cáo UBND tỉnh trước ngày 01/12/2022.",
    "I.1",
)
AIM = evidence("Phấn đấu trên 90% cơ quan thực hiện tốt Quy chế theo Chỉ thị số 33/CT-TTg.", "I.2")
IMPLEMENTS = RelationView(
    subject=PLAN, kind=RelationKind.IMPLEMENTS, object=DIRECTIVE, strength=Strength.DOCUMENT, evidence=(STATED, AIM)
)
DUTY = DutyView(
    id=f"{BASE}duty/{SHA}/1",
    instrument=PLAN,
    section="I.1",
    action="tổng hợp kết quả, báo cáo UBND tỉnh",
    bearers=(
        PartyView(body=HOME, name="Sở Nội vụ", role=Role.LEADS),
        PartyView(body=CLASS, name="các sở, ban, ngành", role=Role.COORDINATES),
    ),
    counterparties=(PartyView(body=PROVINCE, name="UBND tỉnh", kind=CounterpartyKind.REPORTS_TO),),
    deadline=Deadline(
        kind=DeadlineKind.BEFORE, value="2022-12-01", phrase="trước ngày 01/12/2022", last_day="2022-11-30"
    ),
    implements=(DIRECTIVE,),
    evidence=(REPORT,),
)
TARGET = DutyView(
    id=f"{BASE}duty/{SHA}/2",
    instrument=PLAN,
    section="I.2",
    action="Phấn đấu trên 90% cơ quan thực hiện tốt Quy chế",
    bearers=(PartyView(body=PROVINCE, name="UBND tỉnh", role=Role.PERFORMS, implied=True),),
    targets=(Target(text="trên 90%", comparator=">", value=90.0, unit="%"),),
    evidence=(AIM,),
    confidence=0.6,
)
NUMBER = evidence("15/KH-UBND")
DAY = evidence("ngày 20 tháng 01 năm 2022")
DETAILS = {
    PLAN.id: InstrumentDetail(
        instrument=PLAN,
        claims=(
            Claim(property="number", value="15", preferred=True, evidence=(NUMBER,)),
            Claim(property="number", value="51", preferred=False, evidence=()),
            Claim(property="date", value="2022-01-20", preferred=True, evidence=(DAY,)),
        ),
        above=(IMPLEMENTS,),
        duties=(DUTY, TARGET),
        files=("ke-hoach-15.txt",),
        sha256=SHA,
        signers=("Lê Văn A",),
        recipients=("Sở Nội vụ", "các sở, ban, ngành"),
        warnings=("Hai mục cùng số I.2",),
        unparsed=(evidence("Quy chế"),),
    ),
    DIRECTIVE.id: InstrumentDetail(
        instrument=DIRECTIVE,
        claims=(Claim(property="date", value="2021-11-26", preferred=True, evidence=(STATED,)),),
        below=(IMPLEMENTS,),
    ),
    UNIT_PLAN.id: InstrumentDetail(instrument=UNIT_PLAN),
}
CONFLICT = Conflict(
    kind="number",
    instruments=(PLAN,),
    claims=DETAILS[PLAN.id].claims[:2],
    reason="Văn bản ghi số 15, nơi khác dẫn là số 51.",
)


@dataclass
class FakeStore:
    """Enough of ``graph.store.Store`` for the doors; ``details`` may be replaced by a test."""

    details: dict[str, InstrumentDetail] = field(default_factory=lambda: dict(DETAILS))
    text: str = TEXT
    failure: Exception | None = None
    records: list[Judgement] = field(default_factory=list)

    def corpus(self) -> Corpus:
        if self.failure is not None:
            raise self.failure
        return Corpus(documents=1, from_="2022-01-20", to="2022-01-20")

    def documents(self, *, limit: int | None = None, offset: int = 0, sha256: str | None = None) -> Page[DocumentInfo]:
        loaded = [d for d in self.details.values() if d.sha256 and sha256 in (None, d.sha256)]
        if sha256 is not None and not loaded:
            raise NotFoundError("Không có trong các văn bản đã nạp", sha256=sha256)
        found = [
            DocumentInfo(
                path=f"/kho/{d.files[0]}",
                file=d.files[0],
                sha256=d.sha256 or "",
                instrument=d.instrument,
                citations=1,
                duties=len(d.duties),
                unparsed=len(d.unparsed),
                warnings=len(d.warnings),
            )
            for d in loaded
        ]
        return page_of(found, limit, offset)

    def instrument(self, iri: str) -> InstrumentDetail:
        if iri not in self.details:
            raise NotFoundError("Không có trong các văn bản đã nạp", id=iri)
        return self.details[iri]

    def instruments(self, where: Any = None, *, limit: int | None = None, offset: int = 0) -> Page[InstrumentRef]:
        refs = [d.instrument for d in self.details.values()]
        found = [r for r in refs if where is None or where.loaded is None or r.loaded == where.loaded]
        return page_of(found, limit, offset)

    def find_instruments(self, text: str, limit: int = 20) -> list[Candidate]:
        words = set(fold(text).split())
        found = [r for r in self.instruments() if words <= set(fold(f"{r.label} {r.title or ''}").split())]
        return [Candidate(id=r.id, label=r.label, score=100.0, exact=True, instrument=r) for r in found][:limit]

    def relations(
        self,
        kinds: Any = (),
        subject: Any = None,
        object_: Any = None,
        document: Any = None,
        *,
        limit: int | None = None,
        offset: int = 0,
    ) -> Page[Any]:
        return page_of([IMPLEMENTS] if not kinds or IMPLEMENTS.kind in kinds else [], limit, offset)

    def implementers(
        self,
        iri: str,
        depth: int = 10,
        strength: Strength = Strength.TASK,
        *,
        limit: int | None = None,
        offset: int = 0,
    ) -> ChainNode:
        detail = self.instrument(iri)
        whole = ChainNode(
            instrument=detail.instrument,
            children=tuple(
                ChainNode(instrument=r.subject, kind=r.kind, strength=r.strength, evidence=r.evidence)
                for r in detail.below
            ),
        )
        return chain_page(whole, limit, offset)

    def basis(self, iri: str, depth: int = 10) -> ChainNode:
        detail = self.instrument(iri)
        return ChainNode(
            instrument=detail.instrument,
            children=tuple(
                ChainNode(instrument=r.object, kind=r.kind, strength=r.strength, evidence=r.evidence)
                for r in detail.above
            ),
        )

    def find_bodies(self, text: str, limit: int = 20) -> list[Candidate]:
        words = set(fold(text).split())
        refs = [b for b in (PROVINCE, HOME, ROOM, POST, CLASS) if words <= set(fold(b.name).split())]
        exact = fold(text)
        return [Candidate(id=b.id, label=b.name, score=90.0, exact=fold(b.name) == exact, body=b) for b in refs][:limit]

    def body(self, iri: str) -> BodyDetail:
        if iri == HOME.id:
            change = Change(
                id=f"{BASE}change/an-hai-2025",
                label="Hợp nhất sở",
                date="2025-03-01",
                originals=(HOME,),
                results=(HOME,),
                legal_basis="Nghị quyết của HĐND tỉnh",
            )
            return BodyDetail(
                body=HOME,
                names=("Sở Nội vụ", "Sở"),
                superiors=(PROVINCE,),
                units=(ROOM,),
                posts=(POST,),
                changes=(change,),
            )
        for ref in (PROVINCE, ROOM, POST, CLASS):
            if ref.id == iri:
                return BodyDetail(body=ref, names=(ref.name,))
        raise NotFoundError("Không có trong các văn bản đã nạp", id=iri)

    def duties(
        self,
        body: str,
        direction: Direction = Direction.OWN,
        where: Any = None,
        *,
        units: bool = True,
        limit: int | None = None,
        offset: int = 0,
    ) -> Page[DutyView]:
        self.body(body)
        found = [DUTY] if body == HOME.id and direction in (Direction.OWN, Direction.UP) else []
        return page_of(found, limit, offset)

    def obligations(self, where: Any = None, *, limit: int | None = None, offset: int = 0) -> Page[DutyView]:
        return page_of([DUTY, TARGET], limit, offset)

    def why_bound(self, body: str, instrument: str) -> list[WhyPath]:
        return [WhyPath(duty=DUTY, hops=(IMPLEMENTS,))] if body == HOME.id else []

    def due(
        self, from_: str, to: str, body: str | None = None, *, limit: int | None = None, offset: int = 0
    ) -> Page[DueView]:
        found = [DueView(day="2022-11-30", duty=DUTY)] if from_ <= "2022-11-30" <= to else []
        return page_of(found, limit, offset)

    def neighbourhood(self, iri: str, depth: int = 2, limit: int = 200) -> Subgraph:
        self.instrument(iri) if "/instrument/" in iri else self.body(iri)
        nodes = (
            Node(id=DIRECTIVE.id, kind="instrument", label=DIRECTIVE.label, detail=DIRECTIVE.title or "", loaded=False),
            Node(id=PLAN.id, kind="instrument", label=PLAN.label, detail=PLAN.title or "", rank=1),
            Node(id=HOME.id, kind="body", label=HOME.name, rank=2),
            Node(id=DUTY.id, kind="duty", label=DUTY.action, rank=2),
        )
        edges = (
            Edge(source=PLAN.id, target=DIRECTIVE.id, kind="implements", strength="document", evidence=(STATED,)),
            Edge(source=PLAN.id, target=DUTY.id, kind="lays", evidence=(REPORT,)),
            Edge(source=HOME.id, target=DUTY.id, kind="leads", evidence=(REPORT,)),
        )
        return Subgraph(centre=iri, nodes=nodes[:limit], edges=edges, cut=max(0, len(nodes) - limit))

    def search(self, text: str, limit: int = 20) -> list[SearchHit]:
        if not set(fold(text).split()) & set(fold(self.text).split()):
            return []
        return [SearchHit(id=PLAN.id, kind="instrument", label=PLAN.label, instrument=PLAN, evidence=REPORT, score=1.0)]

    def source_text(self, sha256: str) -> str:
        if sha256 != SHA:
            raise NotFoundError("Không có trong các văn bản đã nạp", sha256=sha256)
        return self.text

    def conflicts(self, iri: str | None = None, *, limit: int | None = None, offset: int = 0) -> Page[Conflict]:
        return page_of([CONFLICT] if iri in (None, *(i.id for i in CONFLICT.instruments)) else [], limit, offset)

    def explain(self, iri: str) -> Explanation:
        return Explanation(instrument=self.instrument(iri).instrument, parts=())

    def judge(self, record: Judgement) -> None:
        self.records.append(record)

    def adopt(self, records: Iterable[Judgement]) -> int:
        given = list(records)
        self.records.extend(given)
        return len(given)

    def undo(self, id_: str, *, by: str, reason: str, at: str) -> Judgement:
        if id_ not in {r.id for r in self.records}:
            raise NotFoundError(f"Không có quyết định {id_}", id=id_)
        self.records.append(undoing(id_, by=by, reason=reason, at=at))
        return self.records[-1]

    def judgements(self) -> list[Judgement]:
        return self.records

    def revision(self) -> int:
        return crc32(msgspec.json.encode([list(self.details.values()), self.text]))

    def status(self) -> Status:
        return Status(
            corpus=self.corpus(),
            instruments=3,
            cited_only=2,
            bodies=5,
            duties=2,
            relations=1,
            conflicts=1,
            unparsed=1,
            version=1,
            location="memory:",
        )
