"""Figures, as ratios within one run. Nothing here is asserted in seconds."""
