"""What questions of identity return: conflicts with both sides and their evidence, explanations of merges."""

from graph.judgements import Identity, Judgement
from graph.results import Claim, Evidence, InstrumentRef, Result


class Clue(Result, frozen=True, kw_only=True):
    """One thing that speaks for or against two readings being one instrument.

    Attributes:
        kind: ``jurisdiction``, ``series``, ``number``, ``date``, ``title``, ``issuer``, ``counter`` or ``together``
            (one document cites both).
        speaks: From -1 (for two) to 1 (for one).
        text: What it is, in Vietnamese, for people.
    """

    kind: str
    speaks: float
    text: str


class Side(Result, frozen=True, kw_only=True):
    """One side of a conflict: the instrument that holds it now, what a judgement would speak of, where it was read.

    ``more`` says that it was read in other places, too, which are not quoted.
    """

    instrument: InstrumentRef
    identity: Identity
    evidence: tuple[Evidence, ...] = ()
    more: bool = False


class Conflict(Result, frozen=True, kw_only=True):
    """Claims on one instrument that disagree, or two instruments that may be one; listed for a person to judge.

    Attributes:
        kind: ``number``, ``date``, ``issuer``, ``weak`` (taken for one on evidence that does not suffice) or
            ``possible_same``.
        instruments: One, or the two that may be one.
        id: Equal after a reload and in every store while both sides are read as they are.
        sides: The two that a judgement would speak of.
        clues: What speaks for and against their being one.
        score: From 0 (surely two) to 1 (surely one), by the clues.
        later: The judgement that put it off; such conflicts come last.
    """

    kind: str
    instruments: tuple[InstrumentRef, ...]
    claims: tuple[Claim, ...]
    reason: str
    id: str = ""
    sides: tuple[Side, ...] = ()
    clues: tuple[Clue, ...] = ()
    score: float = 0.5
    later: Judgement | None = None


class Part(Result, frozen=True, kw_only=True):
    """What documents say of an instrument in one way: the smallest thing that a judgement can take out of a node.

    ``documents`` counts those that say it so; ``evidence`` quotes the first of them.
    """

    identity: Identity
    type: str | None = None
    number: str | None = None
    symbol: str | None = None
    date: str | None = None
    issuer: str | None = None
    title: str | None = None
    loaded: bool = False
    documents: int = 0
    evidence: tuple[Evidence, ...] = ()


class Join(Result, frozen=True, kw_only=True):
    """Why two parts (by their place in ``Explanation.parts``) are one: a rule, or the judgement named by its id."""

    a: int
    b: int
    reason: str
    judgement: str | None = None


class Explanation(Result, frozen=True, kw_only=True):
    """How an instrument came together.

    ``joins`` lead from each part to every other; ``judgements`` are those that speak of it and hold; ``more`` counts
    parts that are not shown.
    """

    instrument: InstrumentRef
    parts: tuple[Part, ...]
    joins: tuple[Join, ...] = ()
    judgements: tuple[Judgement, ...] = ()
    more: int = 0
