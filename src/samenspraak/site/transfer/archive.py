"""The archive: the same content gives the same bytes, and nothing in it is believed before it is proven.

Nothing is compressed. Two machines may pack the same text into other bytes, and what is not packed cannot be a bomb:
it is as large as it looks.
"""

from __future__ import annotations

import hashlib
import json
import re
import stat
from collections.abc import Callable, Iterable, Mapping
from typing import IO, Any
from zipfile import ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from django.utils.translation import gettext as _

from samenspraak import __version__
from samenspraak.people.exchange import Refused

PRODUCT, FORMAT = "samenspraak", 1
MANIFEST = "manifest.json"
MOST_ENTRIES = 20_000
MOST_JSON = 64 * 1024 * 1024
MOST_MANIFEST = 4 * 1024 * 1024
MOST_FILE = 10_000_000
NAME = re.compile(r"[a-z]{1,40}\.json|files/[0-9a-f]{64}")
KEYS = {"counts", "editions", "entries", "format", "kind", "product", "version"}
LONG_AGO = (1980, 1, 1, 0, 0, 0)


def as_json(value: Any) -> bytes:
    """One way of writing JSON: keys sorted, a line for every value, UTF-8."""
    return (json.dumps(value, sort_keys=True, ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode()


def pack(target: IO[bytes], manifest: Mapping[str, Any], entries: Mapping[str, Callable[[], bytes]]) -> None:
    """Write an archive. ``manifest`` says what it is; names, sizes and hashes are added here."""
    known = {}
    with ZipFile(target, "w", ZIP_STORED) as archive:
        for name in sorted(entries):
            content = entries[name]()
            _add(archive, name, content)
            known[name] = {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
        told = {"product": PRODUCT, "format": FORMAT, "version": __version__, **manifest, "entries": known}
        _add(archive, MANIFEST, as_json(told))


def _add(archive: ZipFile, name: str, content: bytes) -> None:
    info = ZipInfo(name, LONG_AGO)
    info.create_system, info.external_attr = 3, (stat.S_IFREG | 0o600) << 16
    archive.writestr(info, content)


class Archive:
    """An archive that somebody brought; every name, size and hash in it is proven."""

    def __init__(self, source: IO[bytes]) -> None:
        self.sha256, size = _digest(source)
        try:
            self.zip = ZipFile(source)
            _check_names(self.zip.infolist(), size)
            self.manifest = _checked_manifest(parse(MANIFEST, self._read(MANIFEST, MOST_MANIFEST)))
        except (BadZipFile, EOFError, OSError, ValueError, NotImplementedError, RuntimeError, KeyError):
            raise Refused(_("This is no file of Samenspraak, or it is damaged.")) from None
        self.names = set(self.zip.namelist()) - {MANIFEST}
        if self.names != set(self.manifest["entries"]):
            raise Refused(_("The file does not hold what its list says: something is missing or was added."))

    def _read(self, name: str, most: int) -> bytes:
        info = self.zip.getinfo(name)
        if info.file_size > most:
            raise Refused(_("%(name)s is too large.") % {"name": name})
        return self.zip.read(info)

    def content(self, name: str) -> bytes:
        """The proven bytes of an entry."""
        told = self.manifest["entries"][name]
        try:
            found = self._read(name, MOST_FILE if name.startswith("files/") else MOST_JSON)
        except (BadZipFile, EOFError, OSError, NotImplementedError, RuntimeError, KeyError):
            raise Refused(_("%(name)s is damaged.") % {"name": name}) from None
        if told != {"bytes": len(found), "sha256": hashlib.sha256(found).hexdigest()}:
            raise Refused(_("%(name)s is not what its list says: it was changed or damaged.") % {"name": name})
        return found

    def rows(self, name: str) -> Any:
        """The JSON in an entry."""
        return parse(name, self.content(name))


def _digest(source: IO[bytes]) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    source.seek(0)
    while block := source.read(1024 * 1024):
        digest.update(block)
        size += len(block)
    source.seek(0)
    return digest.hexdigest(), size


def _check_names(members: list[ZipInfo], size: int) -> None:
    """Only names of ours, each once, plain files, nothing packed, and in all no more than the archive is large."""
    if len(members) > MOST_ENTRIES:
        raise Refused(_("There is too much in this file: at most %(most)s parts.") % {"most": MOST_ENTRIES})
    names = [m.filename for m in members]
    for member in members:
        if member.filename != MANIFEST and not NAME.fullmatch(member.filename):
            raise Refused(_("“%(name)s” does not belong in a file of Samenspraak.") % {"name": member.filename[:80]})
        mode = member.external_attr >> 16
        if stat.S_IFMT(mode) not in (0, stat.S_IFREG):
            raise Refused(_("“%(name)s” is not a plain file.") % {"name": member.filename})
        if member.compress_type != ZIP_STORED or member.file_size != member.compress_size or member.flag_bits & 1:
            raise Refused(_("This file was packed anew by another program. Bring it as it came out of Samenspraak."))
    if len(set(names)) != len(names):
        raise Refused(_("Something stands in this file twice."))
    if MANIFEST not in names or sum(m.file_size for m in members) > size:
        raise Refused(_("This is no file of Samenspraak, or it is damaged."))


def _checked_manifest(told: Any) -> dict[str, Any]:
    if not isinstance(told, dict) or told.get("product") != PRODUCT:
        raise Refused(_("This is no file of Samenspraak, or it is damaged."))
    if told.get("format") != FORMAT:
        raise Refused(
            _("This file was made by another version of Samenspraak (%(version)s). Bring this one up to date first.")
            % {"version": str(told.get("version"))[:20]}
        )
    is_whole = told.keys() == KEYS and isinstance(told["entries"], dict) and isinstance(told["counts"], dict)
    if not is_whole or told["kind"] not in ("organisation", "round") or not isinstance(told["editions"], list):
        raise Refused(_("This is no file of Samenspraak, or it is damaged."))
    return told


def parse(name: str, content: bytes) -> Any:
    """JSON, read strictly: no name twice in an object, no number that is none, not nested without end."""
    try:
        return json.loads(content.decode(), object_pairs_hook=_once, parse_constant=_no_number)
    except (ValueError, RecursionError):
        raise Refused(_("%(name)s cannot be read.") % {"name": name}) from None


def _once(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    listed = list(pairs)
    found = dict(listed)
    if len(found) != len(listed):
        raise ValueError("a name twice")
    return found


def _no_number(_name: str) -> Any:
    raise ValueError("no number")
