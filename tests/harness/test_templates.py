"""The guards on templates, each seen to fail."""

import pytest
from django.template import Context, engines
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.plugins.templates import QueryInTemplate


def _render(source: str, **context: object) -> str:
    return str(engines["django"].engine.from_string(source).render(Context(context)))


@pytest.mark.django_db
def test_a_query_while_rendering_fails() -> None:
    with pytest.raises(QueryInTemplate, match="procrastinate_jobs"):
        _render(
            "{% for job in jobs %}{{ job.id }}{% endfor %}", jobs=ProcrastinateJob.objects.all()
        )


def test_plain_values_render() -> None:
    assert _render("{{ claim.total_cents }}", claim={"total_cents": 1250}) == "1250"


def test_an_undefined_variable_fails() -> None:
    with pytest.raises(pytest.fail.Exception, match="Undefined template variable"):
        _render("{{ nothing }}")
