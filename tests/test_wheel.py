"""The wheel holds every data file and its command runs alone, beside folders of the same names."""

import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("ontology", "loaders", "graph", "viz", "api")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("dist")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(out)],
        cwd=ROOT, check=True, capture_output=True,
    )  # fmt: skip
    (built,) = out.glob("*.whl")
    return built


def test_wheel_holds_every_file_of_every_package(wheel: Path) -> None:
    held = set(zipfile.ZipFile(wheel).namelist())
    wanted = {
        path.relative_to(ROOT).as_posix()
        for package in PACKAGES
        for path in (ROOT / package).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert wanted - held == set()


def test_command_runs_from_the_wheel_beside_foreign_folders_of_the_same_names(wheel: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    zipfile.ZipFile(wheel).extractall(site)
    elsewhere = tmp_path / "elsewhere"
    for package in PACKAGES:
        (elsewhere / package).mkdir(parents=True)
        (elsewhere / package / "__init__.py").write_text("raise RuntimeError('foreign package imported')")
    document = elsewhere / "a.txt"
    document.write_text("Số: 12/KH-SCT\n\nSơn Hải, ngày 05 tháng 3 năm 2024\n\nKẾ HOẠCH\nThử lệnh\n", "utf-8")
    # The console script puts its own folder, not the current one, at the head of sys.path; -P does the same here.
    code = "import sys; sys.argv[0] = 'luocdo'; from api.cli import main; main()"
    dependencies = sysconfig.get_paths()["purelib"]
    run = subprocess.run(
        [sys.executable, "-P", "-S", "-c", f"import sys; sys.path[:0] = [{str(site)!r}, {dependencies!r}]; {code}",
         "extract", str(document)],
        cwd=elsewhere, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr
    assert '"KH-SCT"' in run.stdout
