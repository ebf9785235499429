"""The words by which a clause is known as an order, a bare duty or a mere description, and what is read from it."""

import re
from dataclasses import dataclass
from functools import lru_cache

import msgspec

from loaders.alternation import by_first_letter
from loaders.bodies import Mention
from loaders.obligations_tables import table
from ontology.terms import Role


class Bearing(msgspec.Struct, frozen=True, gc=False):
    """One name with the role that the words after it give."""

    mention: Mention
    role: Role


class Reading(msgspec.Struct, frozen=True, gc=False):
    """What one sentence or clause says about who must act.

    Attributes:
        bearers: Named bearers in text order.
        bare: The clause begins with the verb of a duty and names nobody.
        ordered: The clause gives an order ("Giao …", "Đề nghị …").
        role: Role that a bare verb gives.
        strong: The words leave no doubt that it is a duty, even in a normative text.
    """

    bearers: tuple[Bearing, ...] = ()
    bare: bool = False
    ordered: bool = False
    role: Role = Role.PERFORMS
    strong: bool = False


@dataclass(slots=True)
class OrderWords:
    """The words of ``patterns/obligations.yaml`` by what they tell of a clause."""

    order: re.Pattern[str]
    leading_order: re.Pattern[str]
    opener: re.Pattern[str]
    not_duty: re.Pattern[str]
    noun: re.Pattern[str]
    describes: re.Pattern[str]
    adverbs: re.Pattern[str]
    roles: list[tuple[Role, re.Pattern[str]]]
    also_leads: re.Pattern[str]
    also_monitors: re.Pattern[str]
    lead_in: re.Pattern[str]
    connector: re.Pattern[str]
    strong: re.Pattern[str]


def _group(rows: dict[str, list[str]]) -> str:
    return by_first_letter(rows["patterns"])


@lru_cache(maxsize=1)
def order_words() -> OrderWords:
    """Give the words of the table, compiled."""
    rows = table("obligations.yaml")
    return OrderWords(
        order=re.compile(rf"(?:{_group(rows['orders'])})\s+(?=\w)"),
        leading_order=re.compile(f"(?:{'|'.join(rows['orders']['leads'])})(?!\\w)"),
        opener=re.compile(f"(?:{_group(rows['openers'])})(?!\\w)"),
        noun=re.compile(f"(?:{_group(rows['nouns'])})(?!\\w)"),
        not_duty=re.compile(f"(?:{_group(rows['not_duty'])})"),
        describes=re.compile(rf"\s*(?:{_group(rows['describes'])})(?!\w)"),
        adverbs=re.compile(rf"(?:\s*(?:{_group(rows['adverbs'])})(?!\w),?)+\s*"),
        roles=[(Role(r["role"]), re.compile(f"(?:{r['pattern']})(?!\\w)")) for r in rows["roles"]],
        also_leads=re.compile(rows["also_leads"]),
        also_monitors=re.compile(rows["also_monitors"]),
        lead_in=re.compile(f"(?:{_group(rows['lead_ins'])})(?!\\w)"),
        connector=re.compile(f"(?:{rows['connectors']})"),
        strong=re.compile(f"(?:{_group(rows['strong'])})(?!\\w)"),
    )
