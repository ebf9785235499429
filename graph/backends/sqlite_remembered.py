"""What a writer of a SQLite store keeps in memory from one transaction to the next."""

from dataclasses import dataclass, field
from functools import cached_property

from graph.backends.sqlite_packing import hash64
from graph.resolution import Cluster, keys_of, telling_titles
from graph.statements import Body

CLUSTERS = 20_000  # of some kilobytes each
WORDS = 200_000
BODIES = 20_000
NAMES = 50_000


class Judged:
    """A cluster with what stage 2 asks of it, worked out once."""

    def __init__(self, cluster: Cluster, at: int) -> None:
        self.cluster = cluster
        self.at = at

    @cached_property
    def keys(self) -> dict[int, str]:
        """Keys of stage 2 by their hashes."""
        return {hash64(k): k for k in keys_of(self.cluster)}

    @cached_property
    def titles(self) -> list[tuple[str, list[str]]]:
        """Titles that tell something."""
        return telling_titles(self.cluster)


@dataclass
class Remembered:
    """Worthless once another process has written, or a transaction was undone; never more than so many of each.

    Attributes:
        clusters: Clusters by their integers.
        words: Integers of words.
        forms: Integers of the latest form of a body and of the body, with the form, by IRI.
        names: Integers of names that documents give a body.
    """

    clusters: dict[int, Judged] = field(default_factory=dict)
    words: dict[tuple[str, str], int] = field(default_factory=dict)
    forms: dict[str, tuple[int, int, Body]] = field(default_factory=dict)
    names: dict[tuple[int, str], int] = field(default_factory=dict)

    def make_room(self) -> None:
        """Keep memory within bounds, before a transaction: what a corpus goes on bringing is not kept for ever."""
        for kept, most in ((self.clusters, CLUSTERS), (self.words, WORDS), (self.forms, BODIES), (self.names, NAMES)):
            if len(kept) > most:
                kept.clear()
