"""The pictures of pixels of a page that WeasyPrint laid out: logos and photographs."""

from __future__ import annotations

from typing import Any

import pydyf

from stretchkit.rendering.compose.doubts import Doubt, Reason
from stretchkit.rendering.compose.parts import Image
from stretchkit.rendering.pdf_tags import object_of


def images_of(pdf: Any, resources: Any) -> tuple[Image, ...]:
    """Return the pictures among a page's resources.

    Raises:
        Doubt: if there is something else that has resources of its own.
    """
    return tuple(
        _image(pdf, name, reference) for name, reference in sorted(resources["XObject"].items())
    )


def _image(pdf: Any, name: str, reference: bytes) -> Image:
    image = object_of(pdf, reference)
    if image.extra["Subtype"] != "/Image":
        raise Doubt(Reason.PICTURE)
    found = Image(name=name, head=_head(image), data=_bytes(image))
    if "SMask" not in image.extra:
        return found
    mask = object_of(pdf, image.extra["SMask"])
    return Image(
        name=name, head=found.head, data=found.data, mask_head=_head(mask), mask=_bytes(mask)
    )


def _head(image: Any) -> bytes:
    """Return the entries of a picture's dictionary, but for its length and its mask."""
    told = {name: value for name, value in image.extra.items() if name not in ("Length", "SMask")}
    return bytes(pydyf.Dictionary(told).data)[2:-2]


def _bytes(image: Any) -> bytes:
    return b"\n".join(pydyf._to_bytes(each) for each in image.stream)
