"""Fit the weights of confidence to what was right on annotated documents: ``python -m benchmarks calibrate [--write]``.

Every annotated document is read as it is and with all kinds of damage at four rates. What was read is compared fact by
fact with the annotation (``benchmarks.observations``); a logistic model with a ridge (a normal prior at zero, so that a
rare signal moves little) gives each signal its weight. Documents for which the rules were mended say too little about
errors: what they gave at first contact is kept in ``benchmarks/first_contact.jsonl`` (``--keep NAME…`` adds documents
that are not in it yet, before anything is mended for them) and is used in place of what they give now.

The fit is judged by documents that it has not seen (five parts, cut by document). ``caution`` is what the base is
lowered by so that, there, of what is given 0.9 or more at least 95 % is right; where damage was noticed, what its
signals are lowered by besides.
"""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from benchmarks.corpora import ROOT, annotated_documents, records
from benchmarks.noise import MIXED, damaged_document
from benchmarks.observations import FACTS, Observation, observed
from benchmarks.reliability import SURE, Judged, table

TABLE = ROOT / "loaders" / "patterns" / "confidence.yaml"
FIRST = ROOT / "benchmarks" / "first_contact.jsonl"
RATES = (0.005, 0.01, 0.02, 0.05)
# Rules were mended for a document without a first contact: it weighs half. Damaged copies fail for other reasons than
# clean documents; they weigh little, so that they tell what damage and rare signals are worth and nothing else.
_MENDED, _DAMAGED = 0.5, 0.03
_RIDGE, _FREE, _FOLDS, _AIM = 1.0, 0.02, 5, 0.95
_STEP, _MOST = 0.05, 3.0
_DAMAGE = "damage_"
_OF_DAMAGE = (_DAMAGE, "odd_word", "date_lost")
_MOST_MORE = 1.0  # where damaged: beyond this nothing at all would be called sure
# What a signal is taken to be worth as long as few facts show it (scanned pages are not among the annotated ones): the
# mean of the normal prior of its weight; of all others it is zero.
_BELIEVED = {"recognised": -1.2, "year_inferred": -1.2, "short": -1.5, "nobody": -1.0}
_UNSEEN = {
    fact: ("recognised",) if fact in ("citation", "relation") else ("recognised", "year_inferred") for fact in FACTS
}
_HEAD = """\
# Made by `python -m benchmarks calibrate --write`; not to be edited by hand (docs/decisions/20261121-confidence.md).
# base: log-odds of a fact without a signal; weight: what a signal adds; seen, right: in how many facts of annotated
# documents (clean, damaged and at first contact) it was noted, and how many of those were right.
"""


@dataclass(frozen=True, slots=True)
class Fit:
    """The weights of one kind of fact."""

    base: float
    weights: dict[str, float]

    def probability(self, signals: Iterable[str]) -> float:
        """Give the share of facts with these signals that are right."""
        odds = self.base + sum(self.weights.get(signal, 0.0) for signal in signals)
        return float(1 / (1 + np.exp(-odds)))


def observations() -> list[Observation]:
    """Read all annotated documents, clean and damaged; kept first contacts stand for the clean reading."""
    kept = read_kept()
    known = {row.document for row in kept}
    rows = list(kept)
    documents = [document for group in annotated_documents().values() for document in group]
    clean = [document for document in documents if document.name not in known]
    for document, record in zip(clean, records(clean), strict=True):
        rows += observed(document, record, _MENDED)
    for rate in RATES:
        bad = [damaged_document(document, MIXED, rate) for document in documents]
        for document, record in zip(bad, records(bad), strict=True):
            rows += observed(document, record, _DAMAGED)
    return rows


def read_kept() -> list[Observation]:
    """Read what documents gave at first contact."""
    lines = FIRST.read_text("utf-8").splitlines() if FIRST.exists() else []
    return [Observation(**{**row, "signals": tuple(row["signals"])}) for row in map(json.loads, lines)]


def keep(names: Iterable[str]) -> int:
    """Add what the named documents give now that were never kept; gives how many documents that were."""
    wanted = set(names) - {row.document for row in read_kept()}
    documents = [d for group in annotated_documents().values() for d in group if d.name in wanted]
    with FIRST.open("a", encoding="utf-8") as file:
        for document, record in zip(documents, records(documents), strict=True):
            for row in observed(document, record):
                file.write(json.dumps(asdict(row), ensure_ascii=False) + "\n")
    return len(documents)


def fitted(rows: Sequence[Observation], ridge: float = _RIDGE) -> Fit:
    """Fit a logistic model with a ridge by Newton's method, each step at most one in any weight."""
    names = sorted({signal for row in rows for signal in row.signals})
    believed = np.array([0.0] + [_BELIEVED.get(name, 0.0) for name in names])
    index = {name: n for n, name in enumerate(names, 1)}
    design = np.zeros((len(rows), len(names) + 1))
    design[:, 0] = 1
    for n, row in enumerate(rows):
        design[n, [index[signal] for signal in row.signals]] = 1
    right = np.array([row.right for row in rows], dtype=float)
    weight = np.array([row.weight for row in rows])
    prior = np.array([_FREE] + [_FREE if name.startswith(_OF_DAMAGE) else ridge for name in names])
    beta = np.zeros(len(names) + 1)
    for _ in range(60):
        share = 1 / (1 + np.exp(-np.clip(design @ beta, -20, 20)))
        slope = design.T @ (weight * (right - share)) - prior * (beta - believed)
        bend = (design * (weight * share * (1 - share))[:, None]).T @ design + np.diag(prior)
        step = np.linalg.solve(bend, slope)
        beta = beta + step / max(1.0, float(np.abs(step).max()))
        if float(np.abs(step).max()) < 1e-6:
            break
    return Fit(float(beta[0]), {name: float(value) for name, value in zip(names, beta[1:], strict=True)})


def unseen(rows: Sequence[Observation]) -> list[tuple[float, Observation]]:
    """Give every fact with the probability that a fit without its document gives it."""
    documents = sorted({row.document for row in rows})
    found = []
    for part in range(_FOLDS):
        held = set(documents[part::_FOLDS])
        fit = fitted([row for row in rows if row.document not in held])
        found += [(fit.probability(row.signals), row) for row in rows if row.document in held]
    return found


def caution(judged: Judged) -> float:
    """Give by how much to lower all log-odds so that what is called sure is right often enough."""
    lowered = 0.0
    while lowered < _MOST:
        sure = [right for p, right in judged if _lowered(p, lowered) >= SURE]
        if not sure or sum(sure) / len(sure) >= _AIM:
            return lowered
        lowered = round(lowered + _STEP, 2)
    return _MOST


def _is_marked(row: Observation) -> bool:
    return any(signal.startswith(_DAMAGE) for signal in row.signals)


def _lowered(probability: float, by: float) -> float:
    odds = np.log(probability / (1 - probability)) - by
    return float(1 / (1 + np.exp(-odds)))


def _row(fit: Fit, rows: Sequence[Observation], by: float, more: float) -> dict[str, Any]:
    seen = Counter(signal for row in rows for signal in row.signals)
    right = Counter(signal for row in rows if row.right for signal in row.signals)
    signals = {
        name: {"weight": round(value - more * name.startswith(_DAMAGE), 2), "seen": seen[name], "right": right[name]}
        for name, value in sorted(fit.weights.items())
    }
    for name in _UNSEEN[rows[0].fact]:
        signals.setdefault(name, {"weight": _BELIEVED[name], "seen": 0, "right": 0})
    total = {"seen": len(rows), "right": sum(row.right for row in rows)}
    return {"base": round(fit.base - by, 2), **total, "signals": signals}


def written(model: dict[str, dict[str, Any]]) -> str:
    """Give the table as YAML, a signal a line."""
    lines = [_HEAD.rstrip()]
    for fact, row in model.items():
        lines.append(f"{fact}:")
        lines += [f"  {key}: {row[key]}" for key in ("base", "seen", "right")]
        lines.append("  signals:")
        for name, values in row["signals"].items():
            lines.append(f"    {name}: {yaml.safe_dump(values, default_flow_style=True, sort_keys=False).strip()}")
    return "\n".join(lines) + "\n"


def main(flags: list[str]) -> None:
    """Fit, print how well that does on unseen documents, and with ``--write`` replace the table of the loaders."""
    if "--keep" in flags:
        names = [flag for flag in flags if not flag.startswith("--")]
        print(f"kept the first contact of {keep(names)} documents in {FIRST.name}")
    rows = observations()
    model = {}
    for fact in FACTS:
        of_fact = [row for row in rows if row.fact == fact]
        judged = unseen(of_fact)
        clean = [(p, row.right) for p, row in judged if row.weight > _DAMAGED]
        bad = [(p, row.right) for p, row in judged if row.weight == _DAMAGED and _is_marked(row)]
        by = caution(clean)
        more = min(_MOST_MORE, max(0.0, caution(bad) - by))
        model[fact] = _row(fitted(of_fact), of_fact, by, more)
        documents = len({row.document for row in of_fact})
        print(f"\n{fact}: {len(of_fact)} facts of {documents} documents, on documents left out of the fit", end="")
        print(f" (caution {by:.2f}, where damaged {by + more:.2f}):")
        print(table([(_lowered(p, by), right) for p, right in clean], "clean"))
        print(table([(_lowered(p, by + more), right) for p, right in bad], "seen damaged"))
    if "--write" in flags:
        Path(TABLE).write_text(written(model), "utf-8")
        print(f"\nwrote {TABLE.relative_to(ROOT)}")
