from datetime import datetime

from tessere.domains.notifications.models import SeenMark
from tessere.foundation.use_case import reading


@reading
def seen_until(*, user_id: int, topic: str) -> datetime | None:
    """Up to when a person has seen what happened about a topic; None for nothing yet."""
    marks = SeenMark.objects.filter(user_id=user_id, topic=topic)
    return marks.values_list("seen_until", flat=True).first()
