"""Where orders are carried out: here, by processes of this machine, or by a cluster of Dask."""

from __future__ import annotations

import gc
import logging
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from importlib import import_module
from typing import Any, TypeVar

from stretchkit import __version__
from stretchkit.errors import StretchKitError

T = TypeVar("T")

SECONDS_TO_CONNECT = 10


class Here(Executor):
    """Does what is submitted at once, in this thread."""

    def submit(self, function: Callable[..., T], /, *args: Any, **kwargs: Any) -> Future[T]:
        """Call the function and return its result as a future."""
        future: Future[T] = Future()
        try:
            future.set_result(function(*args, **kwargs))
        except Exception as error:  # noqa: BLE001 - a future carries whatever went wrong
            future.set_exception(error)
        return future


def processes(number: int) -> ProcessPoolExecutor:
    """Return new processes of this machine; they end with this one, whatever ends it.

    Args:
        number: how many, at least 1.
    """
    return ProcessPoolExecutor(
        number, mp_context=multiprocessing.get_context("spawn"), initializer=_start
    )


def _start() -> None:
    # Ctrl-C reaches every process of a terminal; the first one alone shall answer.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


@contextmanager
def dask(address: str) -> Iterator[tuple[Executor, int]]:
    """Connect to a cluster of Dask; yield its executor and how many tasks it runs at a time.

    Raises:
        StretchKitError: if `distributed` is not installed, nobody answers at the address, or a
            worker has no StretchKit or another version of it.
    """
    try:
        distributed: Any = import_module("distributed")
    except ImportError as error:
        raise StretchKitError(
            'distributed is not installed; run `pip install "stretchkit[dask]"`'
        ) from error
    # It writes tracebacks of its own when a connection ends; what matters is raised.
    logger = logging.getLogger("distributed")
    level = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        yield from _connected(distributed, address)
    finally:
        logger.setLevel(level)


def _connected(distributed: Any, address: str) -> Iterator[tuple[Executor, int]]:
    client = _client(distributed, address)
    if client is None:
        # A half-made client ends itself when it is collected. Within the start of another client
        # it would wait for that one for ever, so it is collected here.
        gc.collect()
        raise StretchKitError(f"no cluster of Dask answers at {address}")
    with client:
        threads = sum(client.nthreads().values())
        if not threads:
            raise StretchKitError(f"the cluster at {address} has no workers")
        _compare_versions(client)
        with client.get_executor(pure=False) as executor:
            yield executor, threads


def _client(distributed: Any, address: str) -> Any:
    try:
        return distributed.Client(address, timeout=SECONDS_TO_CONNECT, set_as_default=False)
    except (OSError, ValueError, TypeError):
        return None


def version() -> str:
    """Return the version of StretchKit where it is called."""
    return __version__


def _compare_versions(client: Any) -> None:
    """Refuse workers that would make other handouts than this machine."""
    try:
        found = client.run(version)
    except Exception as error:
        raise StretchKitError(f"a worker cannot run StretchKit: {error}") from error
    others = {worker: other for worker, other in found.items() if other != __version__}
    if others:
        worker, other = min(others.items())
        raise StretchKitError(
            f"the worker {worker} has StretchKit {other}, and this is {__version__}; install the "
            "same version everywhere"
        )
