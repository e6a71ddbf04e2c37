"""Pages into PDF by WeasyPrint: the same pages, the same bytes. Source: PAPERS, sections 1 to 3.

Nothing is fetched for a page but the faces that were found, whatever its template names.
"""

from __future__ import annotations

import io
import logging
import re
from dataclasses import dataclass
from html import unescape
from typing import Any

from reports.papers.faces import Faces, FaceUse, style_of

_ADDRESS = "face:"
_TAGS = re.compile(r"(<style>.*?</style>|<[^>]*>)", re.DOTALL)


class PrinterMissing(Exception):
    """WeasyPrint, or a library of the system that it needs, is not on this machine."""


@dataclass(frozen=True)
class Printed:
    """A page set: how many sheets, on which of them each marked place stands (from 0) and how far
    down in points, the characters that no face has, and what it takes to write it.
    """

    sheets: int
    places: dict[str, tuple[int, float]]
    nowhere: frozenset[str]
    document: Any

    def pdf(self) -> bytes:
        """The file."""
        out = io.BytesIO()
        self.document.write_pdf(out)
        return out.getvalue()


class Press:
    """Sets pages in faces that are read once. Raises PrinterMissing."""

    def __init__(self, faces: Faces) -> None:
        try:
            import weasyprint
            from weasyprint.text.fonts import FontConfiguration
            from weasyprint.urls import URLFetcher, URLFetcherResponse
        except (ImportError, OSError) as error:
            raise PrinterMissing(str(error)) from error
        for name in ("weasyprint", "fontTools"):
            logging.getLogger(name).setLevel(logging.CRITICAL)
        self.faces = faces

        class OnlyFaces(URLFetcher):  # type: ignore[misc]
            def fetch(self, url: str, _headers: Any = None) -> Any:
                name = url.removeprefix(_ADDRESS)
                if not url.startswith(_ADDRESS) or name not in faces.files:
                    raise ValueError(url)
                return URLFetcherResponse(url, faces.content(FaceUse(name)))

        self._fetcher = OnlyFaces()
        self._fonts = FontConfiguration()
        self._html = weasyprint.HTML
        style = style_of(list(faces.files), _ADDRESS)
        self._style = weasyprint.CSS(
            string=style, font_config=self._fonts, url_fetcher=self._fetcher
        )

    def set(self, page: str) -> Printed:
        """The page on sheets, with characters that the face of the text lacks in another one."""
        nowhere = self.faces.nowhere_in(unescape(page))
        page = self._rare_marked(page)
        html = self._html(string=page, url_fetcher=self._fetcher)
        document = html.render(font_config=self._fonts, stylesheets=[self._style])
        places = {
            name: (at, place[1] * 0.75)
            for at, sheet in enumerate(document.pages)
            for name, place in sheet.anchors.items()
        }
        return Printed(len(document.pages), places, nowhere, document)

    def _rare_marked(self, page: str) -> str:
        rare = self.faces.rare_in(unescape(page))
        if not rare or FaceUse.RARE not in self.faces.files:
            return page
        runs = re.compile(f"[{''.join(sorted(rare))}]+")
        parts = _TAGS.split(_as_they_are(page, rare))
        return "".join(
            part if at % 2 else runs.sub(r'<span class="rare">\g<0></span>', part)
            for at, part in enumerate(parts)
        )


def _as_they_are(page: str, rare: frozenset[str]) -> str:
    """The page with these characters as they are where it has them by number."""
    for one in rare:
        page = page.replace(f"&#{ord(one)};", one)
    return page
