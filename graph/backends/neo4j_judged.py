"""Which signs of a Neo4j store bear the forms that judgements speak of, and which blocks a judgement reaches."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any

import msgspec
from neo4j import ManagedTransaction

from graph.backends.neo4j_base import Row, all_rows, statements
from graph.backends.neo4j_packing import SIGN
from graph.identities import document_of_form, forms_of, sign_of_form
from graph.judgements import Judgement, standing
from graph.resolution import block_of
from graph.rulings import Rulings, key_of
from graph.statements import Sign

_RECORD = msgspec.json.Decoder(Judgement)
Ask = Callable[..., list[Row]]  # runs a statement of ``judging.cypher`` by its name


def asking(tx: ManagedTransaction) -> Ask:
    """Run statements of ``judging.cypher`` in a transaction."""

    def ask(name: str, **values: Any) -> list[Row]:
        return all_rows(tx, statements("judging")[name], **values)

    return ask


class JudgedForms:
    """The records of a store and the signs that they reach; almost nothing where there are no records.

    Args:
        ask: Runs the statements, for writing inside a writing transaction.
    """

    def __init__(self, ask: Ask) -> None:
        self._ask = ask
        self.records = [_RECORD.decode(row["data"]) for row in ask("records")]
        self.keys: set[str] = set()  # of links that may have changed
        self._forms: dict[str, set[int]] = {}  # form -> places of the records that speak of it
        for n, record in enumerate(self.records):
            for side in record.sides:
                for form in side.forms:
                    self._forms.setdefault(form, set()).add(n)

    def add(self, records: list[Judgement]) -> set[str]:
        """Keep records, find who bears their forms, and give the blocks that they reach."""
        rows = [{"id": r.id, "data": msgspec.json.encode(r).decode()} for r in records]
        self._ask("put_records", records=rows)
        known = {r.id: r for r in (*self.records, *records)}
        spoken = [known.get(r.undoes or "", r) for r in records]
        borne = {
            (form, sign.id): sign
            for record in spoken
            for side in record.sides
            for form in side.forms
            for sign in self.bearing(form)
        }
        if borne:
            self._ask("put_index", rows=[{"form": form, "id": id_} for form, id_ in sorted(borne)])
        return {block_of(sign) for sign in borne.values()}

    def bearing(self, form: str) -> list[Sign]:
        """Signs that bear any form, judged or not; all signs must have their instruments."""
        exact, document = sign_of_form(form), document_of_form(form)
        if exact is not None:
            rows = self._ask("by_id", id=exact)
        elif document is not None:
            rows = self._ask("by_document", sha=document)
        else:
            rows = self._ask("by_instrument", iri=form)
        signs = {sign.id: sign for sign in (SIGN.decode(row["data"]) for row in rows)}
        return [signs[i] for i in sorted(signs) if form in forms_of(signs[i])]

    def widen(self, blocks: Iterable[str], signs_of: Callable[[Iterable[str]], Mapping[str, Sign | None]]) -> set[str]:
        """Bring the index of judged forms up to date for some blocks, and give all that judgements tie to them.

        A judgement that reaches a block may join or part what lies in another one; so the other is judged anew with it.

        Args:
            blocks: Names of blocks.
            signs_of: Gives the signs of some blocks by their ids, None for those that no document uses.
        """
        if not self._forms:
            return set()
        seen: set[str] = set()
        todo, reached = set(blocks), set[int]()
        while todo:
            seen |= todo
            forms = self._index(signs_of(sorted(todo)))
            spoken: set[str] = set()
            while forms:  # also through sides that no loaded sign bears
                fresh = {n for form in forms for n in self._forms.get(form, ())} - reached
                reached |= fresh
                forms = {f for n in fresh for side in self.records[n].sides for f in side.forms} - spoken
                spoken |= forms
            todo = {block_of(sign) for _, sign in self._borne(spoken)} - seen
        self.keys |= {key_of(self.records[n]) for n in reached}
        return seen

    def _index(self, signs: Mapping[str, Sign | None]) -> set[str]:
        """Index some signs; gives the judged forms that they bore or bear."""
        old = {(row["form"], row["id"]) for row in self._ask("index", ids=sorted(signs))}
        new = {
            (form, id_)
            for id_, sign in signs.items()
            if sign is not None
            for form in forms_of(sign)
            if form in self._forms
        }
        for name, pairs in (("drop_index", old - new), ("put_index", new - old)):
            if pairs:
                self._ask(name, rows=[{"form": form, "id": id_} for form, id_ in sorted(pairs)])
        return {form for form, _ in old | new}

    def _borne(self, forms: Iterable[str]) -> list[tuple[str, Sign]]:
        return [(row["form"], SIGN.decode(row["data"])) for row in self._ask("borne", forms=sorted(forms))]

    def rulings(self) -> Rulings:
        """The standing judgements, applied to the signs in the index."""
        if not self.records:
            return Rulings()
        bearers: dict[str, list[Sign]] = {}
        for form, sign in self._borne(self._forms):
            bearers.setdefault(form, []).append(sign)
        return Rulings(standing(self.records), partial(_given, bearers))


def _given(bearers: Mapping[str, list[Sign]], form: str) -> list[Sign]:
    return bearers.get(form, [])
