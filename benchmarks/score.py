"""Score extraction records against gold annotations: ``python -m benchmarks score GOLD PREDICTED [--texts TEXTS]``.

``GOLD`` and ``PREDICTED`` are files or folders. A gold file names its text in ``file``; the text is looked for in
``--texts`` or beside the gold file; the record of ``<name>.md`` is ``<name>.json``. What each measure means stands in
``benchmarks/README.md``. Any system can be measured: only the fields of the extraction record are read.
"""

import json
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.annotations import (
    Annotation,
    Document,
    GoldHeader,
    GoldObligation,
    Span,
    annotated,
    read_annotation,
)
from ontology.errors import InvalidInputError

Say = Callable[[str], None]
Predicted = Mapping[str, Any]  # a record of any system, as JSON gives it
# Roles that an annotator may tell apart and the record does not.
_ONE_ROLE = dict.fromkeys(("advises", "executes", "consolidates", "reports"), "performs")
_HALF = 0.5


@dataclass(slots=True)
class Tally:
    """How often something was right, given without being there, and there without being given."""

    right: int = 0
    extra: int = 0
    missed: int = 0

    def bag(self, gold: Iterable[object], predicted: Iterable[object]) -> bool:
        """Count two lists as bags; gives whether they hold the same."""
        left = list(predicted)
        missed = 0
        for item in gold:
            if item in left:
                left.remove(item)
                self.right += 1
            else:
                missed += 1
        self.missed += missed
        self.extra += len(left)
        return not missed and not left

    def one(self, *, right: bool) -> None:
        """Count one value that was asked for: a wrong one counts as missed, never as extra."""
        self.right += right
        self.missed += not right

    @property
    def precision(self) -> float:
        """Share of what was given that is right."""
        given = self.right + self.extra
        return self.right / given if given else 1.0

    @property
    def recall(self) -> float:
        """Share of what is there that was given."""
        there = self.right + self.missed
        return self.right / there if there else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        both = 2 * self.right + self.extra + self.missed
        return 2 * self.right / both if both else 1.0

    def row(self) -> dict[str, float]:
        """Give the figures of a table row."""
        return {
            "p": round(self.precision, 4),
            "r": round(self.recall, 4),
            "f1": round(self.f1, 4),
            "gold": self.right + self.missed,
            "predicted": self.right + self.extra,
        }


@dataclass(slots=True)
class Match:
    """Which prediction serves which annotation of a document, by index; the rest of the predictions are extra."""

    citations: dict[int, int] = field(default_factory=dict)
    obligations: dict[int, int] = field(default_factory=dict)


class Scores(defaultdict[str, Tally]):
    """The tallies by the name of the measure, in the order of first use."""

    def __init__(self) -> None:
        super().__init__(Tally)

    def rows(self) -> dict[str, dict[str, float]]:
        """Give every measure as a table row."""
        return {name: tally.row() for name, tally in self.items()}


def fold(text: object) -> str:
    """Keep only letters and digits, lower case, without diacritics; nothing is an empty text."""
    plain = unicodedata.normalize("NFD", str(text or "").replace("đ", "d").replace("Đ", "D"))
    return "".join(c for c in plain.lower() if c.isalnum())


def fold_body(name: object) -> str:
    """Fold the name of a body, whether or not the word *tỉnh* stands in it."""
    return fold(" ".join(word for word in str(name or "").split() if fold(word) != "tinh"))


def shared_length(one: Span, two: Span) -> int:
    """Give how many characters two places share."""
    return max(0, min(one[1], two[1]) - max(one[0], two[0]))


def match(document: Document, predicted: Predicted) -> Match:
    """Pair annotations with predictions, each prediction at most once.

    A citation is found where a prediction covers at least half of its place and has the same number; a duty where the
    places overlap by at least half of their union, the best overlap first served.
    """
    found = Match()
    citations = predicted.get("citations") or []
    for n, (row, span) in enumerate(zip(document.gold.citations, document.citations, strict=True)):
        for k, given in enumerate(citations):
            if k in found.citations.values() or 2 * shared_length(span, _place(given)) < span[1] - span[0]:
                continue
            if fold(given.get("number")) == fold(row.number):
                found.citations[n] = k
                break
    taken: set[int] = set()
    duties = predicted.get("obligations") or []
    for n, span in enumerate(document.obligations):
        best, most = None, _HALF
        for k, given in enumerate(duties):
            if k not in taken and (overlap := _overlap(span, _place(given))) >= most:
                best, most = k, overlap
        if best is not None:
            taken.add(best)
            found.obligations[n] = best
    return found


def _place(given: Predicted) -> Span:
    return int(given["start"]), int(given["end"])


def _overlap(one: Span, two: Span) -> float:
    both = shared_length(one, two)
    return both / (one[1] - one[0] + two[1] - two[0] - both) if both else 0.0


def score(document: Document, predicted: Predicted, scores: Scores, say: Say = lambda _: None) -> Match:
    """Add what a record got right and wrong to the tallies; every difference is told to ``say``."""
    pairs = match(document, predicted)
    _header(document.gold.instrument, predicted.get("instrument") or {}, scores, say)
    _citations(document, predicted.get("citations") or [], pairs, scores, say)
    _obligations(document, predicted.get("obligations") or [], pairs, scores, say)
    return pairs


def _header(gold: GoldHeader, given: Predicted, scores: Scores, say: Say) -> None:
    for key in ("type", "number", "symbol", "date", "place"):
        wanted, got = getattr(gold, key), given.get(key)
        scores[f"header {key}"].one(right=fold(wanted) == fold(got))
        if fold(wanted) != fold(got):
            say(f"header {key}: gold {wanted!r}, got {got!r}")
    for key in ("issuers", "signers", "recipients", "addressees"):
        wanted = [fold_body(getattr(item, "name", item)) for item in getattr(gold, key)]
        got = [fold_body(item.get("name", "") if isinstance(item, Mapping) else item) for item in given.get(key) or []]
        if not scores[f"header {key}"].bag(wanted, got):
            say(f"header {key}: gold {wanted}, got {got}")


def _citations(document: Document, given: Sequence[Predicted], pairs: Match, scores: Scores, say: Say) -> None:
    text = document.text
    for n, (row, span) in enumerate(zip(document.gold.citations, document.citations, strict=True)):
        quote = text[slice(*span)]
        found = n in pairs.citations
        if not row.doubtful:
            scores["citation"].one(right=found)
        if not found:
            if not row.doubtful:
                say(f"citation missed [{row.section}]: {quote!r}")
            continue
        got = given[pairs.citations[n]]
        for key in ("type", "symbol", "date", "issuer", "relation"):
            wanted = getattr(row, key)
            if wanted is None:
                continue
            right = fold(wanted) == fold(got.get(key))
            right = right or (key == "relation" and got.get(key) in row.relation_also)
            scores[f"citation {key}"].one(right=right)
            if not right:
                say(f"citation {key}: {quote!r}: gold {str(wanted)!r}, got {got.get(key)!r}")
        _subject(row.subject, got.get("subject", "self"), quote, scores, say)
    for k in sorted(set(range(len(given))) - set(pairs.citations.values())):
        scores["citation"].extra += 1
        say(f"citation extra: {text[slice(*_place(given[k]))]!r}")


def _subject(wanted: str, got: str, quote: str, scores: Scores, say: Say) -> None:
    if wanted != "self" and not any(c.isdigit() for c in wanted.partition(" ")[0]):
        return  # said in words: no number to compare
    scores["citation subject"].one(right=fold(wanted) == fold(got))
    if fold(wanted) != fold(got):
        say(f"citation subject: {quote!r}: gold {wanted!r}, got {got!r}")


def _obligations(document: Document, given: Sequence[Predicted], pairs: Match, scores: Scores, say: Say) -> None:
    text = document.text
    for n, (row, span) in enumerate(zip(document.gold.obligations, document.obligations, strict=True)):
        found = n in pairs.obligations
        if not row.doubtful:
            scores["obligation"].one(right=found)
        if found:
            where = f"[{row.section}] {text[span[0] : span[0] + 40]!r}"
            _parts(row, given[pairs.obligations[n]], scores, lambda line, at=where: say(f"{at} {line}"))  # type: ignore[misc]
        elif not row.doubtful:
            say(f"obligation missed [{row.section}]: {text[span[0] : span[0] + 60]!r}")
    for k in sorted(set(range(len(given))) - set(pairs.obligations.values())):
        scores["obligation"].extra += 1
        start, end = _place(given[k])
        say(f"obligation extra [{given[k].get('section')}]: {text[start:end][:70]!r}")


def _parts(row: GoldObligation, got: Predicted, scores: Scores, say: Say) -> None:
    wanted_implied = sorted({fold_body(b.body or b.name) for b in row.bearers if b.implied})
    if wanted_implied:
        implied = sorted({fold_body(b.get("body") or b["name"]) for b in got.get("bearers") or [] if b.get("implied")})
        if not scores["obligation bearers implied"].bag(wanted_implied, implied):
            say(f"implied bearers: gold {wanted_implied}, got {implied}")
    pairs: dict[str, tuple[list[Any], list[Any]]] = {
        "bearers": (
            [(fold(b.name), _ONE_ROLE.get(b.role, b.role)) for b in row.bearers if not b.implied],
            [_named(b) for b in got.get("bearers") or [] if not b.get("implied")],
        ),
        "counterparties": (
            [(fold(b.name), str(b.kind)) for b in row.counterparties],
            [_named(b) for b in got.get("counterparties") or [] if not b.get("implied")],
        ),
    }
    for key, (wanted, had) in pairs.items():
        if not scores[f"obligation {key}"].bag(wanted, had):
            say(f"{key}: gold {wanted}, got {had}")
    deadline = (row.deadline.kind.value, row.deadline.value) if row.deadline else (None, None)
    due = got.get("deadline") or {}
    scores["obligation deadline"].one(right=deadline == (due.get("kind"), due.get("value")))
    if deadline != (due.get("kind"), due.get("value")):
        say(f"deadline: gold {deadline}, got {due}")
    numbers = [fold(number) for number in got.get("implements") or []]
    scores["obligation implements"].bag(map(fold, row.implements), numbers)
    targets = [fold(t.get("text") if isinstance(t, Mapping) else t) for t in got.get("targets") or []]
    scores["obligation targets"].bag(map(fold, row.targets), targets)


def _named(party: Predicted) -> tuple[str, str | None]:
    return fold(party["name"]), _ONE_ROLE.get(party.get("role") or "", party.get("role") or "") or party.get("kind")


def score_folder(gold: Path, predicted: Path, texts: Path | None = None, say: Say = lambda _: None) -> Scores:
    """Score a gold file or every gold file of a folder; a record that is not there counts as empty.

    Raises:
        InvalidInputError: There is no gold file, or one has not its form, or its text is absent.
    """
    paths = sorted(gold.glob("*.json")) if gold.is_dir() else [gold]
    if not paths or not paths[0].is_file():
        raise InvalidInputError(f"no gold file in {gold}")
    scores = Scores()
    for path in paths:
        row: Annotation = read_annotation(path)
        source = (texts or path.parent) / row.file
        if not source.is_file():
            raise InvalidInputError(
                f"the text {row.file} of {path.name} is not in {source.parent}; give --texts FOLDER"
            )
        record = predicted / f"{source.stem}.json" if predicted.is_dir() else predicted
        given = json.loads(record.read_bytes()) if record.is_file() else {}
        name = path.stem
        score(annotated(source.read_text("utf-8"), row, name), given, scores, lambda line, n=name: say(f"{n}: {line}"))  # type: ignore[misc]
    return scores


def table(scores: Scores) -> str:
    """Give the tallies as lines of a table."""
    return "\n".join(
        f"{name:28} P {row['p']:.3f}  R {row['r']:.3f}  F1 {row['f1']:.3f}"
        f"  gold {row['gold']:4}  predicted {row['predicted']}"
        for name, row in scores.rows().items()
    )


def main(argv: list[str]) -> int:
    """Print the table; ``--verbose`` every difference too, ``--json`` the rows as JSON."""
    texts = Path(argv[argv.index("--texts") + 1]) if "--texts" in argv else None
    named = [Path(a) for a in argv if not a.startswith("--") and a != str(texts)]
    if len(named) != 2:
        print("usage: python -m benchmarks score GOLD PREDICTED [--texts FOLDER] [--verbose] [--json]", file=sys.stderr)
        return 2
    try:
        scores = score_folder(named[0], named[1], texts, print if "--verbose" in argv else lambda _: None)
    except InvalidInputError as error:
        print(f"score: {error.code}: {error.message}", file=sys.stderr)
        return 1
    print(json.dumps(scores.rows(), ensure_ascii=False, indent=1) if "--json" in argv else table(scores))
    return 0
