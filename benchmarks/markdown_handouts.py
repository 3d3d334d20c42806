"""Making Markdown handouts of one exercise each."""

from __future__ import annotations

from functools import partial

from jinja2 import Environment, Template

from benchmarks.load import load
from benchmarks.measure import Benchmark, Plan, Row, in_process, time_row
from stretchkit.handout import Handout
from stretchkit.library import Library
from stretchkit.render.handout import render

_TEMPLATE = """\
# {{ exercise.name }}

{{ exercise.summary }}

**{{ exercise.dosage }}**

Equipment: {{ exercise.equipment|join(", ") }}

## Set up

{{ exercise.set_up }}

## Steps

{% for step in exercise.steps %}
{{ loop.index }}. {{ step.text }} ({{ step.breath }})
{% endfor %}

## Cues

{% for cue in exercise.cues %}
- {{ cue.text }}
{% endfor %}

## You should feel

{{ exercise.feel }}

## Take care

{{ exercise.take_care }}

{% for caution in exercise.cautions %}
- {{ caution.condition }}: {{ caution.action }} {{ caution.instead }}
{% endfor %}

## Stop if

{% for sign in exercise.stop_signs %}
- {{ sign }}
{% endfor %}

## Make it easier

{{ exercise.easier }}

## Make it harder

{{ exercise.harder }}

{{ exercise.author }} {{ exercise.licence }}
"""


def _handouts(library: Library) -> list[bytes]:
    return [
        render(Handout(library.routine_of([name]), library), "markdown")
        for name in library.exercises
    ]


def _handouts_naively(library: Library, template: Template) -> list[bytes]:
    return [template.render(exercise=e).encode() for e in library.exercises.values()]


def _measure(plan: Plan) -> list[Row]:
    library = load(plan.library)
    template = Environment(autoescape=False).from_string(_TEMPLATE)  # noqa: S701 - it is Markdown
    ours = in_process(partial(_handouts, library))
    naive = in_process(partial(_handouts_naively, library, template))
    return [time_row(f"{plan.exercises:,} Markdown handouts", ours, naive, plan.runs)]


BENCHMARK = Benchmark(
    name="markdown",
    naive="one Jinja template, compiled once, puts the same fields in as they are; "
    "no wording, no escaping, no times",
    measure=_measure,
)
