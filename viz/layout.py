"""Positions of a picture, computed here so that it stands still at first paint: bands Trung ương, tỉnh, sở, phòng.

A node's band comes from what it is; inside a band the arrows of the relations give rows (longest path, cycles folded
into one row); inside a row nodes are ordered by the mean place of their neighbours, and long rows wrap.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import networkx as nx

from ontology.vietnamese import slug
from viz import links
from viz.elements import Picture, PictureEdge, PictureNode

BANDS = ("Trung ương", "Tỉnh", "Sở, ban, ngành", "Phòng, đơn vị, cơ sở")
_STEP_X = 265
_STEP_Y = 125
_ROW = 4  # boxes in a row of a small picture; a large one grows wider and higher alike
_SWEEPS = 4
# Series codes that sign for the whole province; other local series are of an agency.
_PROVINCE_CODES = ("ubnd", "hdnd", "tu", "bcsdubnd", "dubnd", "mttq")
_PROVINCE_BODIES = (
    "uy-ban-nhan-dan",
    "ubnd",
    "hoi-dong-nhan-dan",
    "hdnd",
    "chu-tich-ubnd",
    "pho-chu-tich-ubnd",
    "ban-can-su-dang",
)
_UNIT_WORDS = (
    "phong-",
    "cac-phong",
    "truong-phong",
    "truong-cac-phong",
    "to-",
    "bo-phan-",
    "trung-tam-",
    "don-vi-",
    "cac-don-vi",
    "ubnd-huyen",
    "ubnd-cap-huyen",
    "ubnd-thi-xa",
    "ubnd-thanh-pho",
    "ubnd-xa",
    "ubnd-cap-xa",
    "ubnd-phuong",
    "ubnd-cac-huyen",
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a node stands, in canvas units, and the band that it belongs to."""

    x: int
    y: int
    band: int


@dataclass(frozen=True, slots=True)
class BandLine:
    """The top and bottom of a band that holds at least one node."""

    label: str
    top: int
    bottom: int


@dataclass(frozen=True, slots=True)
class Placement:
    """Places of all nodes and the bands in use, from the top."""

    places: Mapping[str, Place]
    bands: tuple[BandLine, ...]


def place(picture: Picture) -> Placement:
    """Give every node of a picture a place; the same picture always gets the same places."""
    bands = _bands(picture)
    rows = _rows(picture, bands)
    ordered = _order(rows, picture.edges)
    widest = max(_ROW, round(len(picture.nodes) ** 0.5))
    places: dict[str, Place] = {}
    lines: list[BandLine] = []
    y = 0
    for band, label in enumerate(BANDS):
        top = y
        for row in (r for r in ordered if bands[r[0]] == band):
            y = _lay_row(row, band, y, places, widest)
        if y > top:
            lines.append(BandLine(label, top - _STEP_Y // 2, y - _STEP_Y // 2))
    return Placement(places, tuple(lines))


def band_of(node: PictureNode) -> int | None:
    """Give the band that a node's own name and IRI tell, None where they do not."""
    kind, rest = links.local_part(node.id)
    jurisdiction, _, tail = rest.partition("/")
    if kind not in ("instrument", "body") or not tail:
        return None
    name = tail.rpartition("/")[2]
    if kind == "body" and (jurisdiction != "vn" or name.startswith(("ubnd", "uy-ban-nhan-dan", "hdnd"))):
        return _band_of_name(name)
    if jurisdiction == "vn":
        return 0
    lead = tail.partition("/")[0].partition("+")[0]
    if lead in ("", "x"):
        # The label of an instrument without a number names its issuer: "Kế hoạch (chưa có số) của Sở …".
        issuer = node.title.rpartition(" của ")[2] if " của " in node.title else ""
        return _band_of_name(slug(issuer)) if issuer else None
    return 1 if lead in _PROVINCE_CODES or lead.endswith("tu") else 2


def _band_of_name(name: str) -> int:
    if name.startswith(_UNIT_WORDS):
        return 3
    party = ("tinh-uy" in name or "thanh-uy" in name) and not name.startswith("van-phong")
    return 1 if party or name.startswith(_PROVINCE_BODIES) else 2


def _bands(picture: Picture) -> dict[str, int]:
    """Bands of all nodes: known ones first, then one below or beside the nearest known neighbour."""
    found = {n.id: b for n in picture.nodes if (b := band_of(n)) is not None}
    for _ in range(len(BANDS) + 1):
        for edge in picture.edges:
            upper, lower = (edge.target, edge.source) if edge.upward else (edge.source, edge.target)
            if upper in found and lower not in found:
                found[lower] = min(found[upper] + (1 if edge.upward else 0), len(BANDS) - 1)
            elif lower in found and upper not in found:
                found[upper] = found[lower]
    for node in picture.nodes:
        found.setdefault(node.id, max(0, min(1 + node.rank, len(BANDS) - 1)))
    return found


def _rows(picture: Picture, bands: Mapping[str, int]) -> list[list[str]]:
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from(n.id for n in picture.nodes)
    for edge in picture.edges:
        upper, lower = (edge.target, edge.source) if edge.upward else (edge.source, edge.target)
        if upper != lower and bands[upper] == bands[lower]:
            graph.add_edge(upper, lower)
    folded = nx.condensation(graph)
    depth: dict[int, int] = {}
    for component in nx.topological_sort(folded):
        depth[component] = max((depth[p] + 1 for p in folded.predecessors(component)), default=0)
    rows: dict[tuple[int, int], list[str]] = defaultdict(list)
    for component, data in folded.nodes(data=True):
        for member in data["members"]:
            rows[bands[member], depth[component]].append(member)
    return [sorted(rows[key]) for key in sorted(rows)]


def _order(rows: list[list[str]], edges: Sequence[PictureEdge]) -> list[list[str]]:
    near: dict[str, list[str]] = defaultdict(list)
    for edge in edges:
        near[edge.source].append(edge.target)
        near[edge.target].append(edge.source)
    at = {node: k - len(row) / 2 for row in rows for k, node in enumerate(row)}
    for sweep in range(_SWEEPS):
        for row in rows if sweep % 2 == 0 else reversed(rows):
            mean = {n: sum(at[m] for m in near[n]) / len(near[n]) if near[n] else at[n] for n in row}
            row.sort(key=lambda n: (mean[n], n))
            at.update({node: k - len(row) / 2 for k, node in enumerate(row)})
    return rows


def _lay_row(row: Sequence[str], band: int, y: int, places: dict[str, Place], widest: int) -> int:
    lines = -(-len(row) // widest)
    width = -(-len(row) // lines)
    for first in range(0, len(row), width):
        part = row[first : first + width]
        shift = (
            _STEP_X // 2 if (first // width) % 2 else 0
        )  # wrapped lines interlock, so that arrows pass between boxes
        for k, node in enumerate(part):
            places[node] = Place(round((k - (len(part) - 1) / 2) * _STEP_X) + shift, y, band)
        y += _STEP_Y
    return y
