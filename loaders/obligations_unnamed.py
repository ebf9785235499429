"""Whom a duty binds that names nobody and stands under no heading: the addressees, the place visited or the issuer."""

from collections.abc import Iterator

from loaders.bodies_names import Names
from loaders.obligations_tables import phrase, table
from ontology.record import Bearer, Header
from ontology.symbols import parse_symbol
from ontology.terms import Role

_VISIT = phrase("visit")


class Unnamed:
    """The bearers of duties that name none, worked out once for a document."""

    def __init__(self, header: Header, names: Names) -> None:
        """Take the header of the document and the full names for what it writes short."""
        self._bodies = tuple(_bound(header, names))

    def bearers(self, role: Role) -> tuple[Bearer, ...]:
        """Give the bearers in a role; empty where the document leaves open whom it means."""
        return tuple(Bearer(name=name, role=role, body=body, implied=True) for name, body in self._bodies)


def only_instructs(header: Header) -> bool:
    """Whether a document orders others, so that what names nobody is still nothing for its issuer to do.

    Source:
        The kinds are data: ``instructing_kinds`` and ``instructing_party_kinds`` of ``patterns/obligations.yaml``.
    """
    rows = table("obligations.yaml")
    if header.type in rows["instructing_kinds"]:
        return True
    if header.type not in rows["instructing_party_kinds"] or not header.symbol:
        return False
    return parse_symbol(header.number, header.symbol, header.type).style == "party"


def _bound(header: Header, names: Names) -> Iterator[tuple[str, str | None]]:
    """Names and full names of those whom the document binds as a whole."""
    instructs = only_instructs(header)
    if header.addressees and (instructs or header.type in table("obligations.yaml")["letter_kinds"]):
        for addressee in header.addressees:
            yield addressee, names.full(addressee)
        return
    host = _host(header)
    if host:
        yield host, host
    elif not instructs:
        for issuer in header.issuers:
            yield issuer.name, issuer.name


def _host(header: Header) -> str | None:
    """The authority of the place that conclusions of a working visit speak to, as their title names it."""
    if header.type != "thong_bao" or not header.title:
        return None
    place = _VISIT.search(header.title.lower())
    return f"Ủy ban nhân dân {place[1]} {place[2].title()}" if place else None
