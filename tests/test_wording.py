"""Dosages, durations and dates as people read and hear them, in English and in Spanish."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import COUNTED, FREQUENCIES, dosages

from stretchkit.locales import languages
from stretchkit.model.amounts import Amount, Frequency
from stretchkit.model.dosage import Dosage, parse_frequency
from stretchkit.timing import Duration
from stretchkit.wording import (
    DosageWords,
    date_words,
    dosage_words,
    duration_words,
    frequency_words,
)

LANGUAGES = languages()

# A line, and its sentence, short and spoken words in English and in Spanish.
WORDINGS = {
    "2 x hold 15 s each side": (
        (
            "Hold for 15 seconds on each side. Do it 2 times.",
            "2 × 15 s each side",
            "2 times, hold 15 seconds, each side",
        ),
        (
            "Mantenga la posición durante 15 segundos en cada lado. Hágalo 2 veces.",
            "2 × 15 s en cada lado",
            "2 veces, mantener 15 segundos, en cada lado",
        ),
    ),
    "1 x hold 15-30 s": (
        ("Hold for 15 to 30 seconds.", "15–30 s", "hold 15 to 30 seconds"),
        (
            "Mantenga la posición durante 15 a 30 segundos.",
            "15–30 s",
            "mantener 15 a 30 segundos",
        ),
    ),
    "hold 1 min": (
        ("Hold for 1 minute.", "1 min", "hold 1 minute"),
        ("Mantenga la posición durante 1 minuto.", "1 min", "mantener 1 minuto"),
    ),
    "hold 90 s": (
        ("Hold for 90 seconds.", "90 s", "hold 90 seconds"),
        ("Mantenga la posición durante 90 segundos.", "90 s", "mantener 90 segundos"),
    ),
    "hold 1 s": (
        ("Hold for 1 second.", "1 s", "hold 1 second"),
        ("Mantenga la posición durante 1 segundo.", "1 s", "mantener 1 segundo"),
    ),
    "for 2-3 min each side": (
        (
            "Go on for 2 to 3 minutes on each side.",
            "2–3 min each side",
            "2 to 3 minutes, each side",
        ),
        (
            "Siga durante 2 a 3 minutos en cada lado.",
            "2–3 min en cada lado",
            "2 a 3 minutos, en cada lado",
        ),
    ),
    "for 1 h": (
        ("Go on for 1 hour.", "1 h", "1 hour"),
        ("Siga durante 1 hora.", "1 h", "1 hora"),
    ),
    "for 2 h": (
        ("Go on for 2 hours.", "2 h", "2 hours"),
        ("Siga durante 2 horas.", "2 h", "2 horas"),
    ),
    "8 reps": (
        ("Do it 8 times.", "8 reps", "8 reps"),
        ("Hágalo 8 veces.", "8 repeticiones", "8 repeticiones"),
    ),
    "1 rep": (
        ("Do it once.", "1 rep", "1 rep"),
        ("Hágalo una vez.", "1 repetición", "1 repetición"),
    ),
    "8-10 reps": (
        ("Do it 8 to 10 times.", "8–10 reps", "8 to 10 reps"),
        ("Hágalo 8 a 10 veces.", "8–10 repeticiones", "8 a 10 repeticiones"),
    ),
    "5 reps, hold 5 s each side": (
        (
            "Do it 5 times on each side and hold each one for 5 seconds.",
            "5 reps, hold 5 s each side",
            "5 reps, hold 5 seconds, each side",
        ),
        (
            "Hágalo 5 veces en cada lado y mantenga la posición 5 segundos cada vez.",
            "5 repeticiones, mantener 5 s en cada lado",
            "5 repeticiones, mantener 5 segundos, en cada lado",
        ),
    ),
    "1 rep, hold 5 s": (
        ("Do it once and hold for 5 seconds.", "1 rep, hold 5 s", "1 rep, hold 5 seconds"),
        (
            "Hágalo una vez y mantenga la posición 5 segundos.",
            "1 repetición, mantener 5 s",
            "1 repetición, mantener 5 segundos",
        ),
    ),
    "2 x 8 reps left, rest 1 min": (
        (
            "Do it 8 times on the left side. Do 2 sets. Rest for 1 minute in between.",
            "2 × 8 reps, left side, rest 1 min",
            "2 sets, 8 reps, left side, rest 1 minute",
        ),
        (
            (
                "Hágalo 8 veces en el lado izquierdo. Haga 2 series. "
                "Descanse 1 minuto entre una y otra."
            ),
            "2 × 8 repeticiones, en el lado izquierdo, descanso de 1 min",
            "2 series, 8 repeticiones, en el lado izquierdo, descanso de 1 minuto",
        ),
    ),
    "8 reps changing sides, 4 s each": (
        (
            (
                "Do it 8 times on each side. Change sides every time. "
                "Take about 4 seconds for each one."
            ),
            "8 reps, changing sides, 4 s each",
            "8 reps, changing sides, 4 seconds each",
        ),
        (
            (
                "Hágalo 8 veces en cada lado. Cambie de lado cada vez. "
                "Tómese más o menos 4 segundos cada vez."
            ),
            "8 repeticiones, cambiando de lado, 4 s cada vez",
            "8 repeticiones, cambiando de lado, 4 segundos cada vez",
        ),
    ),
    "8 reps slow": (
        ("Do it 8 times. Move slowly.", "8 reps, slowly", "8 reps, slowly"),
        (
            "Hágalo 8 veces. Muévase despacio.",
            "8 repeticiones, despacio",
            "8 repeticiones, despacio",
        ),
    ),
    "hold 15 s, 2 times a day, feel 3/10": (
        (
            "Hold for 15 seconds. How often: 2 times a day. Effort: 3 out of 10.",
            "15 s, 2 times a day, effort 3/10",
            "hold 15 seconds, 2 times a day, effort 3 out of 10",
        ),
        (
            (
                "Mantenga la posición durante 15 segundos. Con qué frecuencia: 2 veces al día. "
                "Esfuerzo: 3 sobre 10."
            ),
            "15 s, 2 veces al día, esfuerzo 3/10",
            "mantener 15 segundos, 2 veces al día, esfuerzo 3 sobre 10",
        ),
    ),
    "for ___ min": (
        ("Go on for ______ minutes.", "______ min", "a number of minutes"),
        ("Siga durante ______ minutos.", "______ min", "un número de minutos"),
    ),
    "___ x ___ reps": (
        (
            "Do it ______ times. Do ______ sets.",
            "______ × ______ reps",
            "a number of sets, a number of reps",
        ),
        (
            "Hágalo ______ veces. Haga ______ series.",
            "______ × ______ repeticiones",
            "un número de series, un número de repeticiones",
        ),
    ),
    "2 x": (
        ("Do it 2 times.", "2 sets", "2 times"),
        ("Hágalo 2 veces.", "2 series", "2 veces"),
    ),
    "1 x": (("Do it once.", "1 set", "once"), ("Hágalo una vez.", "1 serie", "una vez")),
    "8 breaths in 4 out 6": (
        (
            "Take 8 breaths. Count to 4 as you breathe in and to 6 as you breathe out.",
            "8 breaths, in 4 s, out 6 s",
            "8 breaths, in 4, out 6",
        ),
        (
            (
                "Haga 8 respiraciones. "
                "Cuente hasta 4 mientras toma aire y hasta 6 mientras lo suelta."
            ),
            "8 respiraciones, tomar aire 4 s, soltarlo 6 s",
            "8 respiraciones, tome aire 4, suelte el aire 6",
        ),
    ),
    "breath 4-7-8-0": (
        (
            "Count 4 to breathe in, 7 to pause and 8 to breathe out.",
            "breath 4-7-8-0 s",
            "in 4, pause 7, out 8",
        ),
        (
            "Cuente 4 al tomar aire, 7 en la pausa y 8 al soltarlo.",
            "respiración de 4-7-8-0 s",
            "tome aire 4, pausa 7, suelte el aire 8",
        ),
    ),
    "6 breaths": (
        ("Take 6 breaths.", "6 breaths", "6 breaths"),
        ("Haga 6 respiraciones.", "6 respiraciones", "6 respiraciones"),
    ),
    "1 breath right": (
        ("Take 1 breath on the right side.", "1 breath, right side", "1 breath, right side"),
        (
            "Haga 1 respiración en el lado derecho.",
            "1 respiración, en el lado derecho",
            "1 respiración, en el lado derecho",
        ),
    ),
}

SENTENCES = {
    "8 reps steady": (
        "Do it 8 times. Move at a steady pace.",
        "Hágalo 8 veces. Muévase a un ritmo constante.",
    ),
    "6 breaths, breath 4-7-8-1": (
        "Take 6 breaths. Count 4 to breathe in, 7 to pause, 8 to breathe out and 1 to pause.",
        (
            "Haga 6 respiraciones. "
            "Cuente 4 al tomar aire, 7 en la pausa, 8 al soltarlo y 1 en la pausa."
        ),
    ),
    "breath 4-0-8-2": (
        "Count 4 to breathe in, 8 to breathe out and 2 to pause.",
        "Cuente 4 al tomar aire, 8 al soltarlo y 2 en la pausa.",
    ),
    "hold 15 s, daily": (
        "Hold for 15 seconds. How often: every day.",
        "Mantenga la posición durante 15 segundos. Con qué frecuencia: todos los días.",
    ),
    "8 reps, 2 times a day, feel 3/10": (
        "Do it 8 times. How often: 2 times a day. Effort: 3 out of 10.",
        "Hágalo 8 veces. Con qué frecuencia: 2 veces al día. Esfuerzo: 3 sobre 10.",
    ),
    "left": ("Do it once on the left side.", "Hágalo una vez en el lado izquierdo."),
    "each side": ("Do it once on each side.", "Hágalo una vez en cada lado."),
    "2-3 x 8-10 reps": (
        "Do it 8 to 10 times. Do 2 to 3 sets.",
        "Hágalo 8 a 10 veces. Haga 2 a 3 series.",
    ),
    "___ x hold ___ s each side, feel ___/10": (
        "Hold for ______ seconds on each side. Do it ______ times. Effort: ______ out of 10.",
        (
            "Mantenga la posición durante ______ segundos en cada lado. Hágalo ______ veces. "
            "Esfuerzo: ______ sobre 10."
        ),
    ),
    "___ x ___ reps, rest ___ s": (
        "Do it ______ times. Do ______ sets. Rest for ______ seconds in between.",
        "Hágalo ______ veces. Haga ______ series. Descanse ______ segundos entre una y otra.",
    ),
    "___ breaths": ("Take ______ breaths.", "Haga ______ respiraciones."),
}


@pytest.mark.parametrize("line", WORDINGS)
@pytest.mark.parametrize("language", ["en", "es"])
def test_a_dosage_reads_well_in_three_lengths(line: str, language: str) -> None:
    english, spanish = WORDINGS[line]
    wanted = english if language == "en" else spanish
    words = dosage_words(Dosage.parse(line), language)
    assert (words.sentence, words.short, words.spoken) == wanted


@pytest.mark.parametrize("line", SENTENCES)
def test_a_dosage_reads_well_as_sentences(line: str) -> None:
    dosage = Dosage.parse(line)
    assert (
        dosage_words(dosage, "en").sentence,
        dosage_words(dosage, "es").sentence,
    ) == SENTENCES[line]


def test_a_blank_is_a_line_to_write_on() -> None:
    assert dosage_words(Dosage.parse("___ x hold ___ s"), "en").short == "______ × ______ s"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "line", ["hold ___ s", "___ x ___ reps", "for ___ min", "___ times a day", "rest ___ h"]
)
def test_a_blank_can_be_spoken(line: str, language: str) -> None:
    spoken = dosage_words(Dosage.parse(line), language).spoken
    assert "_" not in spoken
    assert is_clean(spoken)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "line",
    ["2 x", "1 x", "left", "slow", "daily", "rest 10 s", "feel 3/10", "breath 4-4-4-4", "6 s each"],
)
def test_every_part_has_words_of_every_length(line: str, language: str) -> None:
    words = dosage_words(Dosage.parse(line), language)
    assert words.sentence
    assert words.short
    assert words.spoken


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("line", "head"),
    [
        ("8 reps, 6 s each", "8 reps"),
        ("8 reps slow", "8 reps"),
        ("6 breaths in 4 out 6", "6 breaths"),
        ("2 x hold 5 s, rest 10 s", "2 x hold 5 s"),
        ("2 x hold 5 s, 2 times a day", "2 x hold 5 s"),
        ("hold 5 s, feel 3/10", "hold 5 s"),
    ],
)
def test_short_and_spoken_words_leave_nothing_out(line: str, head: str, language: str) -> None:
    whole, part = (dosage_words(Dosage.parse(text), language) for text in (line, head))
    assert whole.short.startswith(f"{part.short}, ")
    assert whole.spoken.startswith(f"{part.spoken}, ")


def test_a_dosage_that_says_nothing_has_no_words() -> None:
    for language in LANGUAGES:
        assert dosage_words(Dosage(), language) == DosageWords(sentence="", short="", spoken="")


@pytest.mark.parametrize(
    ("line", "english", "spanish"),
    [
        ("daily", "every day", "todos los días"),
        ("2 times a day", "2 times a day", "2 veces al día"),
        ("2-3 times a day", "2 to 3 times a day", "2 a 3 veces al día"),
        ("1 days a week", "1 day a week", "1 día a la semana"),
        ("3-4 days a week", "3 to 4 days a week", "3 a 4 días a la semana"),
        ("every 1 h", "every hour", "cada hora"),
        ("every 2 h", "every 2 hours", "cada 2 horas"),
        ("___ times a day", "______ times a day", "______ veces al día"),
    ],
)
def test_a_frequency_says_how_often(line: str, english: str, spanish: str) -> None:
    frequency = parse_frequency(line)
    assert frequency_words(frequency, "en") == english
    assert frequency_words(frequency, "es") == spanish


@pytest.mark.parametrize(
    ("duration", "english", "spanish"),
    [
        (Duration(0, 0), "less than a minute", "menos de un minuto"),
        (Duration(20, 40), "less than a minute", "menos de un minuto"),
        (Duration(50, 50), "about 1 minute", "alrededor de 1 minuto"),
        (Duration(20, 80), "about 1 minute", "alrededor de 1 minuto"),
        (Duration(173, 173), "about 3 minutes", "alrededor de 3 minutos"),
        (Duration(170, 190), "about 3 minutes", "alrededor de 3 minutos"),
        (Duration(180, 300), "about 3 to 5 minutes", "entre 3 y 5 minutos"),
        (Duration(20, 130), "about 1 to 2 minutes", "entre 1 y 2 minutos"),
        (Duration(20, 20, at_least=True), "at least 20 seconds", "al menos 20 segundos"),
        (Duration(59, 90, at_least=True), "at least 59 seconds", "al menos 59 segundos"),
        (Duration(1, 1, at_least=True), "at least 1 second", "al menos 1 segundo"),
        (Duration(119, 119, at_least=True), "at least 1 minute", "al menos 1 minuto"),
        (Duration(70, 70, at_least=True), "at least 1 minute", "al menos 1 minuto"),
        (Duration(185, 185, at_least=True), "at least 3 minutes", "al menos 3 minutos"),
        (Duration(185, 305, at_least=True), "at least 3 minutes", "al menos 3 minutos"),
    ],
)
def test_a_duration_is_told_in_rounded_minutes(
    duration: Duration, english: str, spanish: str
) -> None:
    assert duration_words(duration, "en") == english
    assert duration_words(duration, "es") == spanish


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "5 January 2026"),
        ("es", "5 de enero de 2026"),
        ("de", "5. Januar 2026"),
        ("pt-BR", "5 de janeiro de 2026"),
    ],
)
def test_a_date_is_written_as_its_language_writes_it(language: str, words: str) -> None:
    assert date_words(date(2026, 1, 5), language) == words


def test_a_language_without_a_catalogue_is_worded_in_english() -> None:
    dosage = Dosage.parse("2 x hold 15 s each side")
    assert dosage_words(dosage, "de") == dosage_words(dosage, "en")


# What must hold of every wording -----------------------------------------------------------------


DOSAGES = dosages()
"""Every sort of dosage, with parts in any number."""
SAYING_HOW_MUCH = dosages(counted=COUNTED[1:])
"""Those that say how much to do, not only how often or how fast."""
ANY_LANGUAGE = st.sampled_from(LANGUAGES)


def is_clean(text: str) -> bool:
    return (
        not re.search(r"[{}]|None|\s\s|\s[,.]|[,.]{2}", text)
        and text == text.strip()
        and text.isprintable()
    )


@given(DOSAGES, ANY_LANGUAGE)
def test_every_dosage_is_told_in_whole_sentences(dosage: Dosage, language: str) -> None:
    sentence = dosage_words(dosage, language).sentence
    assert is_clean(sentence)
    if dosage != Dosage():
        assert sentence[0].isupper()
        assert sentence.endswith(".")
        assert all(part[0].isupper() for part in sentence.split(". "))


@given(DOSAGES, ANY_LANGUAGE)
def test_every_dosage_has_short_and_spoken_words(dosage: Dosage, language: str) -> None:
    words = dosage_words(dosage, language)
    assert "_" not in words.spoken
    for text in (words.short, words.spoken):
        assert bool(text) is (dosage != Dosage())
        assert is_clean(text)
        assert text[-1:] not in (",", "×", "/")


ONCE = Amount.of(1)
"""It is told in words, and one set not at all."""


@given(SAYING_HOW_MUCH, ANY_LANGUAGE)
def test_a_sentence_holds_every_number_of_its_dosage(dosage: Dosage, language: str) -> None:
    numbers = set(re.findall(r"\d+|_+", dosage_words(dosage, language).sentence))
    for amount in (dosage.sets, dosage.reps, dosage.breaths, dosage.effort):
        if amount is not None and amount != ONCE:
            ends = {"______"} if amount.is_blank else {str(amount.low), str(amount.high)}
            assert ends <= numbers
    if isinstance(dosage.tempo, int) and dosage.tempo % 60:
        assert str(dosage.tempo) in numbers


@given(FREQUENCIES, ANY_LANGUAGE)
def test_every_frequency_has_words(frequency: Frequency, language: str) -> None:
    words = frequency_words(frequency, language)
    assert words
    assert is_clean(words)


@given(st.integers(0, 20_000), st.integers(0, 20_000), st.booleans(), ANY_LANGUAGE)
def test_every_duration_is_within_a_minute_of_what_is_told(
    low: int, more: int, at_least: bool, language: str
) -> None:
    words = duration_words(Duration(low, low + more, at_least=at_least), language)
    assert is_clean(words)
    unit = 1 if "second" in words or "segundo" in words else 60
    told = [unit * int(number) for number in re.findall(r"\d+", words)] or [30]
    assert len(told) == 1 or told[0] < told[1]
    assert abs(told[0] - low) <= 60
    if at_least:
        assert told[0] <= low
    else:
        assert abs(told[-1] - (low + more)) <= 60


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)), ANY_LANGUAGE)
def test_every_date_names_its_day_and_year(day: date, language: str) -> None:
    numbers = {int(number) for number in re.findall(r"\d+", date_words(day, language))}
    assert {day.day, day.year} <= numbers
