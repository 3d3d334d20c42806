"""Work shared out among processes, with the same results in the same order as without."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

Job = TypeVar("Job")
Result = TypeVar("Result")

_WORTHWHILE = 4
"""A process takes as long to start as some jobs take; fewer for each are done right here."""


def usual_workers() -> int:
    """Return how many processes this machine can run at the same time."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def spread(
    function: Callable[[Job], Result], jobs: Sequence[Job], workers: int
) -> Iterator[Result]:
    """Yield what a function makes of each job, in their order.

    Where processes cannot be started or die, this one does the work. More than one worker needs a
    main module that does nothing when it is imported, as all of `multiprocessing` does.

    Args:
        function: a function of a module, which a new process can import.
        jobs: what it is called with, one after the other.
        workers: how many processes may work at the same time.
    """
    workers = min(workers, len(jobs) // _WORTHWHILE)
    done = 0
    if workers > 1:
        for result in _by_processes(function, jobs, workers):
            done += 1
            yield result
    for job in jobs[done:]:
        yield function(job)


def _by_processes(
    function: Callable[[Job], Result], jobs: Sequence[Job], workers: int
) -> Iterator[Result]:
    """Yield results as long as the processes live."""
    import multiprocessing  # noqa: PLC0415 - 30 ms that a warm cache saves
    from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415
    from concurrent.futures.process import BrokenProcessPool  # noqa: PLC0415

    try:
        pool = ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn"))
    except (OSError, ImportError, NotImplementedError):  # no semaphores on this system
        return
    with pool:
        try:
            futures = [pool.submit(function, job) for job in jobs]
            for future in futures:
                yield future.result()
        except (BrokenProcessPool, OSError):
            return
        finally:
            pool.shutdown(cancel_futures=True)
