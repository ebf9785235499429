"""Random histories: a store that lived through writes, removals, judgements and undos answers like one built anew."""

import tempfile
from itertools import count, islice
from pathlib import Path

import msgspec
from answers import answers, differences
from factories import SO, UBND, batch, bearer, cite, deadline, duty, party
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, rule

from graph.connect import connect
from graph.copying import copy
from graph.judgements import Identity, Judgement, judgement, standing
from graph.store import Batch, InstrumentFilter
from ontology.errors import ContradictionError, InvalidInputError

PATHS = ("/a", "/b", "/c", "/d/e")
TITLES = (None, "phối hợp thực hiện công tác vận động năm 2021", "phê duyệt quy hoạch sử dụng đất năm 2021")
DATES = (None, "2021-01-11", "2022-11-23", "2021")
SYMBOLS = ("KH/BDVTU-BCSĐUBND", "KH/BDVTU", "KH-UBND", "KH/BVVTU", None)


@st.composite
def documents(draw: st.DrawFn, path: str | None = None) -> Batch:
    """A document whose numbers, symbols, dates and titles come from few values, so that documents meet."""
    own = draw(st.sampled_from((None, "10", "40", "90")))
    cited = draw(
        st.lists(
            st.tuples(
                st.sampled_from(("10", "40", "90", "04/2015")),
                st.sampled_from(SYMBOLS),
                st.sampled_from(DATES),
                st.sampled_from(TITLES),
                st.sampled_from(("implements", "mentions", "based_on", "promulgates")),
                st.sampled_from((None, "Ban Dân vận Tỉnh ủy Quảng Ngãi", UBND)),
            ),
            max_size=3,
        )
    )
    lines = ["Tiêu đề"]
    citations = []
    for n, (number, symbol, date, title, relation, issuer) in enumerate(cited):
        quote = f"[{n}] Kế hoạch {number} {symbol} {date}"
        lines.append(f"Thực hiện {quote} về {title}." if title else f"Thực hiện {quote}.")
        citations.append(
            cite(
                quote,
                relation=relation,
                type="ke_hoach",
                number=number,
                symbol=symbol,
                date=date,
                issuer_body=issuer,
                section=draw(st.sampled_from(("preamble", "II.1"))),
            )
        )
    duties = []
    if draw(st.booleans()):
        lines.append("Sở báo cáo UBND tỉnh kết quả.")
        last = draw(st.sampled_from((None, "2021-06-30")))
        duties.append(
            duty(
                "Sở báo cáo UBND tỉnh kết quả.",
                bearers=(bearer("Sở", body=draw(st.sampled_from((SO, f"Văn phòng {SO}")))),),
                counterparties=(party("UBND tỉnh", "reports_to", UBND),),
                deadline=deadline("by", last, last) if last else deadline("recurring", "P6M"),
                implements=tuple(str(c[0]) for c in cited[:1]),
            )
        )
    return batch(
        path or draw(st.sampled_from(PATHS)),
        "\n\n".join(lines),
        type="ke_hoach",
        number=own,
        symbol=draw(st.sampled_from(SYMBOLS)),
        date=draw(st.sampled_from(DATES)),
        title=draw(st.sampled_from(TITLES)),
        citations=citations,
        duties=duties,
    )


class Histories(RuleBasedStateMachine):
    """Memory and SQLite live through the same history; after each step both answer like a rebuild."""

    seen = Bundle("seen")

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.memory = connect("memory:")
        self.places = (f"sqlite:{Path(self.folder.name) / str(n)}.db" for n in count())
        self.url = next(self.places)
        self.sqlite = connect(self.url)
        self.model: dict[str, Batch] = {}
        self.records: list[Judgement] = []
        self.moments = (f"2026-11-20T{n // 3600:02}:{n // 60 % 60:02}:{n % 60:02}Z" for n in count())

    def teardown(self) -> None:
        self.sqlite.close()
        self.folder.cleanup()

    @rule(target=seen, one=documents())
    def write(self, one: Batch) -> Batch:
        return self._write(one)

    @rule(one=seen, path=st.sampled_from(PATHS))
    def write_elsewhere(self, one: Batch, path: str) -> None:
        self._write(msgspec.structs.replace(one, path=path))

    @rule(many=st.lists(documents(), max_size=4))
    def write_many(self, many: list[Batch]) -> None:
        assert self.memory.write_many(iter(many)) == self.sqlite.write_many(iter(many))
        self.model |= {b.path: b for b in many}

    @rule(path=st.sampled_from(PATHS))
    def remove(self, path: str) -> None:
        if path in self.model:
            del self.model[path]
            self.memory.remove(path)
            self.sqlite.remove(path)

    @rule()
    def close_and_open(self) -> None:
        self.sqlite.close()
        self.sqlite = connect(self.url)

    @rule(half=st.integers(0, 4))
    def move_house(self, half: int) -> None:
        """Go on in a copy, of which some documents, and some that are none of ours, were there already."""
        self.url = next(self.places)
        other = connect(self.url)
        other.write_many(islice(self.sqlite.batches(), half))
        other.write(batch("/z", f"Văn bản lạ {half}."))
        assert copy(self.sqlite, other, exact=True).equal
        self.sqlite.close()
        self.sqlite = other

    @rule(said=st.sampled_from(("same", "different", "later")), at=st.integers(0, 50))
    def judge_a_conflict(self, said: str, at: int) -> None:
        found = self.memory.conflicts()
        if found:
            one, two = (side.identity for side in found[at % len(found)].sides)
            self._judge(said, one, two)

    @rule(said=st.sampled_from(("same", "different")), a=st.integers(0, 50), b=st.integers(0, 50))
    def judge_two_readings(self, said: str, a: int, b: int) -> None:
        refs = self.memory.instruments(InstrumentFilter(stage=None))
        parts = [part.identity for ref in refs for part in self.memory.explain(ref.id).parts]
        if parts:
            self._judge(said, parts[a % len(parts)], parts[b % len(parts)])

    @rule(at=st.integers(0, 50))
    def undo(self, at: int) -> None:
        held = standing(self.records)
        if held:
            told = {"by": "Hoa", "reason": "nhầm", "at": next(self.moments)}
            self.records.append(self.memory.undo(held[at % len(held)].id, **told))
            assert self.sqlite.undo(held[at % len(held)].id, **told) == self.records[-1]

    def _judge(self, said: str, one: Identity, two: Identity) -> None:
        told = []
        try:
            record = judgement(said, one, two, by="Hoa", reason="đã so", at=next(self.moments))
        except InvalidInputError:
            return  # one reading is not two
        for store in (self.memory, self.sqlite):
            try:
                store.judge(record)
                told.append("")
            except ContradictionError as error:
                told.append(error.message)
        assert told[0] == told[1]
        if not told[0]:
            self.records.append(record)

    def _write(self, one: Batch) -> Batch:
        self.memory.write(one)
        self.sqlite.write(one)
        self.model[one.path] = one
        return one

    @invariant()
    def all_answer_alike(self) -> None:
        fresh = connect("memory:")
        fresh.adopt(reversed(self.records))
        for path in reversed(sorted(self.model)):
            fresh.write(self.model[path])
        wanted = answers(fresh, most=4)
        assert differences(wanted, answers(self.memory, most=4)) == []
        assert differences(wanted, answers(self.sqlite, most=4)) == []


Histories.TestCase.settings = settings(
    max_examples=12, stateful_step_count=8, deadline=None, suppress_health_check=list(HealthCheck)
)
TestHistories = Histories.TestCase
