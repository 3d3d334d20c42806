"""Measuring: runs that alternate with those of a naive baseline, and the rows they make."""

from __future__ import annotations

import gc
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from statistics import median
from typing import Literal, TypeAlias

from benchmarks.generate import write_library

ROOT = Path(__file__).parent.parent


class BenchmarkError(Exception):
    """A benchmark cannot run on this machine."""


@dataclass(frozen=True, slots=True)
class Sample:
    """What one run took in seconds: CPU time, child processes included, and by the clock."""

    cpu: float
    elapsed: float


Run: TypeAlias = Callable[[], Sample]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One thing measured, run by run: seconds of CPU time and by the clock, or bytes.

    The runs of `ours` and `naive` took turns, so equal places belong together.
    """

    what: str
    unit: Literal["seconds", "bytes"]
    ours: tuple[float, ...]
    naive: tuple[float, ...]
    ours_elapsed: tuple[float, ...] = ()
    naive_elapsed: tuple[float, ...] = ()

    @property
    def ratio(self) -> float:
        """How many times the baseline's cost: the median over the pairs of runs."""
        return median(ours / naive for ours, naive in zip(self.ours, self.naive, strict=True))


@dataclass(frozen=True)
class Plan:
    """How much to measure, and an empty folder to work in."""

    exercises: int
    runs: int
    scratch: Path

    @cached_property
    def library(self) -> Path:
        """The folder of the generated library, made when it is first asked for."""
        return write_library(self.scratch / "library", self.exercises)


@dataclass(frozen=True, slots=True, kw_only=True)
class Benchmark:
    """A benchmark: its name, what its baseline does, and the function that measures."""

    name: str
    naive: str
    measure: Callable[[Plan], list[Row]]


def time_row(what: str, ours: Run, naive: Run, runs: int) -> Row:
    """Measure two ways in turn, A B A B …, after one run of each that does not count."""
    ours()
    naive()
    pairs = [(ours(), naive()) for _ in range(runs)]
    return Row(
        what=what,
        unit="seconds",
        ours=tuple(mine.cpu for mine, _ in pairs),
        naive=tuple(other.cpu for _, other in pairs),
        ours_elapsed=tuple(mine.elapsed for mine, _ in pairs),
        naive_elapsed=tuple(other.elapsed for _, other in pairs),
    )


def memory_row(
    what: str, ours: Callable[[Path], object], naive: Callable[[Path], object], folder: Path
) -> Row:
    """Measure the most memory that two functions of modules need, each in a process of its own."""
    return Row(
        what=what,
        unit="bytes",
        ours=(_peak_memory(ours, folder),),
        naive=(_peak_memory(naive, folder),),
    )


def in_process(work: Callable[[], object]) -> Run:
    """Return a run that calls a function in this process."""

    def run() -> Sample:
        gc.collect()
        children, cpu, start = _children_cpu(), time.process_time(), time.perf_counter()
        made = work()
        elapsed = time.perf_counter() - start
        cpu = time.process_time() - cpu + _children_cpu() - children
        del made  # taking it apart is not part of the work
        return Sample(cpu, elapsed)

    return run


def fresh(code: str, *arguments: str) -> Run:
    """Return a run that gives code to a new Python: the whole process counts."""

    def run() -> Sample:
        cpu, start = _children_cpu(), time.perf_counter()
        _python("-c", code, *arguments)
        elapsed = time.perf_counter() - start
        return Sample(_children_cpu() - cpu, elapsed)

    return run


def _children_cpu() -> float:
    """Return the CPU seconds of every child process that has ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _peak_memory(work: Callable[[Path], object], folder: Path) -> float:
    name = f"{work.__module__}:{work.__qualname__}"
    return float(_python("-m", "benchmarks.peak", name, str(folder)))


def _python(*arguments: str) -> bytes:
    """Run a new Python in the checkout and return what it printed."""
    done = subprocess.run([sys.executable, *arguments], cwd=ROOT, check=False, capture_output=True)
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip()
        last = said.splitlines()[-1] if said else "without a word"
        raise BenchmarkError(f"a process ended with code {done.returncode}: {last}")
    return done.stdout
