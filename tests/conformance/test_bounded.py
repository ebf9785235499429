"""What a load of the SQLite store holds at once is bounded, and the answers do not depend on the bounds."""

import gc
import itertools
import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from answers import answers, differences
from factories import batch, cite
from judged import verdict

from graph.backends import sqlite, sqlite_judging, sqlite_remembered
from graph.connect import connect
from graph.store import Batch
from ontology.uncollected import uncollected


def _documents(count: int) -> Iterator[Batch]:
    """Documents of one number that disagree in days, titles and who issued them."""
    chance = random.Random(11)  # noqa: S311 - cases to be repeated, no secret
    for n in range(count):
        date = chance.choice((None, "2021", f"2021-0{chance.randint(1, 9)}-05"))
        quote = f"Kế hoạch số {chance.randint(7, 9)}/KH-UBND"
        about = chance.choice(("giữ rừng đầu nguồn", "mở lớp dạy nghề", None))
        issuer = chance.choice(("Sở Công Thương", "Sở Y tế", None))
        yield batch(
            f"/d/{n}.txt",
            f"Văn bản thứ {n}\nThực hiện {quote} của cấp trên",
            citations=[cite(quote, type="ke_hoach", number=quote[12:13], symbol="KH-UBND", date=date, issuer=issuer)],
            type="ke_hoach",
            number=str(chance.randint(7, 9)),
            symbol="KH-UBND",
            date=date,
            jurisdiction="ha-giang",
            title=about,
        )


def test_conflicts_are_counted_a_few_at_a_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite_judging, "_SOME", 2)
    with_bound, without = connect(f"sqlite:{tmp_path / 's.db'}"), connect("memory:")
    for store in (with_bound, without):
        store.write_many(_documents(60))
    conflicts = with_bound.conflicts()
    assert {"possible_same", "issuer"} <= {c.kind for c in conflicts}
    assert with_bound.status().conflicts == len(conflicts) == without.status().conflicts
    with_bound.close()


@pytest.mark.parametrize("put_off", [(), (0, 5, 6)])
def test_a_page_of_conflicts_is_that_part_of_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, put_off: tuple[int, ...]
) -> None:
    monkeypatch.setattr(sqlite_judging, "_SOME", 3)
    bounded, plain = connect(f"sqlite:{tmp_path / 's.db'}"), connect("memory:")
    for store in (bounded, plain):
        store.write_many(_documents(60))
    told = plain.conflicts()
    for n in put_off:
        for store in (bounded, plain):
            store.judge(verdict(told[n], "later"))
    whole = plain.conflicts()
    assert [c.id for c in whole if c.later] or not put_off
    assert bounded.conflicts() == whole
    for limit, offset in itertools.product((0, 1, 4, 1000), (0, 3, len(whole) - 2, len(whole), 1000)):
        page = bounded.conflicts(limit=limit, offset=offset)
        assert page == whole[offset : offset + limit]
        assert (page.total, page.start) == (len(whole), offset)
    bounded.close()


def test_what_a_writer_forgets_it_reads_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite, "MANY", 4)
    for most in ("CLUSTERS", "WORDS", "BODIES", "NAMES"):
        monkeypatch.setattr(sqlite_remembered, most, 2)
    forgetful, plain = connect(f"sqlite:{tmp_path / 's.db'}"), connect("memory:")
    for store in (forgetful, plain):
        store.write_many(_documents(40))
        store.remove("/d/7.txt")
        store.write_many(_documents(12))
    assert differences(answers(forgetful), answers(plain)) == []
    forgetful.close()


def test_long_documents_are_made_safe_in_smaller_groups(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    groups: list[int] = []
    settle = sqlite.settle

    def watched(writer: object, remembered: object) -> None:
        groups.append(1)
        settle(writer, remembered)  # type: ignore[arg-type]

    monkeypatch.setattr(sqlite, "settle", watched)
    once, often = connect(f"sqlite:{tmp_path / 'once.db'}"), connect(f"sqlite:{tmp_path / 'often.db'}")
    once.write_many(_documents(40))
    assert len(groups) == 1
    monkeypatch.setattr(sqlite, "LETTERS", 200)
    assert often.write_many(_documents(40)) == 40
    assert len(groups) > 5
    assert differences(answers(once), answers(often)) == []
    once.close()
    often.close()


def _fails_without_collection() -> None:
    with uncollected():
        assert not gc.isenabled()
        raise ValueError("hỏng")


def test_the_search_for_cycles_goes_on_after_a_write_that_failed() -> None:
    with pytest.raises(ValueError, match="hỏng"):
        _fails_without_collection()
    assert gc.isenabled()


def _busy_day() -> Iterator[Batch]:
    """Documents of one office and day under numbers far apart, now and then with a title that was there before."""
    chance = random.Random(5)  # noqa: S311 - cases to be repeated, no secret
    things = ("rừng", "núi", "sông", "biển", "đường", "cầu", "trường", "trạm", "chợ", "bến", "mương", "hồ chứa")
    titles = [" ".join(chance.sample(things, k=6)) for _ in range(34)]
    for n in range(40):
        about = titles[n] if n < len(titles) else titles[2 * (n - len(titles))]
        yield batch(
            f"/day/{n}.txt",
            f"Văn bản thứ {n} {about}",
            type="quyet_dinh",
            number=str(10 * n + 1),
            symbol="QĐ-UBND",
            date="2021-03-05",
            jurisdiction="ha-giang",
            title=about,
        )


@pytest.mark.parametrize("most", [1, 7, 100])
def test_two_numbers_of_one_document_are_found_among_all_of_a_busy_day(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    monkeypatch.setattr(sqlite, "MANY", most)
    bit_by_bit, plain = connect(f"sqlite:{tmp_path / 's.db'}"), connect("memory:")
    for store in (bit_by_bit, plain):
        store.write_many(_busy_day())
    assert {c.kind for c in bit_by_bit.conflicts()} == {"number"}
    assert differences(answers(bit_by_bit), answers(plain)) == []
    bit_by_bit.remove("/day/3.txt")
    plain.remove("/day/3.txt")
    assert differences(answers(bit_by_bit), answers(plain)) == []
    bit_by_bit.close()
