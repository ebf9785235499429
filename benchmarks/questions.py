"""The questions of the store benchmark, each asked of several things, as the doors ask them: page by page."""

from collections.abc import Callable, Sized

from benchmarks.synthetic import documents
from benchmarks.timing import HEAD, Times, show, timed
from graph.results import ChainNode
from graph.store import Store
from ontology.terms import Direction

PAGE = 50
_PLACES = ("Nghệ An", "Hà Giang", "Bình Định", "Tây Ninh", "Lâm Đồng", "Sơn La")
Asked = tuple[str, list[Callable[[], Sized]]]


def ask_all(store: Store) -> dict[str, Times]:
    """Time all questions and print them."""
    print(HEAD)
    found = {}
    for name, questions in questions_of(store):
        found[name] = timed(questions)
        show(name, found[name])
    return found


def hub_of(store: Store) -> str:
    """The central instrument that most documents carry out."""
    near = [c.id for c in store.find_instruments("chỉ thị 1/CT-TTg", 30)]
    return max(near, key=lambda iri: _direct(store.implementers(iri, limit=1)))


def _direct(chain: ChainNode) -> int:
    return len(chain.children) + chain.more


def flat(chain: ChainNode) -> list[ChainNode]:
    """All nodes of a chain below its root."""
    found = [chain]
    for node in found:
        found.extend(node.children)
    return found[1:]


def departments_of(store: Store) -> list[str]:
    """A department in each of some provinces."""
    return [store.find_bodies(f"Sở Y tế tỉnh {place}")[0].id for place in _PLACES]


def questions_of(store: Store) -> list[Asked]:
    """All questions by name."""
    hub, departments = hub_of(store), departments_of(store)
    provinces = [store.find_bodies(f"UBND tỉnh {place}")[0].id for place in _PLACES]
    central = [store.find_instruments(f"chỉ thị {n}/CT-TTg")[0].id for n in range(2, 8)]
    typed = [f"{d.record.instrument.type.replace('_', ' ')} {d.record.instrument.number}" for d in documents(6)]
    titles = [d.record.instrument.title or "" for d in documents(6)]
    typos = [f"{t[:8]}{t[9:]}" for t in titles]
    month = ("2021-06-01", "2021-06-30")
    return [
        ("implementers of a hub, first 50", [lambda: flat(store.implementers(hub, limit=PAGE))]),
        (
            "implementers of central instruments, first 50",
            [lambda i=i: flat(store.implementers(i, limit=PAGE)) for i in central],
        ),
        *_duties(store, departments, provinces),
        ("due by unit, a month", [lambda b=b: store.due(*month, b) for b in departments]),
        ("due anywhere, a month, first 50", [lambda: store.due(*month, limit=PAGE)]),
        ("find by type and number", [lambda t=t: store.find_instruments(t) for t in typed]),
        ("find by number and symbol", [lambda n=n: store.find_instruments(f"{n}/KH-SYT") for n in range(10, 16)]),
        ("find by title with a typo", [lambda t=t: store.find_instruments(t) for t in typos]),
        ("find a body", [lambda p=p: store.find_bodies(f"so y te {p}") for p in _PLACES]),
        ("search three words", [lambda t=t: store.search(" ".join(t.split()[:3])) for t in titles]),
        ("search words in a row", [lambda: store.search("phòng chống thiên tai")]),
        ("search what is not there", [lambda: store.search("ngân sách qwerty lạ thay")]),
        ("neighbourhood of 500", [lambda i=i: store.neighbourhood(i, limit=500).nodes for i in central]),
        ("why bound, department to a hub", [lambda b=b: store.why_bound(b, hub) for b in departments]),
        ("one instrument", [lambda i=i: store.instrument(i).below for i in central[3:]]),
        ("status", [lambda: [store.status()]]),
    ]


def _duties(store: Store, departments: list[str], provinces: list[str]) -> list[Asked]:
    return [
        (
            f"duties {direction.value} of a {name}, first 50",
            [lambda b=b, d=direction: store.duties(b, d, limit=PAGE) for b in bodies],
        )
        for name, bodies in (("department", departments), ("province", provinces))
        for direction in (Direction.OWN, Direction.UP, Direction.DOWN)
    ]
