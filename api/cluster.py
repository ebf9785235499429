"""Read documents on the machines of a Dask cluster; the store is written by the machine that loads."""

import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future
from contextlib import contextmanager
from functools import partial
from importlib.metadata import version
from typing import Any

from ontology.errors import ClusterError

CONNECT = 15.0  # seconds for the scheduler to answer and a worker to be there
AHEAD = 4  # files in flight for each thread of the cluster
_EXTRA = "uv sync --extra cluster (hoặc pip install 'luocdo[cluster]')"


@contextmanager
def cluster(address: str, paths: Iterable[str] = ()) -> Iterator[Executor]:
    """Give an executor that runs on the workers of a cluster.

    Workers open the files themselves, under the same absolute paths (a shared folder); only records and texts come
    back. So every worker must have this version of the program and see the paths; that is asked of each before the
    first file. A task whose worker dies is done again by another one.

    Args:
        address: Of the scheduler: ``tcp://HOST:8786``, or ``tls://…`` as Dask's own configuration sets it up.
        paths: Files and folders that every worker must see.

    Raises:
        ClusterError: Dask is not installed, no scheduler or worker answers, or a worker cannot do the work.
    """
    try:
        from distributed import Client  # noqa: PLC0415 - an extra, and slow to import
    except ImportError as error:
        raise ClusterError("chưa cài phần dùng cụm máy Dask", remedy=f"cài thêm: {_EXTRA}") from error
    try:
        client: Any = Client(address, timeout=CONNECT, set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, ValueError, TimeoutError) as error:
        raise ClusterError(
            f"không kết nối được bộ điều phối {address}",
            remedy="kiểm tra địa chỉ; ví dụ --scheduler tcp://may-chu:8786",
        ) from error
    try:
        _wait_for_workers(client, address)
        _check(client, sorted(p for p in map(os.path.abspath, paths) if os.path.exists(p)))
        yield _OnCluster(client)
    finally:
        client.close(timeout=CONNECT)


def _wait_for_workers(client: Any, address: str) -> None:
    try:
        client.wait_for_workers(1, timeout=CONNECT)
    except TimeoutError as error:
        raise ClusterError(
            f"bộ điều phối {address} chưa có máy làm việc nào", remedy=f"chạy trên mỗi máy: dask worker {address}"
        ) from error


def _check(client: Any, paths: list[str]) -> None:
    """Ask every worker what it has; a worker that lacks something would refuse good files."""
    here = version("luocdo")
    answers: dict[str, Any] = client.run(_told, paths, on_error="return")
    for worker, told in sorted(answers.items()):
        if isinstance(told, BaseException):
            raise ClusterError(
                f"máy làm việc {worker} không chạy được luocdo ({type(told).__name__})",
                remedy=f"cài luocdo {here} trên máy đó rồi chạy lại",
            )
        theirs, unseen = told
        if theirs != here:
            raise ClusterError(
                f"máy làm việc {worker} có luocdo {theirs}, máy này có {here}", remedy="cài cùng một bản trên mọi máy"
            )
        if unseen:
            raise ClusterError(
                f"máy làm việc {worker} không thấy {unseen[0]}",
                remedy="đặt văn bản ở thư mục dùng chung, có cùng đường dẫn trên mọi máy",
            )


def _told(paths: list[str]) -> tuple[str, list[str]]:
    """Run on a worker: its version of the program, and the paths that it does not see."""
    import loaders.pipeline  # noqa: F401, PLC0415 - whether it is there

    return version("luocdo"), [path for path in paths if not os.path.exists(path)]


class _OnCluster(Executor):
    """The workers of a cluster as an executor whose faults are told as ours.

    Attributes:
        window: How many files to have in flight, so that no worker waits.
    """

    def __init__(self, client: Any) -> None:
        self._executor = client.get_executor()
        self.window = max(64, AHEAD * sum(client.nthreads().values()))

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> "Future[Any]":
        """See ``concurrent.futures.Executor.submit``."""
        outer: Future[Any] = Future()
        try:
            inner = self._executor.submit(fn, *args, **kwargs)
        except (RuntimeError, OSError) as error:
            raise _lost() from error
        inner.add_done_callback(partial(_hand_on, outer))
        return outer


def _hand_on(outer: "Future[Any]", inner: "Future[Any]") -> None:
    """Give the outcome of a task, or say what became of it."""
    from distributed.scheduler import KilledWorker  # noqa: PLC0415

    if inner.cancelled():
        outer.set_exception(_lost())
        return
    error = inner.exception()
    if error is None:
        outer.set_result(inner.result())
    elif isinstance(error, KilledWorker):  # several workers died of this file: it is read apart, here
        outer.set_exception(BrokenExecutor(str(error)))
    else:
        told = ClusterError(
            f"máy làm việc báo lỗi {type(error).__name__}", remedy="kiểm tra máy làm việc rồi chạy lại lệnh này"
        )
        told.__cause__ = error
        outer.set_exception(told)


def _lost() -> ClusterError:
    return ClusterError("mất kết nối với cụm máy giữa chừng", remedy="chạy lại lệnh này để đọc tiếp phần còn lại")
