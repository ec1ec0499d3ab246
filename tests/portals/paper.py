"""What a tagged PDF tells a screen reader."""

import io
from collections.abc import Iterator
from typing import Any

import pypdf


def elements_of(pdf: bytes) -> Iterator[dict[str, Any]]:
    """The elements of the structure tree, in reading order."""
    root: Any = pypdf.PdfReader(io.BytesIO(pdf)).trailer["/Root"]

    def walk(node: Any) -> Iterator[dict[str, Any]]:
        node = node.get_object()
        if isinstance(node, list):
            for each in node:
                yield from walk(each)
        elif isinstance(node, dict):
            yield node
            if "/K" in node:
                yield from walk(node["/K"])

    yield from walk(root["/StructTreeRoot"])


def pictures_of(pdf: bytes) -> list[str]:
    """The alternative text of each picture, with plain spaces; nothing where it is missing."""
    found = [str(each.get("/Alt", "")) for each in elements_of(pdf) if each.get("/S") == "/Figure"]
    return [" ".join(text.split()) for text in found]
