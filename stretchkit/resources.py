"""Where the bundled content, templates and fonts are, in a wheel and in a checkout alike."""

from __future__ import annotations

from pathlib import Path

from stretchkit.errors import StretchKitError


def data_dir(name: str) -> Path:
    """Return the folder `content` or `templates` that StretchKit came with.

    An installed wheel carries the folder inside the package; in a checkout (and an editable
    install of it) the folder stands beside the package.

    Raises:
        StretchKitError: if neither is there, which means that the installation is broken.
    """
    package = Path(__file__).parent
    for place in (package / name, package.parent / name):
        if place.is_dir():
            return place
    raise StretchKitError(f"the folder {name} is missing from {package}: install StretchKit again")
