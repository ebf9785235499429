"""Reading on a Dask cluster: a real scheduler and two workers, one of which is killed in the middle."""

import contextlib
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import BrokenExecutor, Future
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from api import cluster as module
from api.cli import app
from api.cluster import cluster
from api.loading import load
from graph.connect import connect
from ontology.errors import ClusterError

ROOT = Path(__file__).parents[2]
MANY = 30
WAIT = 120.0


def write_documents(folder: Path, count: int) -> None:
    folder.mkdir()
    for n in range(count):
        tasks = "".join(
            f"{t}. Văn phòng Sở rà soát thủ tục số {t}, báo cáo trước ngày 15/12/2023.\n\n" for t in range(30)
        )
        (folder / f"{n:02}.txt").write_text(
            f"UBND TỈNH SƠN HẢI\nSỞ CÔNG THƯƠNG\n\nSố: {n}/KH-SCT\n\nSơn Hải, ngày 05 tháng 3 năm 2023\n\nKẾ HOẠCH\n"
            f"Triển khai việc thứ {n}\n\nThực hiện Chỉ thị số 33/CT-TTg ngày 26/11/2021.\n\n{tasks}",
            "utf-8",
        )


class Machines:
    """A scheduler and workers, each a process on loopback."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._contact = folder / "scheduler.json"
        self.processes: list[subprocess.Popen[bytes]] = []
        self._start("scheduler", "--host", "127.0.0.1", "--port", "0", "--scheduler-file", str(self._contact))
        ends = time.monotonic() + WAIT
        while not self._contact.exists() or not self._contact.read_text():
            assert time.monotonic() < ends, "no scheduler"
            time.sleep(0.1)
        self.address = json.loads(self._contact.read_text())["address"]

    def _start(self, kind: str, *options: str) -> None:
        # The command of the environment: the folder of the tests is not the one that workers begin in.
        command = [str(Path(sys.executable).with_name("dask")), kind, *options, "--no-dashboard"]
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "DASK_DISTRIBUTED__COMM__TIMEOUTS__CONNECT": "60s"}
        with (self._folder / f"{len(self.processes)}.log").open("wb") as log:
            made = subprocess.Popen(command, cwd=self._folder, env=environment, stdout=log, stderr=log)
        self.processes.append(made)

    def add_worker(self) -> None:
        self._start("worker", self.address, "--nthreads", "1", "--no-nanny", "--host", "127.0.0.1")

    def stop(self) -> None:
        for one in reversed(self.processes):
            one.kill()
            one.wait()


@pytest.fixture
def machines(tmp_path: Path) -> Iterator[Machines]:
    made = Machines(tmp_path)
    try:
        made.add_worker()
        made.add_worker()
        yield made
    finally:
        made.stop()


def test_a_worker_that_is_killed_loses_no_document_and_a_scheduler_that_is_killed_is_told(
    machines: Machines, tmp_path: Path
) -> None:
    import dask
    from distributed import Client

    folder = tmp_path / "shared"
    write_documents(folder, MANY)
    here = connect("memory:")
    load(here, [folder])
    with contextlib.closing(Client(machines.address, timeout=WAIT, set_as_default=False)) as client:
        client.wait_for_workers(2, timeout=WAIT)
    store = connect(f"sqlite:{tmp_path / 'x.db'}")
    seen: list[str] = []

    def killing(_done: int, _total: int, path: str) -> None:
        seen.append(path)
        if len(seen) == 3:
            machines.processes[1].kill()

    with cluster(machines.address, [str(folder)]) as executor:
        report = load(store, [folder], killing, executor)
    assert machines.processes[1].wait() != 0
    assert (report.read, report.failed) == (MANY, ())
    assert sorted(seen) == sorted(str(p) for p in folder.iterdir())
    assert list(store.batches()) == list(here.batches())
    assert store.revision() == here.revision()

    seen.clear()
    other = connect(f"sqlite:{tmp_path / 'y.db'}")

    def stopping(_done: int, _total: int, path: str) -> None:
        seen.append(path)
        if len(seen) == 3:
            machines.processes[0].kill()

    settings = {"distributed.comm.timeouts.connect": "2s", "distributed.comm.retry.count": 0}
    with (
        dask.config.set(settings),
        pytest.raises(ClusterError, match="giữa chừng"),
        cluster(machines.address, [str(folder)]) as executor,
    ):
        load(other, [folder], stopping, executor)
    kept = list(other.batches())
    assert 3 <= len(kept) < MANY
    assert kept == [b for b in here.batches() if b.path in {k.path for k in kept}]
    assert load(other, [folder]).unchanged == len(kept)
    assert other.revision() == here.revision()
    store.close()
    other.close()


def test_a_scheduler_that_does_not_answer_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "CONNECT", 0.5)
    result = CliRunner().invoke(
        app, ["load", str(tmp_path), "--store", f"sqlite:{tmp_path / 'x.db'}", "--scheduler", "tcp://127.0.0.1:9"]
    )
    assert result.exit_code == 1
    assert result.stderr.startswith("luocdo: cluster_unavailable: không kết nối được bộ điều phối tcp://127.0.0.1:9")
    assert len(result.stderr.splitlines()) == 1


def test_without_the_extra_it_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(ClusterError, match="Dask") as told, cluster("tcp://127.0.0.1:9"):
        pass
    assert "--extra cluster" in str(told.value.details["remedy"])


class Told:
    """A client whose workers answer what they are told to."""

    def __init__(self, answer: Any) -> None:
        self._answer = answer

    def run(self, *_: Any, **__: Any) -> dict[str, Any]:
        return {"tcp://1.2.3.4:5": self._answer}


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (ModuleNotFoundError("No module named 'loaders'"), "không chạy được luocdo"),
        (("0.0.1", []), "có luocdo 0.0.1, máy này có"),
        ((module.version("luocdo"), ["/chung/a"]), "không thấy /chung/a"),
    ],
)
def test_a_worker_that_cannot_do_the_work_is_named_before_the_first_file(answer: Any, said: str) -> None:
    with pytest.raises(ClusterError, match=said) as told:
        module._check(Told(answer), ["/chung/a"])
    assert "1.2.3.4" in told.value.message
    assert told.value.details["remedy"]


def test_a_scheduler_without_workers_is_told() -> None:
    class Alone:
        def wait_for_workers(self, *_: Any, **__: Any) -> None:
            raise TimeoutError

    with pytest.raises(ClusterError, match="chưa có máy làm việc nào"):
        module._wait_for_workers(Alone(), "tcp://x:1")


def test_a_file_that_kills_workers_is_read_apart_and_other_faults_stop_the_load() -> None:
    from distributed.scheduler import KilledWorker

    class State:
        address = name = "tcp://1.2.3.4:5"

    outcomes: list[tuple[BaseException | None, type[BaseException] | None]] = [
        (KilledWorker("task", State(), 3), BrokenExecutor),
        (ImportError("no module"), ClusterError),
        (None, None),
    ]
    for error, wanted in outcomes:
        inner: Future[int] = Future()
        outer: Future[int] = Future()
        inner.add_done_callback(lambda f, outer=outer: module._hand_on(outer, f))  # type: ignore[misc]
        inner.set_exception(error) if error else inner.set_result(7)
        assert outer.exception() is None if wanted is None else isinstance(outer.exception(), wanted)
