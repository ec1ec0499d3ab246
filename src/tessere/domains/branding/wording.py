"""Opening hours in French words, as a notice on a door says them."""

from collections.abc import Sequence
from datetime import time

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tessere.domains.branding.types import Closure, DayPart, Opening

_DAYS = (
    gettext_lazy("lundi"),
    gettext_lazy("mardi"),
    gettext_lazy("mercredi"),
    gettext_lazy("jeudi"),
    gettext_lazy("vendredi"),
    gettext_lazy("samedi"),
    gettext_lazy("dimanche"),
)
_SHORTEST_RUN = 3


def hours_words(opening: Sequence[Opening], closures: Sequence[Closure]) -> str:
    """One line for each set of days; the weekly exceptions are said with the days they concern."""
    lines = []
    for each in opening:
        spans = _listed(
            [_("de %s à %s") % (_clock(start), _clock(end)) for start, end in each.spans]
        )
        said = f"{_days(each.days)}, {spans}"
        exceptions = [_closed(one) for one in closures if one.day in each.days]
        if exceptions:
            said = _("%(hours)s, sauf %(exceptions)s") % {
                "hours": said,
                "exceptions": _listed(exceptions),
            }
        lines.append(said[0].upper() + said[1:])
    return "\n".join(lines)


def _days(days: Sequence[int]) -> str:
    first, last = days[0], days[-1]
    names = [str(_DAYS[day - 1]) for day in days]
    if len(days) >= _SHORTEST_RUN and last - first == len(days) - 1:
        return _("du %(first)s au %(last)s") % {"first": names[0], "last": names[-1]}
    return _listed([_("le %s") % name for name in names])


def _closed(closure: Closure) -> str:
    day = _DAYS[closure.day - 1]
    words = {
        DayPart.MORNING: _("le %s matin"),
        DayPart.AFTERNOON: _("le %s après-midi"),
        DayPart.WHOLE: _("le %s"),
    }
    return words[closure.part] % day


def _clock(moment: time) -> str:
    # Narrow spaces that do not break: a line never begins with “h”.
    hour = f"{moment.hour}\u202fh"
    return f"{hour}\u202f{moment.minute:02d}" if moment.minute else hour


def _listed(parts: Sequence[str]) -> str:
    *before, last = parts
    return (
        _("%(before)s et %(last)s") % {"before": ", ".join(before), "last": last}
        if before
        else last
    )
