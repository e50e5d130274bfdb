"""What all tests share: a throw-away data folder, quick passwords and plain factories."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile

import django

_DATA = tempfile.mkdtemp(prefix="samenspraak-test-")
atexit.register(shutil.rmtree, _DATA, ignore_errors=True)
for _name in [n for n in os.environ if n.startswith("SAMENSPRAAK_") and n != "SAMENSPRAAK_DATABASE_URL"]:
    del os.environ[_name]
os.environ |= {"SAMENSPRAAK_MODE": "test", "SAMENSPRAAK_DATA": _DATA}

# pytest-django reads settings named in pyproject.toml before this file: then it would be the data folder of the user.
os.environ["DJANGO_SETTINGS_MODULE"] = "samenspraak.site.settings"
django.setup()
# Workers of xdist inherit the environment: with this name in it, their settings would be read before this file, with
# the data folder of whoever started them, and two workers would see each other’s files.
del os.environ["DJANGO_SETTINGS_MODULE"]

import pytest  # noqa: E402  after the settings
from django.utils import translation  # noqa: E402


@pytest.fixture(autouse=True)
def in_dutch() -> None:
    """Whoever ran before may have left another language behind on this thread."""
    translation.activate("nl")
