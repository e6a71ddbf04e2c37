"""The same audit by other means: pandas with periods, and objects with a recurrence rule each.

Both are written for the bench's own office, whose holders are all in post throughout; each gives
the counts or verdicts themselves, so that a faster wrong answer would show.
"""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from bench.office import FIRST, LAST, PERIODS
from bench.timed import Counts, Verdicts
from data.flags import newest_sql
from data.store.opening import Store
from engine.calendar.cutting import period_around, periods_of
from engine.calendar.periods import Period
from engine.judging.verdict import State
from rules.rulebook import Rulebook

if TYPE_CHECKING:
    import pandas as pd

_FREQUENCY = {"month": "M", "quarter": "Q", "year": "Y"}
_MONTHS = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}


def by_pandas(store: Store, rulebook: Rulebook) -> Counts:
    """`read_sql`, a Period for each act, group by holder, kind and period, join to what is owed."""
    import numpy as np
    import pandas as pd

    with store.reading() as connection:
        acts = pd.read_sql(
            f"SELECT holder, kind, role, day FROM activities WHERE day BETWEEN '{FIRST}' AND"
            f" '{LAST}' AND voided_at IS NULL",
            connection,
        )
        posts = pd.read_sql("SELECT post, unit FROM posts", connection)
    acts = acts[acts["role"] == "带队"]
    acts["day"] = pd.to_datetime(acts["day"])
    told: Counts = {}
    for number, per in enumerate(PERIODS):
        own = acts[acts["kind"] == f"履职{number:02}"]
        named = _periods(own["day"], per)
        done = own.groupby([own["holder"], named]).size().rename("done").reset_index()
        done.columns = pd.Index(["post", "period", "done"])
        wanted = [_label(period.first, per) for _, period in periods_of(per, FIRST, LAST)]
        owed = posts.merge(pd.DataFrame({"period": wanted}), how="cross")
        verdicts = owed.merge(done, how="left", on=["post", "period"]).fillna({"done": 0})
        verdicts["state"] = np.where(verdicts["done"] >= 1, State.MET, State.OVERDUE)
        verdicts["duty"] = rulebook.duties[number].id
        for group in ("duty", "unit"):
            sizes: Any = verdicts.groupby([group, "state"]).size()
            for (name, state), count in sizes.items():
                told.setdefault(name, Counter())[State(state)] += int(count)
    return told


def _periods(days: pd.Series[Any], per: str) -> pd.Series[Any]:
    named: pd.Series[Any]
    if per == "half_year":
        named = days.dt.year.astype(str) + "H" + ((days.dt.month > 6) + 1).astype(str)
    else:
        named = days.dt.to_period(_FREQUENCY[per]).astype(str)
    return named


def _label(first: date, per: str) -> str:
    return {
        "month": f"{first:%Y-%m}",
        "quarter": f"{first.year}Q{(first.month + 2) // 3}",
        "half_year": f"{first.year}H{1 if first.month < 7 else 2}",
        "year": f"{first.year}",
    }[per]


def by_objects(store: Store, rulebook: Rulebook, posts: list[str]) -> Verdicts:
    """A session's row objects of each post, and an `rrule` of due days for each obligation."""
    from dateutil.rrule import MONTHLY, rrule
    from sqlalchemy import select, text
    from sqlalchemy.orm import Session

    from bench.rows import ActivityRow, AppointmentRow

    told: Verdicts = {}
    with Session(store.engine) as session:
        for post in posts:
            session.scalars(select(AppointmentRow).where(AppointmentRow.post == post)).one()
            # The narrow column only finds the rows; a plain schema would have an index on holder.
            number = int(post[1:])
            acts = session.scalars(
                select(ActivityRow).where(ActivityRow.holder_no == number, text(newest_sql()))
            ).all()
            for at, per in enumerate(PERIODS):
                start = datetime.combine(FIRST, datetime.min.time())
                until = datetime.combine(LAST, datetime.min.time())
                for moment in rrule(MONTHLY, interval=_MONTHS[per], dtstart=start, until=until):
                    named = period_around(per, moment.date())
                    assert named is not None
                    told[rulebook.duties[at].id, post, named[1]] = _one(at, named[1], acts)
            session.expunge_all()
    return told


def _one(number: int, period: Period, acts: Any) -> tuple[State, int]:
    done = 0
    for act in acts:
        if act.kind == f"履职{number:02}" and act.role == "带队" and act.voided_at is None:
            day = datetime.strptime(act.day, "%Y-%m-%d").date()  # noqa: DTZ007 - a day has no zone
            if period.first <= day < period.last + timedelta(days=1):
                done += 1
    return (State.MET if done >= 1 else State.OVERDUE), done
