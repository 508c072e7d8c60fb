"""The words of the calendar in the languages of the two companies: English, German and French."""

from __future__ import annotations

from collections.abc import Iterable

WEEKDAYS: dict[str, int] = {
    name: number
    for number, names in enumerate(
        (
            "monday mon montag lundi mondy moday",
            "tuesday tues tue dienstag mardi tusday teusday tuseday dienstg",
            "wednesday weds wed mittwoch mercredi wensday wednsday wednesay wendesday mitwoch",
            "thursday thurs thur thu donnerstag jeudi thrusday thursaday thurday donerstag",
            "friday fri freitag vendredi firday fryday freitg",
            "saturday sat samstag sonnabend samedi",
            "sunday sun sonntag dimanche",
        )
    )
    for name in names.split()
}
"""Lower-case name to number, Monday is 0; also as hurried fingers write them."""

SHORT_DAYS: dict[str, int] = {"mo": 0, "di": 1, "mi": 2, "do": 3, "fr": 4, "sa": 5, "so": 6}
"""German short names, which are words too: days only after `bis` and the like."""

PART_DAYS: dict[str, int] = {
    name + part: WEEKDAYS[name]
    for name in ("montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonntag")
    for part in ("morgen", "früh", "vormittag", "mittag", "nachmittag", "abend")
}
"""`Freitagmittag` to the number of its day."""

MONTHS: dict[str, int] = {
    name: number
    for number, names in enumerate(
        (
            "january jan januar jänner janvier",
            "february feb februar février fevrier",
            "march mar märz maerz mars",
            "april apr avril",
            "may mai",
            "june jun juni juin",
            "july jul juli juillet",
            "august aug août aout",
            "september sept sep septembre",
            "october oct oktober okt octobre",
            "november nov novembre",
            "december dec dezember dez décembre decembre",
        ),
        start=1,
    )
    for name in names.split()
}
"""Lower-case name to number, January is 1."""

MONTH_NAMES = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip

NUMBERS: dict[str, int] = {
    name: number
    for number, names in enumerate(
        (
            "one a an ein eine einem einer un une",
            "two zwei deux",
            "three drei trois",
            "four vier quatre",
            "five fünf cinq",
            "six sechs",
            "seven sieben sept",
            "eight acht huit",
            "nine neun neuf",
            "ten zehn dix",
            "eleven elf onze",
            "twelve zwölf douze",
        ),
        start=1,
    )
    for name in names.split()
}
"""Lower-case number word to number."""

UNITS: dict[str, str] = {
    name: unit
    for unit, names in {
        "minute": "minute minutes min mins minuten",
        "hour": "hour hours hr hrs h stunde stunden heure heures",
        "day": "day days tag tage tagen jour jours",
        "working day": "werktag werktage werktagen arbeitstag arbeitstage arbeitstagen",
        "week": "week weeks wk wks woche wochen semaine semaines",
        "fortnight": "fortnight fortnights",
        "month": "month months monat monate monaten mois",
        "year": "year years jahr jahre jahren an ans",
    }.items()
    for name in names.split()
}
"""Lower-case unit word to unit."""

RELATIVE: dict[str, int] = {
    "today": 0, "tonight": 0, "heute": 0, "heut": 0, "aujourd'hui": 0,
    "this afternoon": 0, "this evening": 0, "tomorrow": 1, "tmrw": 1, "tmr": 1, "tomorow": 1, "tommorow": 1,
    "tommorrow": 1, "tmw": 1, "morgen": 1, "demain": 1,
    "the day after tomorrow": 2, "day after tomorrow": 2, "übermorgen": 2, "après-demain": 2,
    "yesterday": -1, "gestern": -1,
    "the day before yesterday": -2, "day before yesterday": -2, "vorgestern": -2,
}  # fmt: skip
"""Lower-case word to days from today."""

END = r"(?![\w\u00c0-\u024f])"
"""Pattern: a word ends here (`\\b` knows no accents where a pattern is ASCII)."""


def any_of(words: Iterable[str]) -> str:
    """A pattern for one of the words, the longest first, ended."""
    listed = sorted(words, key=len, reverse=True)
    return f"(?:{'|'.join(word.replace(' ', r'[ ]++').replace(chr(39), '[’' + chr(39) + ']') for word in listed)}){END}"
