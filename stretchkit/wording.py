"""Dosages, durations and dates in words, in every language that has a catalogue.

Each phrase is one message with named places, so that a translator can move the words around.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from gettext import NullTranslations

from stretchkit.locales import catalogue, label
from stretchkit.model.amounts import DAILY, Amount, Frequency, FrequencyUnit, Pace
from stretchkit.model.dosage import Dosage
from stretchkit.model.vocabulary import Side
from stretchkit.timeline import Duration

WRITE_ON = "______"
"""What a blank prints as, to be filled in by hand."""

_MINUTE, _HOUR = 60, 3600


@dataclass(frozen=True, slots=True)
class DosageWords:
    """One dosage in three lengths: to read, to glance at and to hear."""

    sentence: str
    short: str
    spoken: str


def dosage_words(dosage: Dosage, language: str) -> DosageWords:
    """Return a dosage as sentences, as a short line and as words to be spoken."""
    words = _Words(catalogue(language), language)
    return DosageWords(
        sentence=" ".join(filter(None, words.sentences(dosage))),
        short=", ".join(filter(None, words.short(dosage))),
        spoken=", ".join(filter(None, words.spoken(dosage))),
    )


def frequency_words(frequency: Frequency, language: str) -> str:
    """Return how often: "every day", "2 times a day"."""
    return _Words(catalogue(language), language).frequency(frequency)


def duration_words(duration: Duration, language: str) -> str:
    """Return how long a session takes, in rounded minutes: "about 3 minutes"."""
    words = catalogue(language)
    low, high = (max(1, round(seconds / _MINUTE)) for seconds in (duration.low, duration.high))
    if duration.high < _MINUTE * 3 // 4 and not duration.at_least:
        return words.gettext("less than a minute")
    if duration.at_least:
        return words.ngettext("at least {n} minute", "at least {n} minutes", low).format(n=low)
    if low != high:
        return words.gettext("about {low} to {high} minutes").format(low=low, high=high)
    return words.ngettext("about {n} minute", "about {n} minutes", low).format(n=low)


def date_words(day: date, language: str) -> str:
    """Return a day as a language writes it: "5 January 2026"."""
    from babel.dates import format_date  # noqa: PLC0415 - 50 ms that a sheet without a date saves

    locale = {"en": "en_GB"}.get(language, language.replace("-", "_"))
    return format_date(day, "long", locale=locale)


class _Words:
    """The phrases of one language."""

    def __init__(self, messages: NullTranslations, language: str) -> None:
        self._ = messages.gettext
        self.ngettext = messages.ngettext
        self.language = language

    def amount(self, amount: Amount) -> str:
        if amount.is_blank:
            return WRITE_ON
        if amount.low == amount.high:
            return str(amount.low)
        return self._("{low} to {high}").format(low=amount.low, high=amount.high)

    def count(self, one: str, many: str, amount: Amount, **places: str) -> str:
        number = 2 if amount.high is None else amount.high
        return self.ngettext(one, many, number).format(n=self.amount(amount), **places)

    def time(self, amount: Amount) -> str:
        ends = (amount.low or 0, amount.high or 0)
        if amount.is_blank or ends[0] < _MINUTE or any(end % _MINUTE for end in ends):
            return self.count("{n} second", "{n} seconds", amount)
        if ends[0] >= _HOUR and not any(end % _HOUR for end in ends):
            hours = Amount(ends[0] // _HOUR, ends[1] // _HOUR)
            return self.count("{n} hour", "{n} hours", hours)
        minutes = Amount(ends[0] // _MINUTE, ends[1] // _MINUTE)
        return self.count("{n} minute", "{n} minutes", minutes)

    def short_time(self, amount: Amount) -> str:
        if amount.is_blank:
            return f"{WRITE_ON} s"
        ends = (amount.low or 0, amount.high or 0)
        for unit, size in (("h", _HOUR), ("min", _MINUTE)):
            if ends[0] >= size and not any(end % size for end in ends):
                return f"{self.short_amount(Amount(ends[0] // size, ends[1] // size))} {unit}"
        return f"{self.short_amount(amount)} s"

    def short_amount(self, amount: Amount) -> str:
        if amount.is_blank:
            return WRITE_ON
        return f"{amount.low}" if amount.low == amount.high else f"{amount.low}–{amount.high}"

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
        return self.count("every {n} hour", "every {n} hours", frequency.amount)

    def sentences(self, dosage: Dosage) -> list[str]:
        where = self.where(dosage.side)
        found: list[str] = []
        if dosage.total:
            sentence = self._("Go on for {time}{where}.")
            found.append(sentence.format(time=self.time(dosage.total), where=where))
        if dosage.reps and dosage.hold:
            found.append(
                self.count(
                    "Do it {n} time{where} and hold for {time}.",
                    "Do it {n} times{where} and hold each one for {time}.",
                    dosage.reps,
                    where=where,
                    time=self.time(dosage.hold),
                )
            )
        elif dosage.reps:
            found.append(
                self.count(
                    "Do it {n} time{where}.", "Do it {n} times{where}.", dosage.reps, where=where
                )
            )
        elif dosage.hold:
            sentence = self._("Hold for {time}{where}.")
            found.append(sentence.format(time=self.time(dosage.hold), where=where))
        if dosage.breaths:
            found.append(
                self.count(
                    "Take {n} breath{where}.",
                    "Take {n} breaths{where}.",
                    dosage.breaths,
                    where="" if found else where,
                )
            )
        if where and not found:
            found.append(self._("Do it{where}.").format(where=where))
        return [*found, *self._manner(dosage), *self._repeats(dosage)]

    def _manner(self, dosage: Dosage) -> list[str]:
        found = []
        if dosage.side is Side.CHANGING:
            found.append(self._("Change sides every time."))
        pattern = dosage.breath_pattern
        if pattern and pattern.has_pauses:
            sentence = self._(
                "Count {a} to breathe in, {b} to pause, {c} to breathe out and {d} to pause."
            )
            numbers = (pattern.inhale, pattern.pause_full, pattern.exhale, pattern.pause_empty)
            found.append(sentence.format(**dict(zip("abcd", numbers, strict=True))))
        elif pattern:
            sentence = self._(
                "Count to {inhale} as you breathe in and to {exhale} as you breathe out."
            )
            found.append(sentence.format(inhale=pattern.inhale, exhale=pattern.exhale))
        if isinstance(dosage.tempo, int):
            sentence = self._("Take about {time} for each one.")
            found.append(sentence.format(time=self.time(Amount.of(dosage.tempo))))
        elif dosage.tempo:
            slow = dosage.tempo is Pace.SLOW
            found.append(self._("Move slowly.") if slow else self._("Move at a steady pace."))
        return found

    def _repeats(self, dosage: Dosage) -> list[str]:
        found = []
        if dosage.sets and dosage.sets != Amount.of(1):
            if dosage.reps or dosage.breaths:
                found.append(self.count("Do {n} set.", "Do {n} sets.", dosage.sets))
            else:
                found.append(self.count("Do it {n} time.", "Do it {n} times.", dosage.sets))
        if dosage.rest:
            found.append(self._("Rest for {time} in between.").format(time=self.time(dosage.rest)))
        if dosage.frequency:
            often = self.frequency(dosage.frequency)
            found.append(self._("How often: {often}.").format(often=often))
        if dosage.effort:
            effort = self.amount(dosage.effort)
            found.append(self._("Effort: {effort} out of 10.").format(effort=effort))
        return found

    def short(self, dosage: Dosage) -> list[str]:
        lead = []
        if dosage.reps:
            amount = self.short_amount(dosage.reps)
            number = 2 if dosage.reps.high is None else dosage.reps.high
            lead.append(self.ngettext("{n} rep", "{n} reps", number).format(n=amount))
        if dosage.hold:
            time = self.short_time(dosage.hold)
            lead.append(self._("hold {time}").format(time=time) if dosage.reps else time)
        if dosage.total:
            lead.append(self.short_time(dosage.total))
        if dosage.breaths:
            amount = self.short_amount(dosage.breaths)
            number = 2 if dosage.breaths.high is None else dosage.breaths.high
            lead.append(self.ngettext("{n} breath", "{n} breaths", number).format(n=amount))
        first = ", ".join(lead)
        if dosage.sets and dosage.sets != Amount.of(1):
            first = f"{self.short_amount(dosage.sets)} × {first}".rstrip()
        if dosage.side is not Side.BOTH:
            first = f"{first} {label(dosage.side, self.language)}".lstrip()
        pattern = dosage.breath_pattern
        breath = ""
        if pattern and pattern.has_pauses:
            counts = (pattern.inhale, pattern.pause_full, pattern.exhale, pattern.pause_empty)
            breath = self._("breath {counts} s").format(counts="–".join(map(str, counts)))
        elif pattern:
            breath = self._("in {inhale} s, out {exhale} s").format(
                inhale=pattern.inhale, exhale=pattern.exhale
            )
        rest = ""
        if dosage.rest:
            rest = self._("rest {time}").format(time=self.short_time(dosage.rest))
        often = self.frequency(dosage.frequency) if dosage.frequency else ""
        effort = f"{self.short_amount(dosage.effort)}/10" if dosage.effort else ""
        return [first, breath, rest, often, effort]

    def spoken(self, dosage: Dosage) -> list[str]:
        found = []
        if dosage.sets and dosage.sets != Amount.of(1):
            found.append(self.count("{n} set", "{n} sets", dosage.sets))
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
        if dosage.rest:
            found.append(self._("rest {time}").format(time=self.time(dosage.rest)))
        return found
