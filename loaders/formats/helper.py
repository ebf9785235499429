"""The process that reads files for the product: one job after the other from its input, until that ends."""

import ctypes
import os
import resource
import signal
import sys
import traceback
from pathlib import Path
from typing import BinaryIO

import msgspec

from loaders.formats import readers
from loaders.formats.apart import SIZE, Job, Result
from loaders.formats.limits import OutOfTimeError
from ontology.errors import UnreadableFileError

_DEATH_OF_PARENT = 1  # PR_SET_PDEATHSIG
_NOT_FACTS = {"file", "reason", "remedy"}


def serve() -> None:
    """Read what is asked, write what was read."""
    _settle()
    jobs = sys.stdin.buffer
    answers = os.fdopen(os.dup(1), "wb")
    quiet = os.open(os.devnull, os.O_WRONLY)
    os.dup2(quiet, 1)  # what a library prints is no answer
    decoder = msgspec.msgpack.Decoder(Job)
    while size := int.from_bytes(jobs.read(SIZE), "big"):
        job = decoder.decode(jobs.read(size))
        _answer(answers, _read(job))


def _settle() -> None:
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_DEATH_OF_PARENT, signal.SIGKILL)


def _read(job: Job) -> Result:
    os.environ.update(job.environment)
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    allowed = job.limits.memory if most == resource.RLIM_INFINITY else min(job.limits.memory, most)
    resource.setrlimit(resource.RLIMIT_AS, (allowed, most))
    path = Path(os.fsdecode(job.path))
    try:
        return Result(readers.read(job.kind, job.data, path, job.limits, pictures=job.pictures))
    except UnreadableFileError as error:
        facts = {k: v for k, v in error.details.items() if k not in _NOT_FACTS and isinstance(v, str | int | float)}
        return Result(reason=str(error.details["reason"]), facts=facts)
    except (Exception, OutOfTimeError) as error:  # the boundary of the process: the product says which file it was
        frames = traceback.extract_tb(error.__traceback__)
        return Result(
            fault=type(error).__name__, trace="\n".join(f"  {f.filename}:{f.lineno} {f.name}" for f in frames)
        )
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (most, most))


def _answer(answers: BinaryIO, result: Result) -> None:
    message = msgspec.msgpack.encode(result)
    answers.write(len(message).to_bytes(SIZE, "big") + message)
    answers.flush()
