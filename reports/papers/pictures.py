"""First pages as pictures, by pypdfium2 where it is installed."""

from __future__ import annotations

import io

_SCALE = 1.25
"""Pixels to a point."""


def picture_of(pdf: bytes) -> bytes | None:
    """A PNG of the first page of a PDF; None where nothing on this machine draws one."""
    try:
        import pypdfium2
    except (ImportError, OSError):
        return None
    out = io.BytesIO()
    with pypdfium2.PdfDocument(pdf) as document:
        document[0].render(scale=_SCALE).to_pil().save(out, "PNG")
    return out.getvalue()
