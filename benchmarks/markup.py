"""Texts with their annotations written into them: the form in which we write the open benchmark.

A marked text is one file: the document with ``⟦c1|…⟧`` around each citation and ``⟦o1|…⟧`` around each duty (they
nest), a line ``⟦⟧``, then YAML that says what each mark means: a row a mark, columns divided by ``|``, ``-`` for none:

    instrument: {type: kế hoạch, number: "12", symbol: KH-UBND, date: 2025-11-03, place: …, issuers: […], …}
    c1: type | number | symbol | date | issuer | section | relation | subject
    c2: {title: Luật Lưu trữ, row: luật | - | - | 2024 | - | II.1 | implements | self, doubtful: true, also: [mentions]}
    o1: {in: II.1, who: ["Sở Nội vụ | leads | Sở Nội vụ tỉnh Sơn Hải", "* UBND xã Hòa Sơn | performs"],
         to: ["UBND tỉnh | reports_to"], when: before | 2025-12-15 | trước ngày 15/12/2025,
         targets: [ít nhất 95%], implements: [33/CT-TTg], doubtful: false}

A star before a bearer means that nobody is named in the duty itself (``implied``).
"""

import json
import re
import sys
from pathlib import Path
from typing import Any

import yaml

_MARK = re.compile(r"⟦(\w+)\||⟧")
_END = "\n⟦⟧\n"


def built(marked: str, name: str) -> tuple[str, dict[str, Any]]:
    """Part a marked text into the plain text and its gold, in the form of ``shared/gold``.

    Raises:
        ValueError: A mark is not closed, has no row, or a row has no mark.
    """
    body, found, rows = marked.partition(_END)
    if not found:
        raise ValueError(f"{name}: no line ⟦⟧ between text and rows")
    text, spans = _without_marks(body.rstrip("\n") + "\n", name)
    table = yaml.safe_load(rows)
    unknown = sorted({*spans} ^ {k for k in table if k != "instrument"})
    if unknown:
        raise ValueError(f"{name}: marks and rows differ: {', '.join(unknown)}")
    ordered = sorted(spans, key=lambda k: spans[k])
    return text, {
        "file": f"{name}.md",
        "corpus": "open",
        "instrument": _instrument(table["instrument"]),
        "citations": [_citation(*spans[k], table[k], f"{name}: {k}") for k in ordered if k.startswith("c")],
        "obligations": [_obligation(*spans[k], table[k], f"{name}: {k}") for k in ordered if k.startswith("o")],
    }


def _without_marks(body: str, name: str) -> tuple[str, dict[str, tuple[int, int]]]:
    plain: list[str] = []
    spans: dict[str, tuple[int, int]] = {}
    opened: list[tuple[str, int]] = []
    at = length = 0
    for mark in _MARK.finditer(body):
        plain.append(body[at : mark.start()])
        length += mark.start() - at
        at = mark.end()
        if mark[1]:
            if mark[1] in spans or mark[1] in (k for k, _ in opened):
                raise ValueError(f"{name}: mark {mark[1]} twice")
            opened.append((mark[1], length))
        elif opened:
            key, start = opened.pop()
            spans[key] = (start, length)
        else:
            raise ValueError(f"{name}: ⟧ without ⟦ at {mark.start()}")
    if opened:
        raise ValueError(f"{name}: not closed: {', '.join(k for k, _ in opened)}")
    return "".join([*plain, body[at:]]), spans


def _columns(row: str, count: int, where: str) -> list[str | None]:
    parts = [p.strip() for p in row.split("|")]
    if len(parts) != count:
        raise ValueError(f"{where}: {len(parts)} columns, {count} wanted: {row}")
    return [None if p == "-" else p for p in parts]


def _instrument(given: dict[str, Any]) -> dict[str, Any]:
    empty: dict[str, Any] = dict.fromkeys(("type", "number", "symbol", "date", "place"))
    lists: dict[str, Any] = {k: [] for k in ("issuers", "signers", "recipients", "addressees")}
    made = {**empty, **lists, "title": None, **given}
    return {**made, "date": str(made["date"]) if made["date"] else None}


def _citation(start: int, end: int, given: str | dict[str, Any], where: str) -> dict[str, Any]:
    more = {"row": given} if isinstance(given, str) else given
    kind, number, symbol, date, issuer, section, relation, subject = _columns(more["row"], 8, where)
    made = {
        "start": start, "end": end, "type": kind, "number": number, "symbol": symbol, "date": date, "issuer": issuer,
        "title": more.get("title"), "section": section, "relation": relation, "subject": subject,
    }  # fmt: skip
    if more.get("doubtful"):
        made["doubtful"] = True
    if more.get("also"):
        made["relation_also"] = more["also"]
    return made


def _obligation(start: int, end: int, given: dict[str, Any], where: str) -> dict[str, Any]:
    deadline = None
    if given.get("when"):
        kind, value, phrase = _columns(given["when"], 3, where)
        deadline = {"kind": kind, "value": value, "phrase": phrase}
    made: dict[str, Any] = {
        "start": start, "end": end, "section": str(given["in"]),
        "bearers": [_bearer(b, where) for b in given.get("who", [])],
        "counterparties": [_party(p, where) for p in given.get("to", [])],
        "deadline": deadline, "targets": given.get("targets", []),
        "implements": [str(i) for i in given.get("implements", [])],
    }  # fmt: skip
    if given.get("doubtful"):
        made["doubtful"] = True
    return made


def _party(row: str, where: str) -> dict[str, Any]:
    name, kind = _columns(row, 2, where)
    return {"name": name, "kind": kind}


def _bearer(row: str, where: str) -> dict[str, Any]:
    name, role, *body = _columns(row.removeprefix("*"), row.count("|") + 1, where)
    made: dict[str, Any] = {"name": name, "role": role, "implied": row.startswith("*")}
    if body:
        made["body"] = body[0]
    return made


def main(folder: Path) -> int:
    """Write the text and the gold of each marked text beside the folder ``marked``; give how many."""
    marked = sorted((folder / "marked").glob("*.md"))
    for path in marked:
        text, gold = built(path.read_text("utf-8"), path.stem)
        (folder / path.name).write_text(text, "utf-8")
        (folder / f"{path.stem}.json").write_text(json.dumps(gold, ensure_ascii=False, indent=1) + "\n", "utf-8")
    return len(marked)


if __name__ == "__main__":
    print(main(Path(sys.argv[1] if len(sys.argv) > 1 else "benchmarks/open")), "documents")
