"""Which machines the papers can be printed on, and what the tests of PDF stand on."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

from reports.papers.faces import SYSTEM_FOLDERS, Faces, FaceUse, faces_in
from reports.papers.pdf import Press, PrinterMissing


@cache
def faces() -> Faces:
    """Those in the folder that DUTYCLOCK_TEST_FACES names, else of the machine."""
    named = os.environ.get("DUTYCLOCK_TEST_FACES")
    return faces_in([*([Path(named)] if named else []), *SYSTEM_FOLDERS])


@cache
def press() -> Press:
    """One for all tests: it reads the faces once."""
    return Press(faces())


@cache
def not_printed() -> str | None:
    """Why no PDF can be made on this machine; None where it can."""
    if faces().missing or FaceUse.RARE not in faces().files:
        return "no PDF: the faces of papers are not here: see DUTYCLOCK_TEST_FACES"
    try:
        press()
    except PrinterMissing as missing:
        return f"no PDF: WeasyPrint does not run here: {missing}"
    return None
