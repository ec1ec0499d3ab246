"""Progress in tiles tells the share by shape."""

import pytest

from tessere.ui.drawing import tiles_svg


@pytest.mark.parametrize(
    ("part", "whole", "full", "empty"),
    [(0, 6000, 0, 12), (6000, 6000, 12, 0), (3300, 6000, 7, 6), (1, 6000, 0, 12), (9, 0, 0, 12)],
)
def test_full_part_and_empty_tiles(part: int, whole: int, full: int, empty: int) -> None:
    drawing = tiles_svg(part, whole)
    assert drawing.count('class="t1"') == full
    assert drawing.count('class="t0"') == empty


def test_a_part_is_never_drawn_beyond_its_tile() -> None:
    assert 'width="8.7"' in tiles_svg(3300, 6000)
    assert tiles_svg(9000, 6000) == tiles_svg(6000, 6000)
