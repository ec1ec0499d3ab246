"""The tags that pages are built with. Every argument is escaped unless it was marked safe."""

from tessere.ui.templatetags.ui import drawings, files, forms, objects, pages, words
from tessere.ui.templatetags.ui.library import register

__all__ = ["drawings", "files", "forms", "objects", "pages", "register", "words"]
