"""Programs of the machine that readers call: found once, kept from the network, stopped with all their children."""

import contextlib
import os
import shutil
import signal
import subprocess
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

_MEGABYTE = 1024 * 1024


class ProgramFailedError(Exception):
    """A program ended badly, was stopped, or is not there; the caller turns this into an error about the file."""


@cache
def program(*names: str, variable: str) -> str | None:
    """Find a program by the environment variable that names it, else by its usual names; None where it is absent."""
    wanted = os.environ.get(variable)
    if wanted is not None:
        return wanted if os.access(wanted, os.X_OK) else None
    return next((found for found in map(shutil.which, names) if found), None)


def run(
    command: Sequence[str],
    *,
    folder: Path,
    seconds: float,
    max_bytes: int,
    data: bytes | None = None,
    variables: Mapping[str, str] | None = None,
) -> bytes:
    """Run a program without network, its files bounded, and stop it and its children after some seconds.

    Args:
        command: The program and its arguments.
        folder: Where it works and has its home.
        seconds: How long it may run.
        max_bytes: The largest file that it may write.
        data: What it reads from its input.
        variables: Further environment variables.

    Returns:
        What it wrote to its output.

    Raises:
        ProgramFailedError: It ended with an error or took too long.
    """
    environment = {"PATH": os.environ.get("PATH", os.defpath), "HOME": str(folder), "TMPDIR": str(folder)}
    environment |= {"LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", **(variables or {})}
    bounded = ["/bin/sh", "-c", f'ulimit -c 0; ulimit -f {max_bytes // 512 + 1}; exec "$@"', "sh"]
    process = subprocess.Popen(  # noqa: S603 - the command is ours; names of files are fixed ones in the folder
        [*offline(), *bounded, *command],
        cwd=folder,
        env=environment,
        stdin=subprocess.PIPE if data is not None else subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        output, _ = process.communicate(data, timeout=max(seconds, 0.01))
    except subprocess.TimeoutExpired as exc:
        raise ProgramFailedError("too slow") from exc
    except OSError as exc:
        raise ProgramFailedError(str(exc)) from exc
    finally:
        _stop(process)
    if process.returncode != 0:
        raise ProgramFailedError(f"exit {process.returncode}")
    return output


def _stop(process: subprocess.Popen[bytes]) -> None:
    """End what is left of the session of a program, and take in its end."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    for stream in (process.stdin, process.stdout):
        if stream is not None:
            with contextlib.suppress(BrokenPipeError):
                stream.close()


@cache
def offline() -> tuple[str, ...]:
    """A prefix that cuts a program off from the network, where the system lets us."""
    unshare = shutil.which("unshare")
    if unshare is None:
        return ()
    prefix = (unshare, "-n") if os.geteuid() == 0 else (unshare, "-rn")
    tried = subprocess.run([*prefix, "true"], capture_output=True, check=False, timeout=10)  # noqa: S603 - our own words
    return prefix if tried.returncode == 0 else ()
