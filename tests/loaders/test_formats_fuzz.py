"""Files spoilt at random: read, or refused with a reason and a remedy; see ``benchmarks.fuzz`` for hours of it."""

import os
import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benchmarks.fuzz import fault_of, seeds, spoilt
from loaders.source import read_bytes

LONG = int(os.environ.get("LUOCDO_FUZZ_EXAMPLES", "0"))
PICTURES = (".png", ".jpg", ".tif", ".rtf")  # other programs read these: a second each
FILES = {name: data for name, data in seeds().items() if LONG or not name.endswith(PICTURES)}


@pytest.mark.usefixtures("in_this_process")
@pytest.mark.parametrize("name", FILES)
@settings(
    max_examples=LONG or 15,
    deadline=None,
    derandomize=not LONG,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(seed=st.integers(0, 1 << 32))
def test_a_spoilt_file_is_read_or_refused_with_a_remedy(name: str, seed: int) -> None:
    assert fault_of(name, spoilt(FILES[name], random.Random(seed))) == ""  # noqa: S311 - no secret


@pytest.mark.usefixtures("in_this_process")
@pytest.mark.parametrize("name", FILES)
def test_the_file_that_is_spoilt_is_good(name: str) -> None:
    assert read_bytes(FILES[name], Path(name)).text
