"""All answers of a store as plain data, to compare stores with each other."""

from typing import Any

from graph.results import ChainNode
from graph.store import DutyFilter, InstrumentFilter, Store
from ontology.terms import Direction, Strength

WORDS = (
    "thực hiện chỉ thị",
    "báo cáo",
    "dân chủ cơ sở",
    "kế hoạch phối hợp",
    "không có từ này đâu",
    "chỉ thị 33 dân vận",
)
TYPED = (
    "chỉ thị 33",
    "33/CT-TTg",
    "chi thi 33 thu tuong",
    "CT 33",
    "25-CT/TU",
    "dân chủ ở cơ sở",
    "kế hoạch 10",
    "cải cách hành chính",
)
NAMES = ("Sở Nội vụ", "so cong thuong", "UBND tỉnh", "Văn phòng Sở", "SCT", "phòng kế hoạch")


def bodies_of(store: Store) -> list[str]:
    found: dict[str, None] = {}
    for duty in store.obligations():
        for party in (*duty.bearers, *duty.counterparties):
            found[party.body.id] = None
    return sorted(found)


def nodes_of(chain: ChainNode) -> list[ChainNode]:
    return [chain, *(n for c in chain.children for n in nodes_of(c))]


def answers(store: Store, *, most: int = 12) -> dict[str, Any]:
    """Ask everything; of instruments and bodies only so many are asked one by one, evenly spread."""
    instruments = store.instruments(InstrumentFilter(stage=None))
    bodies = bodies_of(store)
    found: dict[str, Any] = {
        "documents": store.documents(),
        "batches": [b.path for b in store.batches()],
        "instruments": instruments,
        "loaded": store.instruments(InstrumentFilter(loaded=True)),
        "missing": store.instruments(InstrumentFilter(missing=("number", "date"))),
        "local": store.instruments(InstrumentFilter(level="local", types=("ke_hoach", "quyet_dinh"))),
        "relations": store.relations(),
        "obligations": store.obligations(),
        "targets": store.obligations(DutyFilter(with_targets=True)),
        "undated": store.obligations(DutyFilter(deadline_kinds=("none", "continuous", "unspecified"))),
        "as_of": store.obligations(DutyFilter(as_of="2023-06-30")),
        "due": store.due("2021-01-01", "2024-12-31"),
        "conflicts": store.conflicts(),
        "judgements": store.judgements(),
        "corpus": store.corpus(),
        "bodies": [store.body(b) for b in bodies],
        "search": {w: store.search(w, 7) for w in WORDS},
        "find_instruments": {t: store.find_instruments(t) for t in TYPED},
        "find_bodies": {n: store.find_bodies(n) for n in NAMES},
    }
    status = store.status()
    found["status"] = {f: getattr(status, f) for f in status.__struct_fields__ if f != "location"}
    for ref in instruments[:: max(1, len(instruments) // most)]:
        found[f"instrument {ref.id}"] = store.instrument(ref.id)
        found[f"explain {ref.id}"] = store.explain(ref.id)
        found[f"conflicts {ref.id}"] = store.conflicts(ref.id)
        found[f"implementers {ref.id}"] = [store.implementers(ref.id, 3, s) for s in Strength]
        found[f"basis {ref.id}"] = store.basis(ref.id)
        found[f"around {ref.id}"] = store.neighbourhood(ref.id, 2, 15)
        found[f"under {ref.id}"] = store.obligations(DutyFilter(under=ref.id))
        found[f"citing {ref.id}"] = store.instruments(InstrumentFilter(cited_by=(ref.id,)))
    for body in bodies[:: max(1, len(bodies) // most)]:
        for direction in Direction:
            found[f"{direction} {body}"] = store.duties(body, direction)
        found[f"alone {body}"] = store.duties(body, units=False)
        found[f"due {body}"] = store.due("2021-01-01", "2024-12-31", body)
        found[f"around {body}"] = store.neighbourhood(body, 2, 15)
        for ref in instruments[:: max(1, len(instruments) // 4)]:
            found[f"why {body} {ref.id}"] = store.why_bound(body, ref.id)
    return found


def differences(one: dict[str, Any], two: dict[str, Any]) -> list[str]:
    """Names of the questions that two stores answer differently."""
    return [name for name in {**one, **two} if one.get(name) != two.get(name)]
