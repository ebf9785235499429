"""Names as people type them, in a store of our own small corpus."""

from pathlib import Path

import pytest

from api.loading import read_one
from api.resolving import resolve_body, resolve_instrument
from graph.connect import connect
from graph.store import Store
from ontology.errors import AmbiguousReferenceError, NotFoundError

CORPUS = Path(__file__).parent / "ask_corpus"


@pytest.fixture(scope="module")
def store() -> Store:
    opened = connect("memory:")
    opened.write_many(iter([read_one(p) for p in sorted(CORPUS.glob("*.txt"))]))
    return opened


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Kế hoạch 812", "Kế hoạch số 812/KH-UBND ngày 12/02/2024"),
        ("812/KH-UBND", "Kế hoạch số 812/KH-UBND ngày 12/02/2024"),
        ("ke hoach so 812 ngay 12/02/2024", "Kế hoạch số 812/KH-UBND ngày 12/02/2024"),
        ("ke-hoach-tinh.txt", "Kế hoạch số 812/KH-UBND ngày 12/02/2024"),
        ("ke-hoach-tinh", "Kế hoạch số 812/KH-UBND ngày 12/02/2024"),
        ("công văn của Sở Công Thương Sóc Trăng", "Công văn số 77/SCT-NL ngày 05/4/2024"),
    ],
)
def test_an_instrument_is_found_by_what_people_type(store: Store, text: str, label: str) -> None:
    assert resolve_instrument(store, text).label == label


def test_a_file_is_named_by_its_checksum_and_path_too(store: Store) -> None:
    for document in store.documents():
        for name in (document.sha256, document.path, document.file.removesuffix(".txt")):
            assert resolve_instrument(store, name) == document.instrument
    with pytest.raises(NotFoundError):
        resolve_instrument(store, "0" * 64)


@pytest.mark.parametrize("text", ["Kế hoạch", "cong van", "QĐ"])
def test_a_kind_alone_is_not_told_to_be_missing(store: Store, text: str) -> None:
    with pytest.raises(NotFoundError, match="chỉ nêu loại văn bản") as caught:
        resolve_instrument(store, text)
    assert "số" in str(caught.value.details["remedy"])


def test_files_are_looked_through_only_for_what_may_be_one(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: object, **__: object) -> None:
        raise AssertionError

    monkeypatch.setattr(store, "documents", never)
    assert resolve_instrument(store, "Kế hoạch 812").number == "812"
    assert resolve_instrument(store, "812/KH-UBND").number == "812"


def test_an_iri_means_itself(store: Store) -> None:
    ref = resolve_instrument(store, "Kế hoạch 812")
    assert resolve_instrument(store, ref.id) == ref
    with pytest.raises(NotFoundError):
        resolve_instrument(store, ref.id + "0")


@pytest.mark.parametrize(
    "text", ["Kế hoạch 813", "Kế hoạch 81", "812/QĐ-UBND", "Kế hoạch 812 của Sóc Trăng", "", "không có"]
)
def test_digits_types_and_places_are_never_guessed(store: Store, text: str) -> None:
    with pytest.raises(NotFoundError, match="không có trong các văn bản đã nạp"):
        resolve_instrument(store, text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Sở Công Thương Bến Tre", "Sở Công Thương tỉnh Bến Tre"),
        ("so cong thuong tinh soc trang", "Sở Công Thương tỉnh Sóc Trăng"),
        ("Văn phòng Sở", "Văn phòng Sở Công Thương tỉnh Bến Tre"),
        ("Ủy ban nhân dân tỉnh Bến Tre", "UBND tỉnh Bến Tre"),
    ],
)
def test_a_body_is_found_with_or_without_its_province(store: Store, text: str, name: str) -> None:
    assert resolve_body(store, text).name == name


def test_a_body_of_two_provinces_is_ambiguous_and_names_both(store: Store) -> None:
    with pytest.raises(AmbiguousReferenceError) as caught:
        resolve_body(store, "Sở Công Thương")
    assert set(caught.value.details["choices"]) == {"Sở Công Thương tỉnh Bến Tre", "Sở Công Thương tỉnh Sóc Trăng"}
    assert len(caught.value.details["ids"]) == 2


@pytest.mark.parametrize("text", ["Sở Y tế", "Sở Công Thương Trà Vinh", "", "Sở"])
def test_a_body_that_no_document_names_is_not_found(store: Store, text: str) -> None:
    with pytest.raises(NotFoundError):
        resolve_body(store, text)


def test_a_body_of_a_place_that_no_table_knows_is_found_without_it(tmp_path: Path) -> None:
    for place in ("Bình Lâm", "Sơn Hải"):
        text = (
            f"UBND TỈNH {place.upper()}\nVĂN PHÒNG\nSố: 5/KH-VP\n{place}, ngày 03 tháng 3 năm 2021\n\n"
            "KẾ HOẠCH\nTuyên truyền năm 2021\n\n"
            f"1. Văn phòng UBND tỉnh {place} báo cáo UBND tỉnh {place} trước ngày 15/11/2021.\n\n"
            f"2. Sở Y tế tỉnh {place} gửi kết quả về Văn phòng UBND tỉnh {place}.\n"
        )
        (tmp_path / f"{place}.txt").write_text(text, "utf-8")
    store = connect("memory:")
    first, second = sorted(tmp_path.glob("*.txt"))
    store.write(read_one(first))
    assert resolve_body(store, "Văn phòng UBND tỉnh").name == "Văn phòng UBND tỉnh Bình Lâm"
    store.write(read_one(second))
    with pytest.raises(AmbiguousReferenceError, match="Văn phòng UBND tỉnh Sơn Hải"):
        resolve_body(store, "Văn phòng UBND tỉnh")
    with pytest.raises(NotFoundError):
        resolve_body(store, "Văn phòng UBND huyện")
