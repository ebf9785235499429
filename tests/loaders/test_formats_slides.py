"""Presentations of PowerPoint 97-2003: slides in order, as they were last saved; damage and loops are refused."""

import random
import struct
from pathlib import Path

import pytest

from loaders.formats.legacy_fonts import encode, encodings
from loaders.formats.ole import BrokenContainerError, stream_of
from loaders.source import Limits, read_bytes
from ontology.errors import UnreadableFileError

LINE = "Căn cứ Luật Tổ chức Hội đồng nhân dân ngày 26 tháng 11 năm 2003"


def record(kind: int, body: bytes, *, instance: int = 0, container: bool = False) -> bytes:
    return struct.pack("<HHL", instance << 4 | (0xF if container else 0), kind, len(body)) + body


def told(text: str) -> bytes:
    return record(0x0FA0, text.encode("utf-16-le"))


def container(stream: bytes) -> bytes:
    """Write a container of Office with one stream, in sectors of 512 bytes."""
    stream = stream.ljust(4096, b"\0")
    count = -(-len(stream) // 512)
    name = "PowerPoint Document".encode("utf-16-le")
    entry = (
        name.ljust(64, b"\0")
        + struct.pack("<HBB", len(name) + 2, 2, 1)
        + bytes(48)
        + struct.pack("<LQ", 2, len(stream))
    )
    table = [0xFFFFFFFD, 0xFFFFFFFE, *range(3, 2 + count), 0xFFFFFFFE]
    table += [0xFFFFFFFF] * (128 - len(table))
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<5H", 0x3E, 3, 0xFFFE, 9, 6) + bytes(10)
    head += struct.pack("<6L", 1, 1, 0, 4096, 0xFFFFFFFE, 0) + struct.pack("<2L", 0xFFFFFFFE, 0)
    head += struct.pack("<109L", 0, *[0xFFFFFFFF] * 108)
    head = head.ljust(512, b"\0")[:512]
    return head + struct.pack("<128L", *table) + entry.ljust(512, b"\0") + stream.ljust(count * 512, b"\0")


def presentation(*slides: tuple[str, str], old: str = "đã bỏ") -> bytes:
    """Write slides, each with a title and a box; ``old`` stands in a slide that an earlier save left behind."""
    stream = record(0x03EE, told(old), container=True)
    places = {}
    for n, (_, box) in enumerate(slides, start=2):
        places[n] = len(stream)
        stream += record(0x03EE, record(0x040C, told(box), container=True), container=True)
    outline = b"".join(record(0x03F3, struct.pack("<L", n) + bytes(16)) + told(t) for n, (t, _) in enumerate(slides, 2))
    notes = record(0x0FF0, told("ghi chú"), instance=2, container=True)
    places[1] = len(stream)
    stream += record(0x03E8, notes + record(0x0FF0, outline, container=True), container=True)
    directory = len(stream)
    stream += record(
        0x1772,
        struct.pack("<L", 1 | len(places) << 20) + b"".join(struct.pack("<L", places[k]) for k in sorted(places)),
    )
    stream += record(0x0FF5, struct.pack("<7L", 0, 0, 0, directory, 1, 9, 0))
    return container(stream)


def test_slides_are_read_in_order_and_what_was_left_behind_is_not() -> None:
    source = read_bytes(presentation(("Kế hoạch\r2025", "hộp một"), ("Tổ chức", "hộp hai\vhết")), Path("a.ppt"))
    assert source.text == "Kế hoạch\n2025\n\nhộp một\n\nTổ chức\n\nhộp hai\nhết"
    assert [source.text[at:][:3] for at in source.pages] == ["Kế ", "Tổ "]


def test_slides_in_an_old_encoding_are_turned_into_unicode() -> None:
    source = read_bytes(
        presentation((encode(LINE, encodings()["vni"]), encode(LINE, encodings()["vni"]))), Path("a.ppt")
    )
    assert source.text == f"{LINE}\n\n{LINE}"


def test_more_slides_than_pages_are_allowed_are_refused() -> None:
    with pytest.raises(UnreadableFileError):
        read_bytes(presentation(*[("a", "b")] * 4), Path("a.ppt"), Limits(pages=3))


def test_a_chain_in_a_circle_is_refused() -> None:
    data = bytearray(presentation(("a", "b")))
    struct.pack_into("<L", data, 512 + 4 * 3, 2)
    with pytest.raises(BrokenContainerError):
        stream_of(bytes(data), "PowerPoint Document")


@pytest.mark.usefixtures("in_this_process")
def test_spoilt_presentations_are_read_or_refused() -> None:
    chance = random.Random(7)  # noqa: S311 - no secret
    good = presentation(("Kế hoạch", "hộp"), ("Tổ chức", "hộp"))
    for _ in range(400):
        data = bytearray(good)
        for _ in range(chance.choice((1, 3, 9))):
            data[chance.choice((chance.randrange(8, len(data)), chance.randrange(1536, 2200)))] = chance.choice(
                (0, 1, 255)
            )
        try:
            read_bytes(bytes(data[: chance.choice((len(data), len(data), chance.randrange(len(data))))]), Path("a.ppt"))
        except UnreadableFileError as error:
            assert error.details["remedy"]  # noqa: PT017 - either outcome is right
