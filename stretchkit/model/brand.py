"""How a clinic or a publisher signs its sheets and its site."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Brand:
    """Name, colour and contact of whoever hands the content out.

    `colour` is "#rrggbb" for headings and lines; `logo` a picture file of the library; `contact`
    lines such as an address or a telephone number.
    """

    name: str = ""
    colour: str = "#0b5d66"
    logo: str = ""
    contact: tuple[str, ...] = ()
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a library says about itself in `stretchkit.yaml`.

    `languages` starts with the language that its source files are written in. `theme` is a folder
    of templates, relative to the library; `version` is the edition of its content.
    """

    name: str = ""
    language: str = "en"
    languages: tuple[str, ...] = ("en",)
    licence: str = ""
    version: str = ""
    extends: str | None = None
    base_url: str = ""
    theme: str = ""
    brand: Brand = Brand()
