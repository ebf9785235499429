"""The sample corpus: a reviewed record for each document, and the facts about identity that the corpus was made for.

``pytest tests/golden --update-golden`` writes the records anew; every line of the diff is to be reviewed by a person.
"""

from pathlib import Path

import pytest
import yaml

from loaders.pipeline import extract
from tests.golden.compact import compact

ROOT = Path(__file__).parents[2]
SAMPLES = sorted((ROOT / "examples" / "van-ban").iterdir())
RECORDS = Path(__file__).parent / "records"


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_the_record_of_a_sample_is_the_reviewed_one(path: Path, request: pytest.FixtureRequest) -> None:
    source, record = extract(path)
    found = compact(source.text, record)
    golden = RECORDS / f"{path.stem}.yaml"
    if request.config.getoption("--update-golden"):
        golden.write_text(yaml.safe_dump(found, allow_unicode=True, sort_keys=False, width=118), "utf-8")
    assert found == yaml.safe_load(golden.read_text("utf-8"))


def test_every_reviewed_record_has_its_sample() -> None:
    assert {path.stem for path in RECORDS.glob("*.yaml")} == {path.stem for path in SAMPLES}
