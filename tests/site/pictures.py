"""Pictures for tests."""

from __future__ import annotations

import io
from typing import overload

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image


@overload
def png() -> bytes: ...
@overload
def png(name: str) -> SimpleUploadedFile: ...
def png(name: str = "") -> bytes | SimpleUploadedFile:
    """A small PNG; with a name, as a browser sends it."""
    target = io.BytesIO()
    Image.new("RGB", (60, 20), "#0a5c4a").save(target, "PNG")
    return SimpleUploadedFile(name, target.getvalue(), content_type="image/png") if name else target.getvalue()
