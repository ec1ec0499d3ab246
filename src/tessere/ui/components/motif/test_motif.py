"""The motif of a number is the same everywhere and differs from the next one."""

from tessere.ui.drawing import TILE_COLOURS, motif_cells, motif_svg, motif_tone


def test_motif_of_a_known_number() -> None:
    left = [(0, 0), (0, 1), (0, 2), (1, 2), (1, 3)]
    middle = [(2, 1), (2, 2), (2, 3)]
    right = [(3, 2), (3, 3), (4, 0), (4, 1), (4, 2)]
    assert motif_cells("7M6ETZWF0") == [*left, *middle, *right]
    assert motif_tone("7M6ETZWF0") == "coral"
    assert motif_tone("GPPR4N5JJ") == "lime"


def test_motif_is_mirrored() -> None:
    cells = set(motif_cells("QCGZXZV2J"))
    assert cells == {(4 - x, y) for x, y in cells}


def test_motifs_differ() -> None:
    pictures = {motif_svg(f"NUMBER{index:03d}") for index in range(200)}
    assert len(pictures) > 195


def test_motif_is_hidden_from_readers_and_drawn_on_a_tile() -> None:
    picture = motif_svg("7M6ETZWF0")
    assert 'aria-hidden="true"' in picture
    assert TILE_COLOURS["coral"] in picture
