"""A real cluster of Dask with two workers makes a batch, whatever happens to them."""

from __future__ import annotations

import os
import signal
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import distributed
import pytest
from batches import NOD, expected, install_renderer, people, said

from stretchkit.batch import executors
from stretchkit.batch.executors import dask
from stretchkit.batch.run import render_batch
from stretchkit.errors import StretchKitError
from stretchkit.handout import Handout

if TYPE_CHECKING:
    from conftest import MakeLibrary, Run

pytestmark = pytest.mark.xdist_group("dask")


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Start a cluster of two processes that know the renderer `said`."""
    with pytest.MonkeyPatch.context() as patch:
        install_renderer(tmp_path_factory.mktemp("cluster"), patch)
        with distributed.LocalCluster(  # type: ignore[no-untyped-call]
            n_workers=2, threads_per_worker=1, dashboard_address=None
        ) as found:
            yield found


@pytest.fixture
def small(make_library: MakeLibrary) -> Handout:
    """Return a pattern whose library has one exercise."""
    library = make_library({"exercises/nod.md": NOD})
    return Handout(library.routine_of(["nod"]), library, drawings="none")


def test_a_cluster_makes_the_files_that_this_machine_makes(cluster: Any, small: Handout) -> None:
    with dask(cluster.scheduler_address) as (executor, threads):
        assert threads == 2
        found = list(render_batch(people(12), small, executor=executor, format="html"))
    here = list(render_batch(people(12), small, format="html"))
    assert sorted(found, key=lambda result: result.row) == here


def test_when_a_worker_is_killed_nothing_is_lost_and_nothing_given_twice(
    cluster: Any, small: Handout
) -> None:
    found = []
    victim = min(worker.pid for worker in cluster.workers.values())
    with dask(cluster.scheduler_address) as (executor, _):
        for result in render_batch(people(60), small, executor=executor, format="said", ahead=8):
            found.append(result)
            if len(found) == 15:
                os.kill(victim, signal.SIGKILL)
    assert Counter(result.row for result in found) == Counter(range(1, 61))
    assert said(found) == expected(60)


def test_a_row_that_kills_its_worker_is_given_up_and_takes_no_other_with_it(
    cluster: Any, small: Handout, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster.scheduler, "allowed_failures", 0)
    rows = people(10, r4="deadly")
    with dask(cluster.scheduler_address) as (executor, _):
        found = list(render_batch(rows, small, executor=executor, format="said", ahead=6))
    assert Counter(result.row for result in found) == Counter(range(1, 11))
    assert [result.row for result in found if result.failure] == [4]


def test_the_command_works_with_a_cluster(
    cluster: Any, small: Handout, run: Run, tmp_path: Path
) -> None:
    people_csv, out = tmp_path / "people.csv", tmp_path / "out"
    people_csv.write_text("name,routine\nAda,nod\nBo,nod\n", encoding="utf-8")
    where = ("--dask", cluster.scheduler_address, "--library", small.library.folders[0])
    result = run("batch", people_csv, "-o", out, "--format", "html", "--style", "none", *where)
    assert (result.code, result.err) == (0, "")
    assert sorted(path.name for path in out.glob("*.html")) == ["Ada.html", "Bo.html"]


def test_a_cluster_that_is_not_there_or_has_another_version_is_told(
    cluster: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(executors, "SECONDS_TO_CONNECT", 0.2)
    with pytest.raises(StretchKitError, match=r"no cluster of Dask answers at tcp://127\.0"):
        dask("tcp://127.0.0.1:9").__enter__()
    with pytest.raises(StretchKitError, match="no cluster of Dask answers at nowhere at all"):
        dask("nowhere at all").__enter__()
    monkeypatch.setattr(executors, "__version__", "99")
    with pytest.raises(StretchKitError, match="and this is 99; install the same version"):
        dask(cluster.scheduler_address).__enter__()


def test_without_distributed_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(StretchKitError, match=r'pip install "stretchkit\[dask\]"'):
        dask("tcp://127.0.0.1:9").__enter__()
