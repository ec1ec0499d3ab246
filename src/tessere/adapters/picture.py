"""Drawings become pictures, for what only takes pictures: the icon of a home screen."""

import resvg_py


def png_of(drawing: str, *, side_px: int) -> bytes:
    """A square SVG drawing as a PNG. Nothing is read from a disk or a network for it."""
    return resvg_py.svg_to_bytes(
        svg_string=drawing, width=side_px, height=side_px, skip_system_fonts=True
    )
