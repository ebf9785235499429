"""Accuracy against noise: every annotated text with 0 to 5 % damage, read by us and by the plain baseline."""

from benchmarks.annotations import Document
from benchmarks.corpora import BASELINE, OURS, annotated_documents, records
from benchmarks.noise import KINDS, MIXED, damaged_document
from benchmarks.score import Scores, score
from benchmarks.suspects import Told, told

RATES = (0.0, 0.005, 0.01, 0.02, 0.03, 0.05)
ONE_KIND = (0.02, 0.05)
COLUMNS = {
    "number": "header number",
    "citations": "citation",
    "relation": "citation relation",
    "duties": "obligation",
    "bearers": "obligation bearers",
    "implied": "obligation bearers implied",
    "deadline": "obligation deadline",
}
_NAMES = {MIXED: "all kinds", "stroke": "Đ as D", "accents": "lost accents", "hyphens": "lost hyphens"} | {
    "digits": "0 as O, 1 as l",
    "pages": "broken lines",
    "random": "wrong letters",
}


def measured(documents: list[Document], kind: str, rate: float, system: str = OURS) -> tuple[Scores, Told]:
    """Score a system on damaged documents, and count what it told that it did not understand."""
    bad = [damaged_document(document, kind, rate) for document in documents]
    scores, suspects = Scores(), Told()
    for document, record in zip(bad, records(bad, system), strict=True):
        pairs = score(document, record, scores)
        suspects.add(told(document, record, pairs))
    return scores, suspects


def line(label: str, scores: Scores) -> str:
    """Give a table row: F1 of each column (share right for the header, relation and deadline)."""
    return f"{label:24}" + "".join(
        f"{scores[name].f1 if column in _F1 else scores[name].recall:11.3f}" for column, name in COLUMNS.items()
    )


_F1 = {"citations", "duties", "bearers", "implied"}


def main() -> None:
    """Print the ladder, the same for each kind of damage, and the baseline beside it."""
    documents = [d for group in annotated_documents().values() for d in group if d.path is None]
    print(f"{len(documents)} documents; F1, and the share right for number, relation and deadline (of what was found)")
    print(f"{'':24}" + "".join(f"{column:>11}" for column in COLUMNS) + "   missed, told   told, of worth")
    for rate in RATES:
        scores, suspects = measured(documents, MIXED, rate)
        print(line(f"{rate:.1%} {_NAMES[MIXED]}", scores) + f"   {suspects}")
    for rate in RATES:
        print(line(f"{rate:.1%} {_NAMES[MIXED]}, plain", measured(documents, MIXED, rate, BASELINE)[0]))
    for kind in KINDS:
        for rate in ONE_KIND:
            scores, suspects = measured(documents, kind, rate)
            print(line(f"{rate:.1%} {_NAMES[kind]}", scores) + f"   {suspects}")
