"""The pages of the guide site, filled from a library: one function a page."""

from __future__ import annotations

from stretchkit.library import Library
from stretchkit.locales import catalogue, label, listing
from stretchkit.model.exercise import Exercise
from stretchkit.model.guide import Guide
from stretchkit.model.routine import Prescription, Programme, Routine
from stretchkit.model.vocabulary import REGION_GROUPS, Region, RegionGroup, group_of
from stretchkit.timing import duration
from stretchkit.views.drawings import Draw, drawings_view, main_drawing, mistake_drawings
from stretchkit.views.exercise import (
    Link,
    exercise_link,
    exercise_view,
    person_name,
    review_words,
)
from stretchkit.views.handout import equipment_words
from stretchkit.views.pages import (
    Card,
    EntryView,
    ExercisePage,
    GatheredCaution,
    GlossaryPage,
    Group,
    GuidePage,
    HomePage,
    ListPage,
    PassageView,
    PersonView,
    PhaseView,
    ProgrammePage,
    RoutinePage,
    SeriesView,
    TermView,
    VideoView,
)
from stretchkit.wording import dosage_words, duration_words, frequency_words

_SMALL = 0.6
"""How large the drawings of a list are."""


def home_page(library: Library) -> HomePage:
    """Return what the front page shows."""
    return HomePage(
        guides=tuple(guide_card(guide, library) for guide in _guides_in_order(library)),
        routines=tuple(routine_card(routine, library) for routine in library.routines.values()),
        programmes=tuple(programme_card(p, library) for p in library.programmes.values()),
        regions=region_groups(library),
        exercise_count=len(library.exercises),
    )


def _guides_in_order(library: Library) -> list[Guide]:
    """Return the guides of each series in its order, then those of none by name."""
    ordered = [name for series in library.series.values() for name in series.guides]
    names = dict.fromkeys([*ordered, *library.guides])
    return [library.guides[name] for name in names if name in library.guides]


def region_groups(library: Library, draw: Draw | None = None) -> tuple[Group, ...]:
    """Return the exercises by part of the body; one that is for two parts stands in both."""
    found = []
    for group, regions in REGION_GROUPS.items():
        exercises = [e for e in library.exercises.values() if set(e.regions) & set(regions)]
        if exercises:
            cards = tuple(exercise_card(exercise, library, draw) for exercise in exercises)
            title = label(group, library.language)
            found.append(Group(id=region_page_id(group), title=title, cards=cards))
    return tuple(found)


def exercises_page(library: Library, draw: Draw | None = None) -> ListPage:
    """Return the list of every exercise, by part of the body."""
    title = catalogue(library.language).gettext("Exercises")
    return ListPage(title=title, groups=region_groups(library, draw))


def region_page(group: Group, library: Library) -> ListPage:
    """Return the list of the exercises for one part of the body, by position."""
    cards: dict[str, list[Card]] = {}
    for card in group.cards:
        position = label(library.exercises[card.link.id].position, library.language)
        cards.setdefault(position, []).append(card)
    groups = tuple(
        Group(id=f"position-{number}", title=position, cards=tuple(found))
        for number, (position, found) in enumerate(cards.items(), start=1)
    )
    return ListPage(title=group.title, groups=groups)


def routines_page(library: Library) -> ListPage:
    """Return the list of every routine, and of every programme."""
    _ = catalogue(library.language).gettext
    routines = tuple(routine_card(routine, library) for routine in library.routines.values())
    programmes = tuple(programme_card(p, library) for p in library.programmes.values())
    groups = (
        Group(id="sessions", title=_("For one session"), cards=routines),
        Group(id="programmes", title=_("Over some weeks"), cards=programmes),
    )
    return ListPage(title=_("Routines"), groups=tuple(group for group in groups if group.cards))


def guides_page(library: Library) -> ListPage:
    """Return the list of every guide, by series."""
    _ = catalogue(library.language).gettext
    groups = []
    for series in library.series.values():
        guides = [library.guides[name] for name in series.guides if name in library.guides]
        cards = tuple(guide_card(guide, library) for guide in guides)
        groups.append(Group(id=f"series-{series.id}", title=series.name, cards=cards))
    alone = [guide for guide in library.guides.values() if library.series_of(guide) is None]
    if alone:
        cards = tuple(guide_card(guide, library) for guide in alone)
        groups.append(Group(id="more", title=_("More guides"), cards=cards))
    return ListPage(title=_("Guides"), groups=tuple(groups))


def region_page_id(group: RegionGroup) -> str:
    """Return the name of a region group's page."""
    return group.replace(" ", "-")


def region_link(region: Region, library: Library) -> Link:
    """Return a link to the page of a region's group."""
    page, language = region_page_id(group_of(region)), library.language
    return Link(kind="region", id=page, text=label(region, language), language=language)


def exercise_card(exercise: Exercise, library: Library, draw: Draw | None = None) -> Card:
    """Return the notice of an exercise."""
    language = library.language
    facts = [label(exercise.position, language), dosage_words(exercise.dosage, language).short]
    return Card(
        link=exercise_link(exercise),
        facts=_facts(facts),
        summary=_first_sentence(exercise.summary),
        drawing=main_drawing(exercise, draw, language, scale=_SMALL) if draw else None,
    )


def routine_card(routine: Routine, library: Library) -> Card:
    """Return the notice of a routine."""
    language = library.language
    session = library.prescriptions(routine)
    number = len(session)
    exercises = catalogue(language).ngettext("{n} exercise", "{n} exercises", number)
    facts = [
        duration_words(duration(session), language),
        exercises.format(n=number),
        equipment_words(session, language),
    ]
    return Card(
        link=routine_link(routine), facts=_facts(facts), summary=_first_sentence(routine.summary)
    )


def routine_link(routine: Routine) -> Link:
    """Return a link to a routine."""
    return Link(kind="routine", id=routine.id, text=routine.name, language=routine.language)


def guide_card(guide: Guide, library: Library) -> Card:
    """Return the notice of a guide."""
    presenter = person_name(guide.presenter, library)
    series = library.series_of(guide)
    facts = [series.name if series else "", presenter]
    return Card(link=guide_link(guide), facts=_facts(facts), summary=_first_sentence(guide.summary))


def guide_link(guide: Guide) -> Link:
    """Return a link to a guide."""
    return Link(kind="guide", id=guide.id, text=guide.name, language=guide.language)


def programme_card(programme: Programme, library: Library) -> Card:
    """Return the notice of a programme."""
    link = Link(kind="programme", id=programme.id, text=programme.name, language=programme.language)
    weeks = _weeks(programme.weeks, library.language)
    return Card(link=link, facts=weeks, summary=_first_sentence(programme.summary))


def _weeks(number: int, language: str) -> str:
    return catalogue(language).ngettext("{n} week", "{n} weeks", number).format(n=number)


def _facts(facts: list[str]) -> str:
    return " · ".join(filter(None, facts))


def _first_sentence(text: str) -> str:
    """Return the first paragraph: a notice is short."""
    return text.split("\n\n", maxsplit=1)[0].replace("\n", " ")


def exercise_page(exercise: Exercise, library: Library, draw: Draw | None = None) -> ExercisePage:
    """Return what the page of an exercise shows."""
    prescription = Prescription(exercise=exercise, dosage=exercise.dosage)
    routines = [
        routine_link(routine)
        for routine in library.routines.values()
        if any(entry.exercise == exercise.id for entry in routine.entries)
    ]
    return ExercisePage(
        exercise=exercise_view(
            prescription,
            library,
            drawings=drawings_view(exercise, draw, library.language, both=True) if draw else None,
            mistaken=mistake_drawings(exercise, draw, library.language) if draw else (),
        ),
        region_links=tuple(region_link(region, library) for region in exercise.regions),
        routines=tuple(routines),
    )


def _entries(
    session: tuple[Prescription, ...], library: Library, draw: Draw | None
) -> tuple[EntryView, ...]:
    language = library.language
    return tuple(
        EntryView(
            link=exercise_link(prescription.exercise),
            dosage=dosage_words(prescription.dosage, language).short,
            position=label(prescription.exercise.position, language),
            note=prescription.note,
            drawing=main_drawing(prescription.exercise, draw, language, scale=_SMALL)
            if draw
            else None,
        )
        for prescription in session
    )


def _gathered(session: tuple[Prescription, ...], library: Library) -> tuple[GatheredCaution, ...]:
    """Return the cautions of all exercises of a session, by condition."""
    language = library.language
    found: dict[str, list[tuple[Link, str]]] = {}
    for prescription in session:
        for caution in prescription.exercise.cautions:
            entry = (exercise_link(prescription.exercise), label(caution.action, language))
            entries = found.setdefault(label(caution.condition, language), [])
            if entry not in entries:
                entries.append(entry)
    return tuple(
        GatheredCaution(condition=condition, exercises=tuple(entries))
        for condition, entries in found.items()
    )


def routine_page(routine: Routine, library: Library, draw: Draw | None = None) -> RoutinePage:
    """Return what the page of a routine shows."""
    language = library.language
    session = library.prescriptions(routine)
    guides = [guide_link(g) for g in library.guides.values() if g.routine == routine.id]
    return RoutinePage(
        name=routine.name,
        content_language=routine.language,
        summary=routine.summary,
        duration=duration_words(duration(session), language),
        equipment=equipment_words(session, language),
        frequency=frequency_words(routine.frequency, language) if routine.frequency else "",
        level=label(routine.level, language),
        goals=listing((label(goal, language) for goal in routine.goals), language),
        before=routine.before,
        after=routine.after,
        entries=_entries(session, library, draw),
        cautions=_gathered(session, library),
        guides=tuple(guides),
        author=person_name(routine.author, library),
        licence=routine.licence or library.settings.licence,
        review=review_words(routine.reviewed, library),
    )


def guide_page(guide: Guide, library: Library, draw: Draw | None = None) -> GuidePage:
    """Return what the page of a guide shows."""
    routine = library.routines.get(guide.routine) if guide.routine else None
    return GuidePage(
        name=guide.name,
        content_language=guide.language,
        summary=guide.summary,
        presenter=_person_view(guide.presenter, library),
        video=_video_view(guide, library),
        passages=tuple(
            PassageView(anchor=f"part-{number}", heading=p.heading, text=p.text)
            for number, p in enumerate(guide.passages, start=1)
        ),
        transcript=guide.transcript,
        routine=routine_card(routine, library) if routine else None,
        entries=_entries(library.prescriptions(routine), library, draw) if routine else (),
        series=_series_view(guide, library),
        related=tuple(
            guide_card(library.guides[name], library)
            for name in guide.related
            if name in library.guides
        ),
        author=person_name(guide.author, library),
        licence=guide.licence or library.settings.licence,
        review=review_words(guide.reviewed, library),
    )


def _person_view(person: str | None, library: Library) -> PersonView | None:
    if person is None or person not in library.people:
        return None
    found = library.people[person]
    return PersonView(
        name=found.name,
        role=found.role,
        credentials=listing(
            (c for c in found.credentials if c.casefold() not in found.name.casefold()),
            library.language,
        ),
        bio=found.bio,
        url=found.url,
    )


def _video_view(guide: Guide, library: Library) -> VideoView | None:
    if guide.video is None:
        return None
    minutes = round((guide.video.seconds or 0) / 60)
    length = catalogue(library.language).ngettext("{n} minute", "{n} minutes", minutes)
    return VideoView(
        title=guide.video.title,
        url=guide.video.url,
        poster=guide.video.poster,
        length=length.format(n=minutes) if minutes else "",
    )


def _series_view(guide: Guide, library: Library) -> SeriesView | None:
    series = library.series_of(guide)
    if series is None:
        return None
    previous, following = series.before(guide.id), series.after(guide.id)
    return SeriesView(
        name=series.name,
        summary=series.summary,
        number=series.guides.index(guide.id) + 1,
        guides=tuple(guide_link(library.guide(name)) for name in series.guides),
        previous=guide_link(library.guide(previous)) if previous else None,
        next=guide_link(library.guide(following)) if following else None,
    )


def programme_page(programme: Programme, library: Library) -> ProgrammePage:
    """Return what the page of a programme shows."""
    language = library.language
    return ProgrammePage(
        name=programme.name,
        content_language=programme.language,
        summary=programme.summary,
        weeks=_weeks(programme.weeks, language),
        phases=tuple(
            PhaseView(
                name=phase.name,
                weeks=_weeks(phase.weeks, language),
                frequency=frequency_words(phase.frequency, language) if phase.frequency else "",
                routines=tuple(
                    routine_card(library.routine(name), library) for name in phase.routines
                ),
            )
            for phase in programme.phases
        ),
        author=person_name(programme.author, library),
        licence=programme.licence or library.settings.licence,
        review=review_words(programme.reviewed, library),
    )


def glossary_page(library: Library) -> GlossaryPage:
    """Return what the glossary shows."""
    return GlossaryPage(
        terms=tuple(
            TermView(
                id=term.id,
                name=term.name,
                aliases=listing(term.aliases, library.language),
                language=term.language,
                definition=term.definition,
            )
            for term in library.glossary.values()
        )
    )
