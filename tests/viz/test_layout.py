from hypothesis import given, settings
from hypothesis import strategies as st

from graph.results import Edge, Node, Subgraph
from ontology.identity import BASE
from tests.fakes import DIRECTIVE, HOME, PLAN, ROOM, UNIT_PLAN, FakeStore
from viz.elements import picture_of
from viz.layout import BANDS, place

LEVELS = ["vn/ttg/chi-thi/2021/", "an-hai/ubnd/ke-hoach/2022/", "an-hai/snv/ke-hoach/2022/", "x/x/x/x/"]


@st.composite
def _graphs(draw: st.DrawFn) -> Subgraph:
    count = draw(st.integers(1, 40))
    ids = [f"{BASE}instrument/{draw(st.sampled_from(LEVELS))}{k}" for k in range(count)]
    pairs = draw(st.lists(st.tuples(st.sampled_from(ids), st.sampled_from(ids)), max_size=60))
    kinds = st.sampled_from(["implements", "mentions", "promulgates", "lays"])
    return Subgraph(
        centre=ids[0],
        nodes=tuple(Node(id=i, kind="instrument", label=f"Văn bản {i}", rank=1) for i in ids),
        edges=tuple(Edge(source=a, target=b, kind=draw(kinds)) for a, b in pairs),
    )


@settings(max_examples=60, deadline=None)
@given(_graphs())
def test_every_node_has_a_place_of_its_own_inside_its_band(graph: Subgraph) -> None:
    placement = place(picture_of(graph))
    assert set(placement.places) == {n.id for n in graph.nodes}
    spots = [(p.x, p.y) for p in placement.places.values()]
    assert len(set(spots)) == len(spots)
    lines = {line.label: line for line in placement.bands}
    for spot in placement.places.values():
        band = lines[BANDS[spot.band]]
        assert band.top <= spot.y <= band.bottom


@settings(max_examples=30, deadline=None)
@given(_graphs())
def test_the_same_picture_gets_the_same_places(graph: Subgraph) -> None:
    assert place(picture_of(graph)) == place(picture_of(graph))


def test_bands_lie_from_the_centre_of_the_state_down_to_rooms() -> None:
    nodes = [DIRECTIVE.id, PLAN.id, UNIT_PLAN.id, HOME.id, ROOM.id]
    graph = Subgraph(
        centre=PLAN.id,
        nodes=tuple(Node(id=i, kind=i.removeprefix(BASE).split("/")[0], label=i) for i in nodes),
        edges=(),
    )
    places = place(picture_of(graph)).places
    assert [places[i].band for i in nodes] == [0, 1, 2, 2, 3]
    assert places[DIRECTIVE.id].y < places[PLAN.id].y < places[UNIT_PLAN.id].y < places[ROOM.id].y


def test_what_implements_stands_below_what_it_implements_inside_one_band() -> None:
    ids = [f"{BASE}instrument/an-hai/ubnd/ke-hoach/2022/{k}" for k in range(3)]
    edges = (Edge(source=ids[1], target=ids[0], kind="implements"), Edge(source=ids[2], target=ids[1], kind="guides"))
    graph = Subgraph(centre=ids[0], nodes=tuple(Node(id=i, kind="instrument", label=i) for i in ids), edges=edges)
    places = place(picture_of(graph)).places
    assert places[ids[0]].y < places[ids[1]].y < places[ids[2]].y


def test_a_duty_stands_in_the_band_of_its_document() -> None:
    store = FakeStore()
    graph = store.neighbourhood(PLAN.id)
    places = place(picture_of(graph)).places
    assert [places[n.id].band for n in graph.nodes] == [0, 1, 2, 1]
