"""Names of bodies in running text."""

import time

import pytest

from loaders.bodies import head_at, read_list
from loaders.bodies_classes import is_class
from loaders.obligations_tables import table

ROWS = table("bodies.yaml")


@pytest.mark.parametrize(("text", "names"), ROWS["examples"].items())
def test_every_list_of_the_table_is_split_as_it_says(text: str, names: list[str]) -> None:
    read = read_list(text, 0, len(text))
    assert read is not None
    assert [m.name for m in read.mentions] == names


@pytest.mark.parametrize("text", ROWS["counter_examples"])
def test_no_counter_example_begins_a_name(text: str) -> None:
    assert head_at(text, 0) == -1


def test_the_range_of_a_name_is_the_name_as_written() -> None:
    text = "Giao Sở Nội vụ và Sở Tài chính chủ trì"
    read = read_list(text, 5, len(text))
    assert read is not None
    assert [text[m.start : m.end] for m in read.mentions] == ["Sở Nội vụ", "Sở Tài chính"]


def test_classes_are_told_from_bodies() -> None:
    assert [is_class(n) for n in ("các phòng, ban", "Trưởng các phòng", "Sở Y tế", "Văn phòng Sở")] == [
        True,
        True,
        False,
        False,
    ]


def test_names_that_no_mark_ends_are_not_searched_over_and_over() -> None:
    text = "Sở Tài chính Các sở " * 2000
    begun = time.process_time()
    read = read_list(text, 0, len(text))
    assert read is not None
    assert read.end == len(text)
    assert time.process_time() - begun < 5  # half a minute where every name is searched to the end of the text


def test_a_name_that_a_form_leaves_to_be_filled_in_is_nobody() -> None:
    text = "Thủ trưởng [đơn vị quản lý nhiệm vụ] chịu trách nhiệm"
    assert read_list(text, 0, len(text)) is None


def test_one_post_of_two_kinds_of_committees_is_a_class() -> None:
    assert is_class("Bí thư Tỉnh ủy, Thành ủy")
    assert not is_class("Bí thư Tỉnh ủy An Hải")
