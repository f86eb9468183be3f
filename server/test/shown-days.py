"""What a calendar on the standard input shows in some years, as JSON: years are given, both counted."""

import json
import sys
from datetime import datetime, timedelta

from dateutil.rrule import rrulestr
from icalendar import Calendar


def shown(event, day):
    # The end of an all-day event is the day after it.
    assert event["DTEND"].dt - event["DTSTART"].dt == timedelta(days=1)
    assert event["TRANSP"] == "TRANSPARENT"
    alarms = [one for one in event.subcomponents if one.name == "VALARM"]
    return {
        "uid": event["UID"],
        "date": day.isoformat(),
        "title": event["SUMMARY"],
        "reminders": sorted(
            int(one["TRIGGER"].dt.total_seconds() // 60) for one in alarms
        ),
    }


first, last = int(sys.argv[1]), int(sys.argv[2])
events = Calendar.from_ical(sys.stdin.buffer.read()).walk("VEVENT")
exceptions = {
    (one["UID"], one["RECURRENCE-ID"].dt): one
    for one in events
    if "RECURRENCE-ID" in one
}
days = []
used = set()
for event in events:
    if "RECURRENCE-ID" in event:
        continue
    start = datetime.combine(event["DTSTART"].dt, datetime.min.time())
    rule = rrulestr(event["RRULE"].to_ical().decode(), dtstart=start)
    for at in rule.between(datetime(first, 1, 1), datetime(last, 12, 31), inc=True):
        key = (event["UID"], at.date())
        one = exceptions.get(key, event)
        used.add(key)
        days.append(shown(one, exceptions[key]["DTSTART"].dt if key in exceptions else at.date()))
# An exception that belongs to no occurrence would be shown nowhere.
assert all(
    key in used for key in exceptions if first <= key[1].year <= last
), "an exception without an occurrence"
json.dump(days, sys.stdout)
