"""An invented installation to look at: two towns, sixty partners, five hundred people, one year.

Deterministic for a given day: the same names, codes, amounts and dates. Each tenant is built in one
transaction, so that an interrupted start leaves none half made.
"""

from tessere.processes.demonstration.build import PASSWORD, build_town
from tessere.processes.demonstration.script import TOWNS

__all__ = ["PASSWORD", "TOWNS", "build_town"]
