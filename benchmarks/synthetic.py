"""Made-up documents of realistic shape for measuring stores: nothing in them is a sentence of a real document.

Sixty-three provinces with a people's committee, departments and districts issue plans, decisions, notices and reports,
numbered anew each year, so that one number is borne by many documents. Each carries out instruments of the centre (of
which a few are cited by a great many, most by nobody), the plan of its province, and often one of its own that came
before, and lays a dozen duties on its issuer, offices, divisions, classes of units and the province. Document ``n`` of
a seed is always the same and speaks only of documents before it, however many are made; they are made one by one.
"""

import hashlib
import random
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

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
from ontology.tables import Province, provinces
from ontology.terms import CounterpartyKind, DeadlineKind, RelationKind, Role

DUTIES = 12
FIRST, YEARS = 2015, 11
_DEPARTMENTS = (
    ("Sở Công Thương", "SCT"),
    ("Sở Nội vụ", "SNV"),
    ("Sở Tài chính", "STC"),
    ("Sở Y tế", "SYT"),
    ("Sở Tư pháp", "STP"),
    ("Sở Xây dựng", "SXD"),
    ("Sở Giáo dục và Đào tạo", "SGDĐT"),
    ("Sở Khoa học và Công nghệ", "SKHCN"),
)
_DISTRICTS = ("An Lộc", "Bình Phú", "Đông Sơn", "Hòa Thuận", "Long Điền", "Phước Tân", "Tam Hiệp", "Vĩnh Thạnh")
_DIVISIONS = ("Phòng Kế hoạch", "Phòng Nghiệp vụ", "Thanh tra")
_KINDS = (
    ("ke_hoach", "Kế hoạch", "KH", 300),
    ("ke_hoach", "Kế hoạch", "KH", 300),
    ("quyet_dinh", "Quyết định", "QĐ", 3000),
    ("bao_cao", "Báo cáo", "BC", 400),
    ("thong_bao", "Thông báo", "TB", 500),
)  # with the greatest number of a year
_CENTRAL = (
    ("chi_thi", "Chỉ thị", "CT-TTg", "Thủ tướng Chính phủ"),
    ("nghi_quyet", "Nghị quyết", "NQ-CP", "Chính phủ"),
    ("quyet_dinh", "Quyết định", "QĐ-TTg", "Thủ tướng Chính phủ"),
)
_PHRASES = (
    "rà soát tham mưu triển khai tổ chức đánh giá kiểm tra đôn đốc hướng dẫn cải cách hành chính dân chủ cơ sở",
    "vận động quần chúng phòng chống thiên tai chuyển đổi số môi trường giao thông giáo dục đất đai quy hoạch",
    "công ngân sách doanh nghiệp nông thôn mới du lịch lâm nghiệp thủy lợi thanh tra tiếp công dân khiếu nại tố cáo",
    "an toàn thực phẩm bảo hiểm xã hội việc làm đào tạo nghề giảm nghèo bền vững trẻ em người cao tuổi phụ nữ",
    "dân tộc tôn giáo quốc phòng an ninh biên giới hải đảo tài nguyên khoáng sản nước sạch rác thải khí hậu năng lượng",
    "khoa học công nghệ đổi mới sáng tạo sở hữu trí tuệ văn hóa thể thao gia đình di sản lễ hội báo chí thư viện",
)
_WORDS = [word for phrase in _PHRASES for word in phrase.split()]
_TOTALS = [sum(1 / (k + 8) for k in range(n + 1)) for n in range(len(_WORDS))]  # cumulative weights
_TAIL = 0.5  # of the citations of central instruments; a third of a year's go to one of them
_POOL = 300  # central instruments of one kind and year
_PER_PROVINCE = 1 + len(_DEPARTMENTS) + len(_DISTRICTS)


class _Office(NamedTuple):
    """Who issues: one of the seventeen of a province."""

    name: str
    code: str
    province: str
    place: str
    bearers: tuple[str, ...]


class _Paper(NamedTuple):
    """What document ``n`` is called."""

    type: str
    word: str
    number: str
    symbol: str
    date: str
    title: str
    office: _Office


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
    """Give so many documents one by one, always the same for one seed.

    Args:
        count: How many.
        seed: Chooses the corpus.

    Yields:
        Batches as the loaders would give them.
    """
    for n in range(count):
        yield _document(n, random.Random(seed * 1_000_003 + n))  # noqa: S311 - figures to be repeated, no secret


def _words(chance: random.Random, count: int) -> str:
    return " ".join(chance.choices(_WORDS, cum_weights=_TOTALS, k=count))


@lru_cache(maxsize=20_000)
def _title(named: str) -> str:
    return _words(random.Random(named), 10)  # noqa: S311 - the title of a number is always the same


@lru_cache(maxsize=1)
def _places() -> tuple[Province, ...]:
    return tuple(p for p in provinces() if not p.id.endswith("-2025"))


@lru_cache(maxsize=4096)
def _office(at: int) -> _Office:
    """The issuer of a place in the round of all issuers."""
    places = _places()
    place = places[at % len(places)]
    kind = at // len(places)
    where = f"{place.level} {place.name}"
    above = f"UBND {where}"
    under: tuple[str, ...] = ("Văn phòng",)
    if kind == 0:
        name, code = above, "UBND"
    elif kind <= len(_DEPARTMENTS):
        department, code = _DEPARTMENTS[kind - 1]
        name, under = f"{department} {where}", ("Văn phòng", *_DIVISIONS)
    else:
        name, code = f"UBND huyện {_DISTRICTS[kind - 1 - len(_DEPARTMENTS)]}, {where}", "UBND"
    units = (*(f"{u} {name}" for u in under), f"các phòng, đơn vị trực thuộc {name}")
    return _Office(name, code, place.slug, above, (name, *units, above))


def _offices() -> int:
    return len(_places()) * _PER_PROVINCE


@lru_cache(maxsize=20_000)
def _paper(n: int) -> _Paper:
    office_at = n % _offices()
    office = _office(office_at)
    turn = n // _offices()
    year, rest = FIRST + turn % YEARS, turn // YEARS
    type_, word, letters, most = _KINDS[(n + turn) % len(_KINDS)]
    number = 1 + (office_at * 31 + year * 17 + rest) % most  # of one issuer and year no two are equal
    date = f"{year}-{1 + number * 12 // (most + 1):02}-{1 + n % 28:02}"
    symbol = f"{letters}-{office.code}"
    title = _title(f"{number}/{symbol}/{year}/{office.name}")
    return _Paper(type_, word, str(number), symbol, date, title, office)


def _document(n: int, chance: random.Random) -> Batch:
    paper = _paper(n)
    office = paper.office
    text = _Text()
    text.line(f"{paper.word.upper()} số {paper.number}/{paper.symbol}")
    cited = [_central(paper, chance) for _ in range(1 + (chance.random() < 0.3))]
    cited += [_dated(_paper(before)) for before in _before(n, chance)]
    citations = tuple(_cite(text, one) for one in dict.fromkeys(cited))
    duties = tuple(_duty(text, k, office, int(paper.date[:4]), chance) for k in range(DUTIES))
    whole = "\n\n".join(text.lines)
    sha = hashlib.sha256(f"{n}\n{whole}".encode()).hexdigest()
    return Batch(
        path=f"/synthetic/{n:07}.txt",
        text=whole,
        record=Record(
            source=Source(file=f"{n:07}.txt", sha256=sha, length=len(whole)),
            instrument=Header(
                type=paper.type,
                number=paper.number,
                symbol=paper.symbol,
                date=paper.date,
                issuers=(Issuer(name=office.name),),
                title=paper.title,
                jurisdiction=office.province,
            ),
            citations=citations,
            obligations=duties,
        ),
    )


_Cited = tuple[str, str, str, str, str, str, str]  # type, word, number, symbol, date, title, issuer


def _central(paper: _Paper, chance: random.Random) -> _Cited:
    """An instrument of the centre of this year or the two before, by a heavy tail."""
    year = max(FIRST, int(paper.date[:4]) - int(chance.random() * 3))
    type_, word, symbol, issuer = _CENTRAL[min(2, int(chance.paretovariate(1.0)) - 1)]
    k = min(_POOL, int(chance.paretovariate(_TAIL)))
    date = f"{year}-{1 + k * 12 // (_POOL + 1):02}-{1 + k % 28:02}"
    return type_, word, str(k), symbol, date, _title(f"{k}/{symbol}/{year}"), issuer


def _before(n: int, chance: random.Random) -> Iterator[int]:
    """The province's plan of the same turn, and often a document of the same issuer that came before."""
    at, size = n % _offices(), _offices()
    provincial = n - at + at % len(_places())
    if provincial < n:
        yield provincial
    turns = n // size
    if turns and chance.random() < 0.5:
        yield n - size * min(turns, int(chance.paretovariate(1.0)))


def _dated(paper: _Paper) -> _Cited:
    return paper.type, paper.word, paper.number, paper.symbol, paper.date, paper.title, paper.office.name


def _cite(text: _Text, cited: _Cited) -> Citation:
    type_, word, number, symbol, date, title, issuer = cited
    named = f"{word} số {number}/{symbol}"
    sentence = f"Thực hiện {named} ngày {date[8:]}/{date[5:7]}/{date[:4]} của {issuer} về {title};"
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
        type=type_,
        number=number,
        symbol=symbol,
        date=date,
        issuer_body=issuer,
    )


def _duty(text: _Text, k: int, office: _Office, year: int, chance: random.Random) -> Obligation:
    bearers = office.bearers
    full = bearers[k % len(bearers)]
    written = full.removesuffix(f" {office.name}")
    day, month = 1 + int(chance.random() * 28), 1 + int(chance.random() * 12)
    sentence = f"{k + 1}. {written} {_words(chance, 20)} trước ngày {day}/{month}/{year}."
    start = text.line(sentence)
    owed = Counterparty(name="UBND tỉnh", kind=CounterpartyKind.REPORTS_TO, body=office.place)
    last, phrase = f"{year}-{month:02}-{day:02}", f"trước ngày {day}/{month}/{year}"
    dated = Deadline(kind=DeadlineKind.BEFORE, value=last, phrase=phrase, last_day=last)
    return Obligation(
        start=start,
        end=start + len(sentence),
        section=f"II.{k + 1}",
        action=sentence,
        bearers=(Bearer(name=written, role=Role.PERFORMS, body=full),),
        counterparties=(owed,) if k % 3 == 0 else (),
        deadline=dated if k % 2 else None,
    )
