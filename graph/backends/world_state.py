"""What the memory store works out from documents and judgements: nodes by full resolution, statements, indexes."""

from collections import defaultdict
from dataclasses import dataclass, field

import msgspec
import networkx as nx

from graph.asking.outlines import DutyRow
from graph.asking.reading import Statement
from graph.identities import forms_of
from graph.judgements import Judgement, standing
from graph.nodes import Node, Peer, node_of
from graph.resolution import Cluster, Link, block_of, clusters_of, components, keys_of, links_of, series_of
from graph.rulings import Rulings
from graph.searching import Unit, units_of
from graph.statements import Body, DocumentFacts, Mention, Sign


@dataclass
class State:
    """One consistent picture; a new one replaces it as a whole, so readers in threads never see half of it."""

    facts: dict[str, DocumentFacts] = field(default_factory=dict)  # by sha256
    texts: dict[str, str] = field(default_factory=dict)
    files: dict[str, list[tuple[str, str]]] = field(default_factory=dict)  # sha256 -> path, file name
    nodes: dict[str, Node] = field(default_factory=dict)
    alias: dict[str, str] = field(default_factory=dict)
    node_of_sign: dict[str, str] = field(default_factory=dict)
    mentions: dict[str, list[Mention]] = field(default_factory=dict)  # by sign
    graph: "nx.MultiDiGraph[str]" = field(default_factory=nx.MultiDiGraph)
    duties: list[DutyRow] = field(default_factory=list)
    bodies: dict[str, Body] = field(default_factory=dict)
    names: dict[str, set[str]] = field(default_factory=dict)
    revision: int = 0
    records: tuple[Judgement, ...] = ()
    rulings: Rulings = field(default_factory=Rulings)
    signs: dict[str, Sign] = field(default_factory=dict)
    users: dict[str, set[str]] = field(default_factory=dict)  # sign -> sha256 of documents
    forms: dict[str, list[Sign]] = field(default_factory=dict)  # signs that bear a form
    peers: dict[str, list[Peer]] = field(default_factory=dict)  # by counter
    joined: dict[str, tuple[list[Cluster], list[Link]]] = field(default_factory=dict)  # by node
    units: dict[str, list[tuple[Unit, frozenset[str]]]] = field(default_factory=dict)


def resolve(state: State) -> None:
    """Blocks, clusters, links, nodes: all of them, from all signs and judgements."""
    blocks = _blocks(state)
    ruled = state.rulings = Rulings(standing(state.records), lambda form: state.forms.get(form, ()))
    clusters = [c for block, signs in blocks.items() for c in clusters_of(block, signs.values(), ruled)]
    by_key: dict[str, list[Cluster]] = defaultdict(list)
    for cluster in clusters:
        for key in keys_of(cluster):
            by_key[key].append(cluster)
        series, day = series_of(cluster), cluster.date
        if series and day:
            state.peers.setdefault(series, []).extend(
                sorted({(day, s.num) for s in cluster.signs if s.num is not None})
            )

    def together(a: Cluster, b: Cluster) -> bool:
        one, two = ({d for s in c.signs for d in state.users[s.id]} for c in (a, b))
        return bool(one & two)

    links = [link for key, members in by_key.items() for link in links_of(key, members, together)]
    links += ruled.links(clusters)
    for members, used in components(clusters, links, ruled):
        node = node_of(members, used, lambda s: len(state.users[s]), lambda c: state.peers.get(c, ()), ruled)
        state.nodes[node.id] = node
        state.joined[node.id] = (members, used)
        state.node_of_sign |= dict.fromkeys(node.signs, node.id)
    for iri in sorted(state.nodes, reverse=True):
        state.alias |= dict.fromkeys(state.nodes[iri].aliases, iri)  # the smallest IRI has the last word


def _blocks(state: State) -> dict[str, dict[str, Sign]]:
    blocks: dict[str, dict[str, Sign]] = defaultdict(dict)
    for sha, facts in state.facts.items():
        for mention in facts.mentions:
            sign = mention.sign
            blocks[block_of(sign)][sign.id] = state.signs[sign.id] = sign
            state.users.setdefault(sign.id, set()).add(sha)
            state.mentions.setdefault(sign.id, []).append(mention)
    for sign in state.signs.values():
        for form in forms_of(sign):
            state.forms.setdefault(form, []).append(sign)
    return blocks


def connect(state: State) -> None:
    """Statements between nodes, duties, bodies, words."""
    for sha, facts in state.facts.items():
        ends = [state.node_of_sign[m.sign.id] for m in facts.mentions]
        for relation in facts.relations:
            subject, object_ = ends[relation.subject], ends[relation.object]
            stated = Statement(
                subject=subject,
                kind=relation.kind,
                object=object_,
                strength=relation.strength,
                stage=relation.stage,
                evidence=relation.evidence,
            )
            state.graph.add_edge(subject, object_, stated=stated)
        for duty in facts.duties:
            carried = tuple(dict.fromkeys(ends[n] for n in duty.implements))
            state.duties.append(DutyRow(duty=duty, sha256=sha, document=ends[0], date=facts.date, implements=carried))
        for body in facts.bodies:
            state.bodies[body.id] = min(state.bodies.get(body.id, body), body, key=msgspec.json.encode)
        for iri, name in facts.names:
            state.names.setdefault(iri, set()).add(name)
        state.units[sha] = [(u, frozenset(u[3].split())) for u in units_of(state.texts[sha], facts.duties)]
    state.graph.add_nodes_from(state.nodes)
