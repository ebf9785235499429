"""Check gold files against their texts: ``python -m benchmarks.check_gold FOLDER [TEXTS] [--also ../shared]``.

Every place must lie in the text, every word of an annotation must be printed there, every value must be one of its
list. With ``--also FOLDER`` no sentence of the texts may stand in a document of that folder (our benchmark is our own
writing).
"""

import re
import sys
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path

from benchmarks.annotations import (
    Annotation,
    Document,
    GoldCitation,
    GoldDeadline,
    GoldObligation,
    Span,
    annotated,
    read_annotation,
)
from ontology.errors import InvalidInputError
from ontology.kinds import kind_of_word
from ontology.terms import DeadlineKind
from ontology.vietnamese import fold

_DAY = r"\d{4}(-\d{2}(-\d{2})?)?"
_VALUES = {
    DeadlineKind.BEFORE: re.compile(_DAY),
    DeadlineKind.BY: re.compile(_DAY),
    DeadlineKind.INTERVAL: re.compile(rf"{_DAY}(/{_DAY})?"),
    DeadlineKind.RECURRING: re.compile(r"P\d+[DWMY](,P\d+[DWMY])*"),
    DeadlineKind.CONTINUOUS: re.compile(rf"{_DAY}(/{_DAY})?"),
}
_MAY_BE_EMPTY = {DeadlineKind.RECURRING, DeadlineKind.CONTINUOUS, DeadlineKind.EVENT, DeadlineKind.UNSPECIFIED}
_EDGES = " \t\n\r.,;:"
_SENTENCE_END = re.compile(r"[.;:!?]\s+|\n+|\||\bsố:? \d\S*")  # a number of an instrument ends a run of own words
# Set phrases and legal bases are the same words in every document: nobody wrote them.
_COMMON = re.compile(
    r"\W*(?:căn cứ|cộng hòa|độc lập|đảng cộng sản|ủy ban nhân dân|nơi nhận|xét đề nghị|các bộ trưởng, thủ trưởng|"
    r"cục kiểm tra|ý kiến thảo luận của đại biểu|giao ủy ban nhân dân tỉnh tổ chức)",
    re.IGNORECASE,
)
_SENTENCE, _RUN = 14, 20  # words; names of bodies alone fill sixteen


def problems(document: Document) -> list[str]:
    """Say everything that is wrong with an annotated document; an empty list is a good one."""
    words = set(fold(document.text).split()) | {"ve", "viec"}  # V/v is written out
    found = list(_header(document, words))
    for row, span in zip(document.gold.citations, document.citations, strict=True):
        found += [f"citation {_show(document, span)}: {why}" for why in _citation(document, row, span)]
    for duty, span in zip(document.gold.obligations, document.obligations, strict=True):
        found += [f"duty {_show(document, span)}: {why}" for why in _duty(document, duty, span, words)]
    found += _order(document)
    return found


def _show(document: Document, span: Span) -> str:
    return f"[{span[0]}:{span[1]}] {document.text[span[0] : span[1]][:50]!r}"


def _header(document: Document, words: set[str]) -> Iterator[str]:
    head = document.gold.instrument
    if head.type is not None and not _is_kind(head.type):
        yield f"header type is no known kind: {head.type!r}"
    if head.date is not None and not _is_day(head.date):
        yield f"header date is not yyyy, yyyy-mm or yyyy-mm-dd: {head.date!r}"
    printed = [("number", head.number), ("symbol", head.symbol), ("place", head.place), ("title", head.title)]
    printed += [("signer", person.name) for person in head.signers]
    printed += [("recipient", name) for name in head.recipients]
    printed += [("addressee", name) for name in head.addressees]
    for label, value in printed:
        if value is not None and (missing := _missing(value, words)):
            yield f"header {label} {value!r}: not printed: {', '.join(missing)}"
    if not head.issuers:
        yield "header issuers: none"


def _citation(document: Document, row: GoldCitation, span: Span) -> Iterator[str]:
    text = document.text
    yield from _place(text, span)
    quote = _tight(text[span[0] : span[1]])
    if row.type is not None and not _is_kind(row.type):
        yield f"type is no known kind: {row.type!r}"
    if row.number is not None and _tight(row.number) not in quote:
        yield f"number {row.number!r} is not in the quote"
    if row.symbol is not None and _tight(row.symbol) not in _tight(text):
        yield f"symbol {row.symbol!r} is not in the text"
    if row.number is None and not row.title and row.symbol is None and row.type is None:
        yield "nothing says which instrument it is"
    if row.title is not None and _tight(row.title) not in _tight(text):
        yield f"title {row.title!r} is not in the text"
    if row.issuer is not None and _tight(row.issuer) not in _tight(text):
        yield f"issuer {row.issuer!r} is not in the text as written"
    if row.date is not None and not _is_day(row.date):
        yield f"date is not yyyy, yyyy-mm or yyyy-mm-dd: {row.date!r}"
    elif row.date is not None and not _is_printed(row.date, text):
        yield f"date {row.date!r} is not printed"
    known = {_tight(f"{c.number}{c.symbol or ''}") for c in document.gold.citations if c.number}
    if row.subject[:1].isdigit() and _tight(row.subject) not in known:
        yield f"subject {row.subject!r} is no citation of this document"


def _duty(document: Document, row: GoldObligation, span: Span, words: set[str]) -> Iterator[str]:
    text = document.text
    yield from _place(text, span)
    inside = " ".join(text[span[0] : span[1]].split())
    for bearer in row.bearers:
        if not bearer.implied and (missing := _missing(bearer.name, words)):
            yield f"bearer {bearer.name!r}: not printed: {', '.join(missing)}"
    if len({(fold(b.name), b.role) for b in row.bearers}) < len(row.bearers):
        yield "the same bearer twice"
    for other in row.counterparties:
        if missing := _missing(other.name, words):
            yield f"counterparty {other.name!r}: not printed: {', '.join(missing)}"
    yield from (f"target {t!r} is not in the duty" for t in row.targets if " ".join(t.split()) not in inside)
    for number in row.implements:
        if _tight(re.split(r"[/-]", number)[0]) not in _tight(text):
            yield f"implements {number!r}: the number is not in the text"
    if row.deadline is not None:
        yield from _deadline(row.deadline, text)


def _deadline(deadline: GoldDeadline, text: str) -> Iterator[str]:
    if deadline.value is None:
        if deadline.kind not in _MAY_BE_EMPTY:
            yield f"deadline {deadline.kind}: a value is needed"
    elif deadline.kind not in _VALUES:
        yield f"deadline {deadline.kind}: has no value, got {deadline.value!r}"
    elif not _VALUES[deadline.kind].fullmatch(deadline.value):
        yield f"deadline {deadline.kind}: value {deadline.value!r} has not its form"
    elif deadline.kind is not DeadlineKind.RECURRING:
        ends = deadline.value.split("/")
        if not all(map(_is_day, ends)) or ends != sorted(ends):
            yield f"deadline {deadline.kind}: {deadline.value!r} are no days in order"
    if _tight(deadline.phrase) not in _tight(text):
        yield f"deadline phrase {deadline.phrase!r} is not in the text"


def _place(text: str, span: Span) -> Iterator[str]:
    start, end = span
    if not 0 <= start < end <= len(text):
        yield f"place outside of the text ({len(text)} code points)"
    elif text[start] in _EDGES or text[end - 1] in _EDGES:
        yield "begins or ends with a space or a mark"
    elif (start and text[start - 1].isalnum() and text[start].isalnum()) or (
        text[end - 1].isalnum() and text[end : end + 1].isalnum()
    ):
        yield "cuts a word"


def _order(document: Document) -> Iterator[str]:
    for label, spans in (("citations", document.citations), ("duties", document.obligations)):
        for one, two in pairwise(spans):
            if two[0] < one[0]:
                yield f"{label} out of the order of the text: {_show(document, two)} behind {_show(document, one)}"
            if two == one:
                yield f"{label}: the same place twice: {_show(document, one)}"
            elif label == "duties" and two[0] < one[1]:
                yield f"duties overlap: {_show(document, one)} and {_show(document, two)}"


def _is_kind(type_: str) -> bool:
    found = kind_of_word(type_)
    return found is not None and fold(found.vi) == fold(type_)


def _is_day(value: str) -> bool:
    if not re.fullmatch(_DAY, value):
        return False
    try:
        date.fromisoformat((value + "-01-01")[:10])
    except ValueError:
        return False
    return True


def _is_printed(value: str, text: str) -> bool:
    year, *rest = value.split("-")
    if not re.search(rf"(?<!\d){year}(?!\d)", text):
        return False
    if len(rest) < 2:
        return not rest or re.search(rf"(?<!\d)0?{int(rest[0])}(?!\d)", text) is not None
    month, day = int(rest[0]), int(rest[1])
    between = r"\s*(?:/|-|\.|tháng)\s*"
    return re.search(rf"(?<!\d)0?{day}{between}0?{month}(?!\d)", text) is not None


def _missing(value: str, words: set[str]) -> list[str]:
    return [word for word in fold(value).split() if word not in words]


def _tight(text: str) -> str:
    return fold(text).replace(" ", "")


def shared_words(text: str, foreign: "Foreign") -> list[str]:
    """Give the sentences (from fourteen words) and runs of twenty words that also stand in foreign documents."""
    found = []
    for sentence in _sentences(text):
        words = sentence.split()
        if len(words) >= _SENTENCE and hash(sentence) in foreign.sentences:
            found.append(sentence)
        else:
            runs = (" ".join(words[n : n + _RUN]) for n in range(len(words) - _RUN + 1))
            found += [run for run in runs if hash(run) in foreign.runs][:1]
    return found


class Foreign:
    """The sentences of documents that are not ours, as hashes."""

    def __init__(self, texts: Iterator[str]) -> None:
        self.sentences: set[int] = set()
        self.runs: set[int] = set()
        for text in texts:
            for sentence in _sentences(text):
                words = sentence.split()
                if len(words) >= _SENTENCE:
                    self.sentences.add(hash(sentence))
                self.runs.update(hash(" ".join(words[n : n + _RUN])) for n in range(len(words) - _RUN + 1))


def _sentences(text: str) -> Iterator[str]:
    for part in _SENTENCE_END.split(text):
        if not _COMMON.match(part):
            yield fold(part)


def foreign_documents(folder: Path) -> Foreign:
    """Read every text under a folder (``.txt``, ``.md``)."""
    paths = [p for p in sorted(folder.rglob("*")) if p.suffix in {".txt", ".md"}]
    return Foreign(path.read_text("utf-8", errors="replace") for path in paths)


def check(gold: Path, texts: Path) -> tuple[str, list[str]]:
    """Check one gold file; gives its text (empty where there is none) and what is wrong."""
    try:
        row: Annotation = read_annotation(gold)
        path = texts / row.file
        if not path.is_file():
            return "", [f"{row.file} is not in {texts}"]
        text = path.read_text("utf-8")
        return text, problems(annotated(text, row, gold.stem))
    except InvalidInputError as error:
        return "", [error.message]


def main(argv: list[str]) -> int:
    """Print what is wrong with the gold files of a folder; 1 where anything is."""
    also = Path(argv[argv.index("--also") + 1]) if "--also" in argv else None
    folders = [Path(a) for a in argv if not a.startswith("--") and a != str(also)]
    gold, texts = folders[0], folders[-1]
    paths = sorted(gold.glob("*.json")) if gold.is_dir() else [gold]
    texts = texts if texts.is_dir() else texts.parent
    foreign = foreign_documents(also) if also else None
    bad = 0
    for path in paths:
        text, found = check(path, texts)
        if foreign is not None:
            found += [f"stands in a foreign document too: {sentence!r}" for sentence in shared_words(text, foreign)]
        bad += bool(found)
        for line in found:
            print(f"{path.name}: {line}")
    print(f"{len(paths)} gold files, {bad} with problems")
    return int(bad > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
