"""Duties out of what the SQLite store keeps of them: whole, or as outlines that are only counted and put in order."""

from typing import Any

from graph.backends.sqlite_known import Doc
from graph.backends.sqlite_packing import KeptDuty, Span, action_of, kind_of, role_of
from graph.backends.sqlite_quotes import bare_evidence, cut
from graph.results import BodyRef, PartyView
from graph.statements import Duty
from ontology.identity import duty_iri

Bearers = tuple[tuple[int, str, str | None, bool], ...]  # form, name, role, implied; see ``KeptDuty``
Others = tuple[tuple[int, str, str | None], ...]  # form, name, kind


class Parties:
    """Bearers and counterparties, each made once: thousands of duties lie upon the same few.

    Args:
        forms: Bodies by the integers of their forms.
        known: What was made already; it is added to.
    """

    def __init__(self, forms: dict[int, BodyRef], known: dict[tuple[Any, ...], PartyView]) -> None:
        self._forms = forms
        self._known = known

    def bearers(self, told: Bearers) -> tuple[PartyView, ...]:
        """Who bears a duty."""
        return tuple([self._known.get(b) or self._bearer(b) for b in told])

    def others(self, told: Others) -> tuple[PartyView, ...]:
        """The counterparties of a duty."""
        return tuple([self._known.get(c) or self._other(c) for c in told])

    def _bearer(self, told: tuple[int, str, str | None, bool]) -> PartyView:
        form, name, role, implied = told
        view = self._known[told] = PartyView(body=self._forms[form], name=name, role=role_of(role), implied=implied)
        return view

    def _other(self, told: tuple[int, str, str | None]) -> PartyView:
        form, name, kind = told
        view = self._known[told] = PartyView(body=self._forms[form], name=name, kind=kind_of(kind))
        return view


def duty_of(doc: Doc, one: KeptDuty, ordinal: int, source: tuple[str, tuple[int, ...]], parties: Parties) -> Duty:
    """A whole duty; ``source`` is the text of its document with its pages."""
    place: tuple[str, str, Span] = (doc.file, doc.sha256, (one.start, one.end, one.part))
    return Duty(
        id=duty_iri(doc.sha256, ordinal),
        ordinal=ordinal,
        section=one.section,
        action=action_of(one, source[0]),
        bearers=parties.bearers(one.bearers),
        counterparties=parties.others(one.parties),
        deadline=one.given_deadline(),
        targets=one.given_targets(),
        implements=one.implements,
        confidence=one.confidence,
        evidence=cut(source[0], source[1], *place),
    )


def outline_of(doc: Doc, one: KeptDuty, ordinal: int, parties: Parties) -> Duty:
    """A duty without its name, its action and the text of its quote."""
    return Duty(
        id="",
        ordinal=ordinal,
        section=one.section,
        action="",
        bearers=parties.bearers(one.bearers),
        counterparties=parties.others(one.parties),
        deadline=one.given_deadline() if one.deadline else None,
        targets=one.given_targets() if one.targets else (),
        implements=one.implements,
        confidence=one.confidence,
        evidence=bare_evidence(doc.file, doc.sha256, (one.start, one.end, one.part)),
    )
