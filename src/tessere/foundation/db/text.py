"""French text as people search it: without accents, without capitals."""

from typing import Any

from django.db import models
from django.db.models.functions import Concat


class Folded(models.Func):
    """A text as `folded()` of the database gives it: `Élodie` and `ELODIE` are `elodie`."""

    function = "folded"
    output_field = models.TextField()


def holds_words(column: str, words: str) -> models.Q:
    """Whether a folded column holds each of some words, in any order; `%` and `_` are letters."""
    condition = models.Q()
    for word in words.split():
        condition &= models.Q(**{f"{column}__contains": Folded(models.Value(word))})
    return condition


def folded_column(*columns: str) -> Any:
    """A generated column with the folded text of two or more others, a space between them."""
    first, *others = (models.F(column) for column in columns)
    parts = [part for column in others for part in (models.Value(" "), column)]
    return models.GeneratedField(
        expression=Folded(Concat(first, *parts)),
        output_field=models.TextField(),
        db_persist=True,
    )
