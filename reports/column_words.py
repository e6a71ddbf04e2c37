"""What each column of each import table holds, in a sentence: for helps, notes and templates."""

from __future__ import annotations

from collections.abc import Mapping

from reports.i18n import mark

FIELDS = {
    "activity": mark("The record's own id; without it the program gives one."),
    "kind": mark("The kind of the activity, a word of the vocabulary."),
    "day": mark("The day on which it was done; its last day where it took several."),
    "holder": mark("The id of the post, or of the unit, whose activity it is."),
    "first_day": mark("Its first day, where it took several."),
    "time": mark("The time of day, HH:MM."),
    "person": mark("The id of the person who did it."),
    "role": mark("The role in which it was done, a word of the vocabulary."),
    "subjects": mark("The ids of what it was done to, parted by ;"),
    "quantity": mark("How many, where the duty asks for a quantity."),
    "out_of": mark("The whole of which the quantity is a part (87 of 90)."),
    "unit_of_quantity": mark("What the quantity counts: hours, batches, lifts …"),
    "on_behalf_of": mark("The id of the post on whose behalf it was done."),
    "for_period": mark("The period for which it was done, such as 2024-06."),
    "event": mark("The id of the event that it answers."),
    "makes_up": mark("The earlier period that it makes good."),
    "attributes": mark("Further facts: key=value;key=value"),
    "evidence": mark("Where the evidence is, several parted by ;"),
    "note": mark("Anything else."),
    "recorded_by": mark("Who records it."),
    "recorded_at": mark("When it was recorded; now where it is left out."),
    "supersedes": mark("The id of the record that this one replaces."),
}
"""The columns of the activities table that can be typed, with what they hold."""

_FIRST = mark("The first day on which it holds; empty: it always did.")
_LAST = mark("The last day on which it holds; empty: it still does.")
_TAGS = mark("Marks, parted by ; 高危@2024-11-01 bears it from that day on.")

NOTES: Mapping[str, Mapping[str, str]] = {
    "settings": {
        "key": mark("records_from: the first day on which anybody is judged; timezone."),
        "value": mark("A day as YYYY-MM-DD, or a time zone such as Asia/Shanghai."),
    },
    "units": {
        "unit": mark("The unit's own id: a short text without @ # / ;"),
        "name": mark("Its full name."),
        "type": mark("What it is: duty lists pick units by type."),
        "parent": mark("The id of the unit above it."),
        "tags": _TAGS,
        "industry": mark("Its industry."),
        "first": _FIRST,
        "last": _LAST,
        "records_from": mark("The first day on which it is judged, where not the store's."),
        "term_first": mark("The first day of a body's term of office."),
        "term_last": mark("The last day of a body's term of office."),
    },
    "adoptions": {
        "document": mark("The id of the document, as 'dutyclock rules list' names it."),
        "unit": mark("The id of the unit that it binds, with all below it."),
        "first": _FIRST,
        "last": _LAST,
    },
    "people": {
        "person": mark("The person's own id; two people may have one name."),
        "name": mark("The name."),
        "phone": mark("The telephone number."),
        "email": mark("The mail address."),
        "facts": mark("Dated facts, parted by ; 持证=是@2024-03-01 holds from that day on."),
    },
    "posts": {
        "post": mark("The post's own id: a short text without @ # / ;"),
        "unit": mark("The id of its unit."),
        "class": mark("The class of the post, which duty lists bind: a word of the vocabulary."),
        "title": mark("What the post is called."),
        "reports_to": mark("The id of the post above it."),
        "first": _FIRST,
        "last": _LAST,
    },
    "appointments": {
        "person": mark("The id of the person."),
        "post": mark("The id of the post."),
        "first": mark("The first day in the post."),
        "last": mark("The last day in the post; empty: still in it."),
        "acting": mark("Yes for somebody who stands in."),
        "document": mark("The number of the paper that says so."),
        "reason": mark("The reason that the paper gives."),
    },
    "subjects": {
        "subject": mark("Its own id: a project, school, lift, an enterprise that is no unit."),
        "name": mark("Its full name."),
        "type": mark("What it is: coverage picks its members by type."),
        "unit": mark("The id of the unit that it belongs to."),
        "tags": _TAGS,
        "first": _FIRST,
        "last": _LAST,
    },
    "events": {
        "event": mark("The event's own id."),
        "type": mark("What happened: a word of the vocabulary."),
        "day": mark("Its day, or the first of several."),
        "last": mark("The last of several days."),
        "time": mark("The time of day, HH:MM."),
        "status": mark("Planned, moved, cancelled or done; empty: planned."),
        "unit": mark("The id of the unit that it concerns; empty: all of them."),
        "subject": mark("The id of what it concerns."),
    },
    "waivers": {
        "waiver": mark("The waiver's own id."),
        "holder": mark("The id of the post or unit that is excused."),
        "first": mark("The first day of the waiver."),
        "last": mark("The last day of the waiver."),
        "reason": mark("Why it is granted."),
        "person": mark("The id of the person, where only this one in the post is excused."),
        "duty": mark("The id of the duty, where only this one is excused."),
        "subject": mark("The id of the member of a coverage, where only this one is excused."),
        "document": mark("The number of the paper that grants it."),
    },
    "delegations": {
        "delegation": mark("The delegation's own id."),
        "holder": mark("The id of the post for which another one acts."),
        "delegate": mark("The id of the post that acts for it."),
        "first": mark("The first day of the delegation."),
        "last": mark("The last day of the delegation; empty: until further notice."),
        "duty": mark("The id of the duty, where it is for this one only."),
        "document": mark("The number of the paper that says so."),
        "reason": mark("The reason that the paper gives."),
    },
    "attachments": {
        "attachment": mark("The attachment's own id; 'dutyclock attach' writes these rows."),
        "activity": mark("The id of the record that the file proves."),
        "sha256": mark("The SHA-256 of the file."),
        "name": mark("What the file was called."),
        "size": mark("How many bytes it has."),
        "type": mark("Its media type, such as image/jpeg."),
    },
    "activities": FIELDS,
}
"""The columns of each table's own."""

EVERYWHERE: Mapping[str, str] = {
    "recorded_by": FIELDS["recorded_by"],
    "recorded_at": FIELDS["recorded_at"],
    "voided_at": mark("To strike a record out: the day on which it was declared void."),
    "voided_by": mark("Who declared it void."),
    "void_reason": mark("Why it does not hold."),
    "version": mark("Leave it as it is: it tells whether somebody else changed the record since."),
}
"""The columns that every table has."""


def note_of(table: str, column: str) -> str:
    """What the column holds, in English; a key of the catalogue."""
    return NOTES[table].get(column) or EVERYWHERE[column]
