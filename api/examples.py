"""Examples of the API's answers, built from the records themselves so that they always have the right form."""

from typing import Any, get_args, get_origin

from api.answers import Answer, AnswerEvidence, Item
from api.problems import Health, Problem
from graph.judgements import Identity, Judgement, judgement
from graph.results import (
    BodyDetail,
    BodyRef,
    Candidate,
    ChainNode,
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
from graph.results_identity import Clue, Conflict, Explanation, Join, Part, Side
from ontology.identity import BASE
from ontology.record import Deadline, Header, Issuer, Record, Source
from ontology.terms import DeadlineKind, RelationKind, Role, Strength

_SHA = "9f" * 32
_CORPUS = Corpus(documents=18, from_="2021-11-26", to="2023-12")
_DIRECTIVE = InstrumentRef(
    id=f"{BASE}instrument/vn/ttg/chi-thi/2021/33",
    type="chi_thi",
    label="Chỉ thị số 33/CT-TTg ngày 26/11/2021",
    number="33",
    symbol="CT-TTg",
    date="2021-11-26",
    issuer="Thủ tướng Chính phủ",
    jurisdiction="vn",
    family="state-admin",
)
_PLAN = InstrumentRef(
    id=f"{BASE}instrument/an-hai/ubnd/ke-hoach/2022/15",
    type="ke_hoach",
    label="Kế hoạch số 15/KH-UBND ngày 20/01/2022",
    number="15",
    symbol="KH-UBND",
    date="2022-01-20",
    issuer="UBND tỉnh An Hải",
    jurisdiction="an-hai",
    family="state-admin",
    loaded=True,
)
_SENTENCE = "Thực hiện Chỉ thị số 33/CT-TTg ngày 26/11/2021 của Thủ tướng Chính phủ"
_EVIDENCE = Evidence(
    file="ke-hoach-15.txt", sha256=_SHA, start=310, end=380, line=9, text=_SENTENCE, section="preamble"
)
_BODY = BodyRef(id=f"{BASE}body/an-hai/so-noi-vu", name="Sở Nội vụ tỉnh An Hải", jurisdiction="an-hai")
_RELATION = RelationView(
    subject=_PLAN, kind=RelationKind.IMPLEMENTS, object=_DIRECTIVE, strength=Strength.DOCUMENT, evidence=(_EVIDENCE,)
)
_DUTY = DutyView(
    id=f"{BASE}duty/{_SHA}/4",
    instrument=_PLAN,
    section="III.1",
    action="Tổng hợp, báo cáo kết quả thực hiện",
    bearers=(PartyView(body=_BODY, name="Sở Nội vụ", role=Role.LEADS),),
    deadline=Deadline(
        kind=DeadlineKind.BEFORE, value="2022-12-01", phrase="trước ngày 01/12/2022", last_day="2022-11-30"
    ),
    implements=(_DIRECTIVE,),
    evidence=(_EVIDENCE,),
)
_CLAIM = Claim(property="date", value="2022-01-20", preferred=True, evidence=(_EVIDENCE,))
_CHAIN = ChainNode(
    instrument=_DIRECTIVE,
    children=(
        ChainNode(instrument=_PLAN, kind=RelationKind.IMPLEMENTS, strength=Strength.DOCUMENT, evidence=(_EVIDENCE,)),
    ),
)
PROBLEM = Problem(
    code="ambiguous",
    message="“Chỉ thị 25-CT/TU” có thể là hai văn bản",
    details={"choices": ["Chỉ thị số 25-CT/TU (An Hải)", "Chỉ thị số 25-CT/TU (Bình Sơn)"]},
)
_ANSWER = Answer(
    question="Văn bản nào thực hiện Chỉ thị 33?",
    status="answered",
    kind="implementers",
    parameters={"instrument": "33/CT-TTg"},
    text="Một văn bản đã nạp thực hiện Chỉ thị số 33/CT-TTg.",
    items=(
        Item(
            text=_PLAN.label,
            id=_PLAN.id,
            evidence=(AnswerEvidence(file="ke-hoach-15.txt", start=310, end=380, line=9, text=_SENTENCE),),
        ),
    ),
    corpus=_CORPUS,
)
_IDENTITIES = (
    Identity(forms=(_PLAN.id,), label=_PLAN.label),
    Identity(forms=(f"{BASE}sign/0123456789abcdef",), label="15/KH-UBND (không ghi ngày)"),
)
_JUDGEMENT = judgement("same", *_IDENTITIES, by="Nguyễn Thị Hoa", reason="Đã xem bản gốc.", at="2026-11-20T08:00:00Z")
_BY_TYPE: dict[Any, Any] = {
    Problem: PROBLEM,
    Health: Health(status="ok", documents=18),
    Answer: _ANSWER,
    Record: Record(
        source=Source(file="ke-hoach-15.txt", sha256=_SHA, length=5120),
        instrument=Header(
            type="ke_hoach",
            number="15",
            symbol="KH-UBND",
            date="2022-01-20",
            place="An Hải",
            issuers=(Issuer(name="UBND tỉnh An Hải"),),
        ),
    ),
    Candidate: Candidate(id=_DIRECTIVE.id, label=_DIRECTIVE.label, score=100.0, exact=True, instrument=_DIRECTIVE),
    RelationView: _RELATION,
    DutyView: _DUTY,
    DueView: DueView(day="2022-11-30", duty=_DUTY),
    WhyPath: WhyPath(duty=_DUTY, hops=(_RELATION,)),
    SearchHit: SearchHit(
        id=_PLAN.id, kind="instrument", label=_PLAN.label, instrument=_PLAN, evidence=_EVIDENCE, score=7.5
    ),
    Conflict: Conflict(
        kind="date",
        instruments=(_PLAN,),
        claims=(_CLAIM,),
        reason="Hai văn bản ghi hai ngày khác nhau",
        id="c-1bdcf64b95",
        sides=tuple(Side(instrument=_PLAN, identity=i, evidence=(_EVIDENCE,)) for i in _IDENTITIES),
        clues=(Clue(kind="title", speaks=0.6, text="trích yếu giống 97 %"),),
        score=0.69,
    ),
    Judgement: _JUDGEMENT,
    Explanation: Explanation(
        instrument=_PLAN,
        parts=tuple(Part(identity=i, number="15", documents=1, evidence=(_EVIDENCE,)) for i in _IDENTITIES),
        joins=(Join(a=0, b=1, reason="cùng số, ký hiệu; trích yếu giống nhau; một bên không ghi ngày"),),
    ),
    DocumentInfo: DocumentInfo(
        path="/van-ban/ke-hoach-15.txt",
        file="ke-hoach-15.txt",
        sha256=_SHA,
        instrument=_PLAN,
        citations=12,
        duties=9,
        unparsed=0,
        warnings=0,
    ),
    InstrumentDetail: InstrumentDetail(
        instrument=_PLAN,
        claims=(_CLAIM,),
        above=(_RELATION,),
        duties=(_DUTY,),
        files=("ke-hoach-15.txt",),
        sha256=_SHA,
    ),
    ChainNode: _CHAIN,
    BodyDetail: BodyDetail(body=_BODY, names=("Sở Nội vụ",)),
    Subgraph: Subgraph(
        centre=_DIRECTIVE.id,
        nodes=(
            Node(id=_DIRECTIVE.id, kind="instrument", label=_DIRECTIVE.label, loaded=False),
            Node(id=_PLAN.id, kind="instrument", label=_PLAN.label, rank=1),
        ),
        edges=(Edge(source=_PLAN.id, target=_DIRECTIVE.id, kind="implements", strength="document"),),
    ),
    Status: Status(
        corpus=_CORPUS,
        instruments=74,
        cited_only=56,
        bodies=48,
        duties=163,
        relations=141,
        conflicts=3,
        unparsed=5,
        version=1,
        location="sqlite:./luocdo.db",
    ),
}


def of(form: Any) -> Any:
    """Give an example of a wire form; a page or a single answer wraps the example of what it holds.

    Raises:
        KeyError: No example was written for the form.
    """
    if form in _BY_TYPE:
        return _BY_TYPE[form]
    held = _BY_TYPE[get_args(form)[0]]
    if "items" in get_origin(form).__struct_fields__:
        return form(items=(held,), total=1, corpus=_CORPUS)
    return form(item=held, corpus=_CORPUS)
