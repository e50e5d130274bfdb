"""Style sheets and scripts: read once, named by their hash, compressed once, kept in memory.

About 60 kB in all, so memory is the simplest cache; the front serves them without a thread hop and browsers keep
them for a year.
"""

from __future__ import annotations

import gzip
import hashlib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

import brotli

MEDIA_TYPES = {
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "svg": "image/svg+xml",
    "png": "image/png",
    "webmanifest": "application/manifest+json",
}
PREFIX = "/static/"


@dataclass(frozen=True)
class Asset:
    """One file, plain and compressed. ``path`` holds the hash of its content."""

    path: str
    media_type: str
    plain: bytes
    gzip: bytes
    brotli: bytes


def _sources() -> dict[str, Traversable]:
    """Every file we serve by its bare name: our own, and htmx out of the wheel that carries it."""
    own = {f.name: f for f in (files("samenspraak.ui") / "static").iterdir() if f.is_file()}
    return own | {"htmx.js": files("django_htmx") / "static" / "django_htmx" / "htmx-2.min.js"}


@cache
def assets() -> dict[str, Asset]:
    """All assets by bare name (``samenspraak.css``)."""
    found = {}
    for name, source in _sources().items():
        plain = source.read_bytes()
        stem, _, ending = name.rpartition(".")
        found[name] = Asset(
            path=f"{PREFIX}{stem}.{hashlib.sha256(plain).hexdigest()[:12]}.{ending}",
            media_type=MEDIA_TYPES[ending],
            plain=plain,
            gzip=gzip.compress(plain, 9, mtime=0),
            brotli=brotli.compress(plain),
        )
    return found


@cache
def by_path() -> dict[str, Asset]:
    """All assets by the path they are asked for."""
    return {asset.path: asset for asset in assets().values()}


def asset_url(name: str) -> str:
    """The address of an asset; ``KeyError`` when there is none of that name."""
    return assets()[name].path
