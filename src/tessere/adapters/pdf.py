"""Documents for paper: a page and its style become a tagged PDF. Nothing comes from a network."""

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher


class ForeignFile(FatalURLFetchingError):
    """A document refers to something that is not among the files it was given."""


class _FolderOnly(URLFetcher):
    """Reads files of one folder, and data that the document itself holds."""

    def __init__(self, folder: Path) -> None:
        super().__init__(allowed_protocols=("data", "file"), allow_redirects=False)
        self._folder = folder.resolve()

    def fetch(self, url: str, headers: Any = None) -> Any:
        parts = urlsplit(url)
        if parts.scheme != "data":
            path = Path(unquote(parts.path)).resolve()
            own = parts.scheme == "file" and not parts.netloc and path.is_relative_to(self._folder)
            if not own:
                raise ForeignFile(url)
        return super().fetch(url, headers)


def render_pdf(*, html: str, css: str, files: Path) -> bytes:
    """An accessible PDF (PDF/UA-1) of a page; fonts and images are read from one folder.

    Errors: ForeignFile for any other address. The same page gives the same bytes.
    """
    fetcher, fonts = _FolderOnly(files), FontConfiguration()
    style = CSS(string=css, url_fetcher=fetcher, font_config=fonts)
    document = HTML(string=html, url_fetcher=fetcher)
    content = document.write_pdf(
        stylesheets=[style], font_config=fonts, pdf_variant="pdf/ua-1", pdf_identifier=None
    )
    assert isinstance(content, bytes)
    return content
