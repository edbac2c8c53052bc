"""How does a calendar file say what time it is in Sweden, so that summer time is right in every program?"""

from __future__ import annotations

from datetime import datetime, timedelta

from icalendar import Component, Timezone, TimezoneDaylight, TimezoneStandard, vRecur

NAME = "Europe/Stockholm"
WINTER, SUMMER = timedelta(hours=1), timedelta(hours=2)  # ahead of UTC: law (2001:127) om sommartid
# Since 1996 summer time begins and ends on the last Sundays of March and October, at 01:00 UTC
# (directive 2000/84/EC).
SUMMER_BEGINS = datetime.fromisoformat("1996-03-31T02:00")
WINTER_BEGINS = datetime.fromisoformat("1996-10-27T03:00")
MARCH, OCTOBER = 3, 10
LAST_SUNDAY = "-1SU"


def make_zone() -> Timezone:
    """The zone with its two rules: they hold until the law is another, which a list of days would not."""
    zone = Timezone()
    put(zone, "tzid", NAME)
    zone.add_component(fill_in(TimezoneDaylight(), "CEST", WINTER, SUMMER, SUMMER_BEGINS, MARCH))
    zone.add_component(fill_in(TimezoneStandard(), "CET", SUMMER, WINTER, WINTER_BEGINS, OCTOBER))
    return zone


def fill_in(
    part: Component, name: str, before: timedelta, after: timedelta, begins: datetime, month: int
) -> Component:
    """One half of the year: what the clocks said before it, what they say in it, and when it begins."""
    put(part, "dtstart", begins)
    put(part, "tzoffsetfrom", before)
    put(part, "tzoffsetto", after)
    put(part, "tzname", name)
    put(part, "rrule", vRecur(freq="yearly", bymonth=month, byday=LAST_SUNDAY))
    return part


def put(part: Component, name: str, value: object, **named: str) -> None:
    """Write one property, with its parameters where it has any."""
    part.add(name, value, named)  # pyright: ignore[reportUnknownMemberType]
