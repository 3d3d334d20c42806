"""The most memory that one function needs, in a process that does nothing else.

python -m benchmarks.peak MODULE:FUNCTION FOLDER
"""

from __future__ import annotations

import re
import resource
import sys
from importlib import import_module
from pathlib import Path

_STATUS = Path("/proc/self/status")


def peak() -> int:
    """Return the most bytes of memory that this process has held.

    On Linux `ru_maxrss` of a new process starts at what its parent holds, which may be more than
    this one ever needs; the kernel's own high-water mark does not.
    """
    if _STATUS.is_file():
        found = re.search(r"^VmHWM:\s*(\d+) kB", _STATUS.read_text(encoding="utf-8"), re.MULTILINE)
        if found:
            return int(found[1]) * 1024
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit


def main(name: str, folder: str) -> None:
    """Call a function with a folder and print the peak while its result is still there."""
    module, _, function = name.partition(":")
    made = getattr(import_module(module), function)(Path(folder))
    print(peak())
    del made


if __name__ == "__main__":
    main(*sys.argv[1:])
