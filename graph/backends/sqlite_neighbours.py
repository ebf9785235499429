"""Which of the clusters that share a key matter to those that changed: the others need not be worked out again.

An office gives many numbers on one day. Whether two of its documents are one under two numbers is asked of each new
document and all others of the day; but only those with a title like its own can be the answer, and titles are read
without judging anew whole scopes of signs.
"""

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping

from graph.backends.sqlite_packing import listed, title_in
from graph.backends.sqlite_remembered import Judged
from graph.resolution import MOST_OF_A_DAY, Titles, alike, any_titles


class Neighbours:
    """Narrows the members of keys down.

    Args:
        db: Connection inside a write transaction.
        known: Clusters that are worked out already; those that matter for sure must be among them.
    """

    def __init__(self, db: sqlite3.Connection, known: Mapping[int, Judged]) -> None:
        self._db = db
        self._known = known

    def narrowed(
        self, members: Mapping[int, list[int]], sure: Mapping[int, set[int]], fresh: Mapping[int, set[int]]
    ) -> dict[int, list[int]]:
        """Members of each key that matter.

        Args:
            members: All that have the key.
            sure: Those that matter whatever their titles: changed or linked.
            fresh: Those that changed.
        """
        every = {key: self._every(key, members[key], sure[key]) for key in members}
        rest = {at for key in members if not every[key] for at in members[key] if at not in sure[key]}
        told = self._titles(rest)
        found = {}
        for key, all_ in members.items():
            mine = [self._known[at].titles for at in sorted(fresh[key]) if at in self._known]
            found[key] = [
                at
                for at in all_
                if every[key] or at in sure[key] or at not in told or any(alike(one, told[at]) for one in mine)
            ]
        return found

    def _every(self, key: int, members: list[int], sure: set[int]) -> bool:
        """Whether all members matter: a law's name is compared with all, and too many of a day are none."""
        if len(members) > MOST_OF_A_DAY:
            return True
        texts = (self._known[at].keys.get(key, "") for at in sorted(sure) if at in self._known)
        return next(texts, "law|").startswith("law|") if sure else False

    def _titles(self, clusters: Iterable[int]) -> dict[int, Titles]:
        """Titles of the instruments that clusters belong to: theirs, and maybe more."""
        sql = (
            "SELECT c.id, s.data FROM json_each(?) j CROSS JOIN cluster c ON c.id = j.value"
            " CROSS JOIN sign s ON s.node = c.node"
        )
        found: dict[int, set[str]] = defaultdict(set)
        for at, data in self._db.execute(sql, (listed(sorted(clusters)),)):
            found[at].add(title_in(data))
        return {at: any_titles(titles) for at, titles in found.items()}
