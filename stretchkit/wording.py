"""Dosages, durations and dates in words, in every language that has a catalogue.

Each phrase is one message with named places, so that a translator can move the words around.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from stretchkit.locales import babel_locale, catalogue, label
from stretchkit.model.amounts import DAILY, Amount, BreathPattern, Frequency, FrequencyUnit, Pace
from stretchkit.model.dosage import Dosage
from stretchkit.model.vocabulary import Side
from stretchkit.timing import Duration

WRITE_ON = "______"
"""What a blank prints as, to be filled in by hand."""

_MINUTE, _HOUR = 60, 3600


@dataclass(frozen=True, slots=True, kw_only=True)
class DosageWords:
    """One dosage in three lengths: to read, to glance at and to hear."""

    sentence: str
    short: str
    spoken: str


def dosage_words(dosage: Dosage, language: str) -> DosageWords:
    """Return a dosage as sentences, as a short line and as words to be spoken."""
    words = _Words(language)
    heard = _Words(language, blank=catalogue(language).gettext("a number of"))
    return DosageWords(
        sentence=" ".join(filter(None, words.sentences(dosage))),
        short=", ".join(filter(None, words.short(dosage))),
        spoken=", ".join(filter(None, heard.spoken(dosage))),
    )


def frequency_words(frequency: Frequency, language: str) -> str:
    """Return how often: "every day", "2 times a day"."""
    return _Words(language).frequency(frequency)


def duration_words(duration: Duration, language: str) -> str:
    """Return how long a session takes, in rounded minutes: "about 3 minutes"."""
    words = catalogue(language)
    if duration.at_least:
        if duration.low < _MINUTE:
            seconds = duration.low
            many = words.ngettext("at least {n} second", "at least {n} seconds", seconds)
            return many.format(n=seconds)
        minutes = duration.low // _MINUTE
        return words.ngettext("at least {n} minute", "at least {n} minutes", minutes).format(
            n=minutes
        )
    if duration.high < _MINUTE * 3 // 4:
        return words.gettext("less than a minute")
    low, high = (max(1, int(end / _MINUTE + 0.5)) for end in (duration.low, duration.high))
    if low != high:
        return words.gettext("about {low} to {high} minutes").format(low=low, high=high)
    return words.ngettext("about {n} minute", "about {n} minutes", low).format(n=low)


def date_words(day: date, language: str) -> str:
    """Return a day as a language writes it: "5 January 2026"."""
    from babel.dates import format_date  # noqa: PLC0415 - 50 ms that a sheet without a date saves

    locale = babel_locale(language)
    return format_date(day, "long", locale=locale) if locale else day.isoformat()


class _Words:
    """The phrases of one language."""

    def __init__(self, language: str, *, blank: str = WRITE_ON) -> None:
        messages = catalogue(language)
        self.blank = blank
        self._ = messages.gettext
        self.ngettext = messages.ngettext
        self.language = language

    def amount(self, amount: Amount) -> str:
        if amount.is_blank:
            return self.blank
        if amount.low == amount.high:
            return str(amount.low)
        return self._("{low} to {high}").format(low=amount.low, high=amount.high)

    def count(self, one: str, many: str, amount: Amount, **places: str) -> str:
        number = 2 if amount.high is None else amount.high
        return self.ngettext(one, many, number).format(n=self.amount(amount), **places)

    def time(self, amount: Amount) -> str:
        size, number = _in_units(amount)
        if size == _HOUR:
            return self.count("{n} hour", "{n} hours", number)
        if size == _MINUTE:
            return self.count("{n} minute", "{n} minutes", number)
        return self.count("{n} second", "{n} seconds", number)

    def where(self, side: Side) -> str:
        return {
            Side.BOTH: "",
            Side.EACH: self._(" on each side"),
            Side.CHANGING: self._(" on each side"),
            Side.LEFT: self._(" on the left side"),
            Side.RIGHT: self._(" on the right side"),
        }[side]

    def frequency(self, frequency: Frequency) -> str:
        if frequency == DAILY:
            return self._("every day")
        if frequency.unit is FrequencyUnit.TIMES_A_DAY:
            return self.count("{n} time a day", "{n} times a day", frequency.amount)
        if frequency.unit is FrequencyUnit.DAYS_A_WEEK:
            return self.count("{n} day a week", "{n} days a week", frequency.amount)
        return self.count("every hour", "every {n} hours", frequency.amount)

    def sentences(self, dosage: Dosage) -> list[str]:
        """Return whole sentences, to be read."""
        found = [self._work(dosage)]
        if dosage.side is Side.CHANGING:
            found.append(self._("Change sides every time."))
        found.append(self._breath(dosage.breath_pattern))
        if isinstance(dosage.tempo, int):
            sentence = self._("Take about {time} for each one.")
            found.append(sentence.format(time=self.time(Amount.of(dosage.tempo))))
        elif dosage.tempo:
            slow = dosage.tempo is Pace.SLOW
            found.append(self._("Move slowly.") if slow else self._("Move at a steady pace."))
        return [*found, *self._repeats(dosage)]

    def _work(self, dosage: Dosage) -> str:
        where = self.where(dosage.side)
        if dosage.reps and dosage.hold:
            return self.count(
                "Do it once{where} and hold for {time}.",
                "Do it {n} times{where} and hold each one for {time}.",
                dosage.reps,
                where=where,
                time=self.time(dosage.hold),
            )
        if dosage.total:
            return self._("Go on for {time}{where}.").format(
                time=self.time(dosage.total), where=where
            )
        if dosage.hold:
            return self._("Hold for {time}{where}.").format(
                time=self.time(dosage.hold), where=where
            )
        if dosage.breaths:
            return self.count(
                "Take {n} breath{where}.", "Take {n} breaths{where}.", dosage.breaths, where=where
            )
        again = dosage.reps
        if again is None and dosage.sets and not where:
            return ""
        if again or where:
            return self.count(
                "Do it once{where}.",
                "Do it {n} times{where}.",
                again or Amount.of(1),
                where=where,
            )
        return ""

    def _breath(self, pattern: BreathPattern | None) -> str:
        if pattern is None:
            return ""
        if pattern.pause_full and pattern.pause_empty:
            sentence = self._(
                "Count {inhale} to breathe in, {full} to pause, {exhale} to breathe out and "
                "{empty} to pause."
            )
        elif pattern.pause_full:
            sentence = self._(
                "Count {inhale} to breathe in, {full} to pause and {exhale} to breathe out."
            )
        elif pattern.pause_empty:
            sentence = self._(
                "Count {inhale} to breathe in, {exhale} to breathe out and {empty} to pause."
            )
        else:
            sentence = self._(
                "Count to {inhale} as you breathe in and to {exhale} as you breathe out."
            )
        return sentence.format(
            inhale=pattern.inhale,
            full=pattern.pause_full,
            exhale=pattern.exhale,
            empty=pattern.pause_empty,
        )

    def _repeats(self, dosage: Dosage) -> list[str]:
        found = []
        if dosage.sets and (dosage.sets != Amount.of(1) or dosage == Dosage(sets=dosage.sets)):
            if dosage.reps or dosage.breaths:
                found.append(self.count("Do 1 set.", "Do {n} sets.", dosage.sets))
            else:
                found.append(self.count("Do it once.", "Do it {n} times.", dosage.sets))
        if dosage.rest and (dosage.has_rests or not (dosage.hold or dosage.total)):
            found.append(self._rest(dosage.rest))
        if dosage.frequency:
            often = self.frequency(dosage.frequency)
            found.append(self._("How often: {often}.").format(often=often))
        if dosage.effort:
            effort = self.amount(dosage.effort)
            found.append(self._("Effort: {effort} out of 10.").format(effort=effort))
        return found

    def _rest(self, rest: Amount) -> str:
        if rest == Amount.of(0):
            return self._("Do not rest in between.")
        return self._("Rest for {time} in between.").format(time=self.time(rest))

    def short(self, dosage: Dosage) -> list[str]:
        """Return a line of signs and figures, to be glanced at."""
        work = ", ".join(filter(None, self._short_work(dosage)))
        if dosage.sets and work and dosage.sets != Amount.of(1):
            work = f"{_figures(dosage.sets)} × {work}"
        elif dosage.sets and not work:
            work = self._figured("{n} set", "{n} sets", dosage.sets)
        side = label(dosage.side, self.language) if dosage.side is not Side.BOTH else ""
        if dosage.side is Side.EACH and work:
            work, side = f"{work} {side}", ""
        rest = self._("rest {time}").format(time=_short_time(dosage.rest)) if dosage.rest else ""
        effort = ""
        if dosage.effort:
            effort = self._("effort {effort}/10").format(effort=_figures(dosage.effort))
        often = self.frequency(dosage.frequency) if dosage.frequency else ""
        return [work, side, self._short_breath(dosage), self._pace(dosage), rest, often, effort]

    def _short_work(self, dosage: Dosage) -> list[str]:
        found = []
        if dosage.reps:
            found.append(self._figured("{n} rep", "{n} reps", dosage.reps))
        if dosage.hold:
            time = _short_time(dosage.hold)
            found.append(self._("hold {time}").format(time=time) if dosage.reps else time)
        if dosage.total:
            found.append(_short_time(dosage.total))
        if dosage.breaths:
            found.append(self._figured("{n} breath", "{n} breaths", dosage.breaths))
        return found

    def _figured(self, one: str, many: str, amount: Amount) -> str:
        number = 2 if amount.high is None else amount.high
        return self.ngettext(one, many, number).format(n=_figures(amount))

    def _short_breath(self, dosage: Dosage) -> str:
        pattern = dosage.breath_pattern
        if pattern is None:
            return ""
        if pattern.has_pauses:
            counts = (pattern.inhale, pattern.pause_full, pattern.exhale, pattern.pause_empty)
            return self._("breath {counts} s").format(counts="-".join(map(str, counts)))
        message = self._("in {inhale} s, out {exhale} s")
        return message.format(inhale=pattern.inhale, exhale=pattern.exhale)

    def _pace(self, dosage: Dosage) -> str:
        if isinstance(dosage.tempo, int):
            return self._("{n} s each").format(n=dosage.tempo)
        if dosage.tempo:
            return self._("slowly") if dosage.tempo is Pace.SLOW else self._("at a steady pace")
        return ""

    def spoken(self, dosage: Dosage) -> list[str]:
        """Return short phrases without signs, to be heard."""
        found = []
        if dosage.sets and (dosage.sets != Amount.of(1) or dosage == Dosage(sets=dosage.sets)):
            if dosage.reps or dosage.breaths:
                found.append(self.count("{n} set", "{n} sets", dosage.sets))
            else:
                found.append(self.count("once", "{n} times", dosage.sets))
        if dosage.reps:
            found.append(self.count("{n} rep", "{n} reps", dosage.reps))
        if dosage.hold:
            found.append(self._("hold {time}").format(time=self.time(dosage.hold)))
        if dosage.total:
            found.append(self.time(dosage.total))
        if dosage.breaths:
            found.append(self.count("{n} breath", "{n} breaths", dosage.breaths))
        if dosage.side is not Side.BOTH:
            found.append(label(dosage.side, self.language))
        found.append(self._heard_breath(dosage.breath_pattern))
        return [*found, *self._heard_manner(dosage)]

    def _heard_breath(self, pattern: BreathPattern | None) -> str:
        if pattern is None:
            return ""
        pause = self._("pause {n}")
        parts = (
            (self._("in {n}"), pattern.inhale),
            (pause, pattern.pause_full),
            (self._("out {n}"), pattern.exhale),
            (pause, pattern.pause_empty),
        )
        return ", ".join(words.format(n=seconds) for words, seconds in parts if seconds)

    def _heard_manner(self, dosage: Dosage) -> list[str]:
        found = [self._pace(dosage)]
        if isinstance(dosage.tempo, int):
            time = self.time(Amount.of(dosage.tempo))
            found = [self._("{time} each").format(time=time)]
        if dosage.rest:
            found.append(self._("rest {time}").format(time=self.time(dosage.rest)))
        if dosage.frequency:
            found.append(self.frequency(dosage.frequency))
        if dosage.effort and not dosage.effort.is_blank:
            effort = self.amount(dosage.effort)
            found.append(self._("effort {effort} out of 10").format(effort=effort))
        return found


def _in_units(amount: Amount) -> tuple[int, Amount]:
    """Return seconds as the largest unit that divides them: its size, and the number of it."""
    if amount.low is None or amount.high is None:
        return amount.unit_seconds, amount
    for size in (_HOUR, _MINUTE):
        if amount.high >= size and not amount.low % size and not amount.high % size:
            return size, Amount(amount.low // size, amount.high // size)
    return 1, amount


def _short_time(amount: Amount) -> str:
    size, number = _in_units(amount)
    return f"{_figures(number)} { {_HOUR: 'h', _MINUTE: 'min'}.get(size, 's') }"


def _figures(amount: Amount) -> str:
    if amount.is_blank:
        return WRITE_ON
    return f"{amount.low}" if amount.low == amount.high else f"{amount.low}–{amount.high}"
