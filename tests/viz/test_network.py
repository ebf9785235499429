import base64
import hashlib
import json
import re

import msgspec
import pytest

from graph.results import Edge, Node, Subgraph
from ontology.identity import BASE
from tests.fakes import DIRECTIVE, PLAN, STATED, FakeStore
from viz.elements import edge_word, picture_of, trim, wrap
from viz.network import picture_data, render, script_json

HOSTILE = [
    "</script><script>alert(1)</script>",
    "<!--<script>",
    '"><img src=x onerror=alert(1)>',
    "{{ 7 * 191 }}{% raw %}",
    "\u2028\u2029 ' \\ `${1}`",
    "<b>đậm</b> & 'nháy'",
]


def _graph(text: str) -> Subgraph:
    evidence = msgspec.structs.replace(STATED, text=text, file=text)
    nodes = (
        Node(id=DIRECTIVE.id, kind="instrument", label=text, detail=text, loaded=False),
        Node(id=PLAN.id, kind="instrument", label=text, detail=text),
    )
    edge = Edge(source=PLAN.id, target=DIRECTIVE.id, kind="implements", strength="document", evidence=(evidence,))
    return Subgraph(centre=DIRECTIVE.id, nodes=nodes, edges=(edge,))


@pytest.mark.parametrize("text", HOSTILE)
def test_json_in_a_script_never_ends_it_and_says_the_same(text: str) -> None:
    raw = script_json({"a": text})
    assert not set(raw) & set("<>&\u2028\u2029")
    assert json.loads(raw) == {"a": text}


@pytest.mark.parametrize("text", HOSTILE)
def test_a_page_on_its_own_holds_no_markup_from_documents(text: str) -> None:
    page = render(_graph(text), title=text)
    assert len(re.findall(r"<script\b", re.sub(r"<script>.*?</script>", "<script></script>", page, flags=re.S))) == 3
    assert "<img" not in page.split("<script", 1)[0]
    assert "<b>đậm" not in page
    assert "1337" not in page


def test_a_page_on_its_own_needs_nothing_from_elsewhere() -> None:
    page = render(FakeStore().neighbourhood(PLAN.id))
    markup = re.sub(r"<(script|style)\b[^>]*>.*?</\1>", "", page, flags=re.S)
    assert not re.search(r"""\b(src|href)\s*=""", markup)
    assert "default-src 'none'" in page
    assert "@import" not in page
    assert "url(" not in "".join(re.findall(r"<style>.*?</style>", page, flags=re.S))


def test_the_policy_of_a_page_on_its_own_names_exactly_its_scripts() -> None:
    page = render(FakeStore().neighbourhood(PLAN.id))
    scripts = re.findall(r"<script>(.*?)</script>", page, flags=re.S)
    wanted = {"sha256-" + base64.b64encode(hashlib.sha256(s.encode()).digest()).decode() for s in scripts}
    policy = re.search(r"script-src ([^;]*);", page)
    assert policy is not None
    assert set(re.findall(r"'(sha256-[^']*)'", policy.group(1).replace("&#39;", "'"))) == wanted
    assert len(scripts) == 2


def test_the_same_subgraph_gives_the_same_page() -> None:
    graph = FakeStore().neighbourhood(PLAN.id)
    assert render(graph) == render(graph)


def test_every_node_has_a_fixed_place_and_its_facts() -> None:
    graph = FakeStore().neighbourhood(PLAN.id)
    data = picture_data(graph)
    assert [n["id"] for n in data["nodes"]] == [n.id for n in graph.nodes]
    assert all(isinstance(n["x"], int) and isinstance(n["y"], int) and n["physics"] is False for n in data["nodes"])
    assert [n["group"] for n in data["nodes"]] == ["stub", "instrument", "body", "duty"]
    assert not any({"color", "shape"} & set(n) for n in data["nodes"])
    first = data["facts"]["edges"][0]
    assert (first["word"], first["quotes"][0]["where"]) == ("thực hiện", "ke-hoach-15.txt, dòng 7")


def test_an_edge_to_a_node_that_was_cut_is_left_out() -> None:
    graph = FakeStore().neighbourhood(PLAN.id, limit=2)
    picture = picture_of(graph)
    assert len(picture.edges) == 1
    assert picture.cut == 2


def test_every_kind_of_edge_of_the_fixed_forms_has_a_word() -> None:
    for kind in ("implements", "leads", "reports_to", "issues"):
        assert edge_word(kind) != kind


def test_bodies_do_not_crowd_the_chain_out_of_a_picture() -> None:
    bodies = [Node(id=f"{BASE}body/vn/bo-{k}", kind="body", label="Bộ") for k in range(50)]
    papers = [
        Node(id=f"{BASE}instrument/vn/ttg/chi-thi/2021/{k}", kind="instrument", label="Chỉ thị") for k in range(50)
    ]
    edges = tuple(Edge(source=b.id, target=papers[0].id, kind="leads") for b in bodies)
    graph = Subgraph(centre=papers[0].id, nodes=(papers[0], *bodies, *papers[1:]), edges=edges, cut=3)
    trimmed = trim(graph, 40)
    assert [n.kind for n in trimmed.nodes].count("body") == 10
    assert len(trimmed.nodes) == 40
    assert trimmed.cut == 3 + 60
    assert {e.source for e in trimmed.edges} <= {n.id for n in trimmed.nodes}
    assert trimmed.nodes[0].id == graph.centre


@pytest.mark.parametrize(("bodies", "papers"), [(50, 2), (0, 50), (2, 2), (50, 0)])
def test_a_trimmed_picture_is_as_full_as_it_can_be(bodies: int, papers: int) -> None:
    centre = Node(id=f"{BASE}body/vn/x", kind="body", label="x")
    nodes = (
        centre,
        *(Node(id=f"{BASE}body/vn/{k}", kind="body", label="b") for k in range(bodies)),
        *(Node(id=f"{BASE}instrument/vn/a/b/x/{k}", kind="instrument", label="i") for k in range(papers)),
    )
    trimmed = trim(Subgraph(centre=centre.id, nodes=nodes, edges=()), 20)
    assert len(trimmed.nodes) == min(20, len(nodes))
    assert trimmed.nodes[0] == centre


def test_captions_stay_small() -> None:
    caption = wrap("Kế hoạch phối hợp công tác dân vận " * 9)
    assert all(len(line) <= 26 for line in caption.split("\n"))
    assert caption.count("\n") == 3
    assert caption.endswith("…")


def test_two_ties_between_the_same_nodes_are_both_drawn() -> None:
    ids = [f"{BASE}instrument/vn/ttg/chi-thi/2021/{k}" for k in range(2)]
    graph = Subgraph(
        centre=ids[0],
        nodes=tuple(Node(id=i, kind="instrument", label=i) for i in ids),
        edges=tuple(Edge(source=ids[1], target=ids[0], kind=k) for k in ("implements", "replaces")),
    )
    assert [e["title"] for e in picture_data(graph)["edges"]] == ["thực hiện", "thay thế"]


def test_a_tie_that_no_document_states_says_where_it_is_from() -> None:
    nodes = (Node(id=PLAN.id, kind="body", label="A"), Node(id=DIRECTIVE.id, kind="body", label="B"))
    tie = Edge(source=PLAN.id, target=DIRECTIVE.id, kind="unit_of")
    picture = picture_of(Subgraph(centre=PLAN.id, nodes=nodes, edges=(tie,)))
    assert "theo bảng tổ chức" in picture.edges[0].strength
    assert "theo bảng tổ chức" in render(Subgraph(centre=PLAN.id, nodes=nodes, edges=(tie,)))
