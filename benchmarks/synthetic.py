"""Made-up documents of realistic shape for measuring stores: nothing in them is a sentence of a real document.

Citations are heavy-tailed (a few directives are cited by hundreds, most plans by nobody), documents carry out others of
their own province that came before, and each lays a dozen duties on offices, departments and classes of them.
"""

import hashlib
import random
from collections.abc import Iterator

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

DUTIES = 12
_PROVINCES = (
    ("quang-ngai", "Quảng Ngãi"),
    ("tay-ninh", "Tây Ninh"),
    ("nghe-an", "Nghệ An"),
    ("lam-dong", "Lâm Đồng"),
    ("ha-tinh", "Hà Tĩnh"),
    ("can-tho", "Cần Thơ"),
)
_DEPARTMENTS = (("Sở Công Thương", "SCT"), ("Sở Nội vụ", "SNV"), ("Sở Tài chính", "STC"), ("Sở Y tế", "SYT"))
_PHRASES = (
    "rà soát tham mưu triển khai tổ chức đánh giá kiểm tra đôn đốc hướng dẫn cải cách hành chính dân chủ cơ sở",
    "vận động quần chúng phòng chống thiên tai chuyển đổi số môi trường giao thông giáo dục đất đai quy hoạch đầu tư",
    "công ngân sách doanh nghiệp nông thôn mới du lịch lâm nghiệp thủy lợi thanh tra tiếp công dân khiếu nại tố cáo",
)
_WORDS = [word for phrase in _PHRASES for word in phrase.split()]
_WEIGHTS = [1 / (n + 4) for n in range(len(_WORDS))]
_DIRECTIVES = 400


class _Text:
    """A text that grows line by line, with the facts at their places."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.at = 0

    def line(self, text: str) -> int:
        start = self.at
        self.lines.append(text)
        self.at += len(text) + 2
        return start


def documents(count: int, seed: int = 7) -> Iterator[Batch]:
    """Give so many documents, always the same for one seed.

    Args:
        count: How many.
        seed: Chooses the corpus.

    Yields:
        Batches as the loaders would give them.
    """
    chance = random.Random(seed)  # noqa: S311 - figures to be repeated, no secret
    for n in range(count):
        yield _document(n, chance)


def _words(chance: random.Random, count: int) -> str:
    return " ".join(chance.choices(_WORDS, _WEIGHTS, k=count))


def _title(number: str) -> str:
    return _words(random.Random(number), 9)  # noqa: S311 - the title of a number is always the same


def _document(n: int, chance: random.Random) -> Batch:
    slug, province = _PROVINCES[n % len(_PROVINCES)]
    department, code = _DEPARTMENTS[n // len(_PROVINCES) % len(_DEPARTMENTS)]
    issuer = f"{department} tỉnh {province}"
    date = f"{2019 + n % 7}-{1 + n % 12:02}-{1 + chance.randrange(28):02}"
    text = _Text()
    text.line(f"KẾ HOẠCH số {n}/KH-{code}")
    citations = [_cite(text, **fields) for fields in _cited(n, code, province, chance)]
    duties = tuple(_duty(text, k, (issuer, province), int(date[:4]), chance) for k in range(DUTIES))
    whole = "\n\n".join(text.lines)
    sha = hashlib.sha256(whole.encode()).hexdigest()
    header = Header(
        type="ke_hoach",
        number=str(n),
        symbol=f"KH-{code}",
        date=date,
        issuers=(Issuer(name=issuer),),
        title=_title(f"{n}/KH-{code}"),
        jurisdiction=slug,
    )
    return Batch(
        path=f"/synthetic/{n:07}.txt",
        text=whole,
        record=Record(
            source=Source(file=f"{n:07}.txt", sha256=sha, length=len(whole)),
            instrument=header,
            citations=tuple(citations),
            obligations=duties,
        ),
    )


def _cited(n: int, code: str, province: str, chance: random.Random) -> Iterator[dict[str, str]]:
    """What a document carries out: directives by a heavy tail, plans of its province, one of its own before."""
    for _ in range(1 + (chance.random() < 0.3)):
        k = min(_DIRECTIVES - 1, int(chance.paretovariate(0.9)) - 1)
        yield {
            "type": "chi_thi",
            "number": str(k + 1),
            "symbol": "CT-TTg",
            "date": f"{2015 + k % 4}-{1 + k % 12:02}-{1 + k % 28:02}",
            "issuer_body": "Thủ tướng Chính phủ",
        }
    k = int(chance.paretovariate(0.6)) % 3000
    yield {
        "type": "ke_hoach",
        "number": str(k),
        "symbol": "KH-UBND",
        "date": f"{2016 + k % 3}-02-{1 + k % 28:02}",
        "issuer_body": f"UBND tỉnh {province}",
    }
    step = len(_PROVINCES) * len(_DEPARTMENTS)
    if n >= step and chance.random() < 0.5:
        before = n - step * min(n // step, int(chance.paretovariate(1.0)))
        yield {"type": "ke_hoach", "number": str(before), "symbol": f"KH-{code}"}


def _cite(text: _Text, **fields: str) -> Citation:
    kind = {"chi_thi": "Chỉ thị", "ke_hoach": "Kế hoạch"}[fields["type"]]
    named = f"{kind} số {fields['number']}/{fields['symbol']}"
    title = _title(named)
    sentence = f"Thực hiện {named} về {title};"
    start = text.line(sentence)
    at = start + len("Thực hiện ")
    return Citation(
        start=at,
        end=at + len(named),
        title=title,
        relation=RelationKind.IMPLEMENTS,
        section="preamble",
        sentence_start=start,
        sentence_end=start + len(sentence),
        type=fields["type"],
        number=fields["number"],
        symbol=fields["symbol"],
        date=fields.get("date"),
        issuer_body=fields.get("issuer_body"),
    )


def _duty(text: _Text, k: int, where: tuple[str, str], year: int, chance: random.Random) -> Obligation:
    issuer, province = where
    bearers = (issuer, f"Văn phòng {issuer}", f"các phòng, đơn vị trực thuộc {issuer}", f"UBND tỉnh {province}")
    sentence = f"{k + 1}. Phòng nghiệp vụ {_words(chance, 22)} trước ngày {k + 1}/12/{year}."
    start = text.line(sentence)
    owed = Counterparty(name="UBND tỉnh", kind=CounterpartyKind.REPORTS_TO, body=f"UBND tỉnh {province}")
    last = f"{year}-12-{k + 1:02}"
    return Obligation(
        start=start,
        end=start + len(sentence),
        section=f"II.{k + 1}",
        action=sentence,
        bearers=(Bearer(name="đơn vị", role=Role.PERFORMS, body=bearers[k % len(bearers)]),),
        counterparties=(owed,) if k % 3 == 0 else (),
        deadline=Deadline(kind=DeadlineKind.BEFORE, value=last, phrase=last, last_day=last) if k % 2 else None,
    )
