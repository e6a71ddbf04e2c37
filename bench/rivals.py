"""The same audit by other means: pandas with periods, and objects with a recurrence rule each.

Both are written for the bench's own office, whose holders are all in post throughout; each gives
`engine.columns.checksum_of` the verdicts, so that a faster wrong answer would show.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from bench.office import FIRST, LAST, PERIODS
from data.flags import is_newest
from data.store import Store
from engine.columns import MASK, STATES, value_of, weight_of, weight_of_period
from engine.cutting import period_around, periods_of
from engine.periods import Period
from engine.verdict import State
from rules.rulebook import Rulebook

if TYPE_CHECKING:
    import pandas as pd

_FREQUENCY = {"month": "M", "quarter": "Q", "year": "Y"}
_MONTHS = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}


def by_pandas(store: Store, rulebook: Rulebook) -> int:
    """`read_sql`, a Period for each act, group by holder, kind and period, join to what is owed."""
    import numpy as np
    import pandas as pd

    with store.reading() as connection:
        acts = pd.read_sql(
            f"SELECT holder, kind, role, day FROM activities WHERE day BETWEEN '{FIRST}' AND"
            f" '{LAST}' AND voided_at IS NULL",
            connection,
        )
        people = pd.read_sql("SELECT post, person FROM appointments", connection)
    acts = acts[acts["role"] == "带队"]
    acts["day"] = pd.to_datetime(acts["day"])
    total = 0
    weights = np.array(
        [weight_of(f"{post}/{person}") for post, person in people.itertuples(index=False)],
        dtype=np.uint64,
    )
    for number, per in enumerate(PERIODS):
        own = acts[acts["kind"] == f"履职{number:02}"]
        named = _periods(own["day"], per)
        done = own.groupby([own["holder"], named]).size().rename("done").reset_index()
        done.columns = pd.Index(["post", "period", "done"])
        wanted = [_label(period.first, per) for _, period in periods_of(per, FIRST, LAST)]
        owed = people[["post"]].merge(pd.DataFrame({"period": wanted}), how="cross")
        verdicts = owed.merge(done, how="left", on=["post", "period"]).fillna({"done": 0})
        counts = verdicts["done"].astype("int64")
        verdicts["state"] = np.where(counts >= 1, State.MET, State.OVERDUE)
        total += _pandas_checksum(verdicts, counts, rulebook.duties[number].id, per, weights)
    return total & MASK


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


def _pandas_checksum(verdicts: Any, counts: Any, duty: str, per: str, weights: Any) -> int:
    import numpy as np

    periods = [period for _, period in periods_of(per, FIRST, LAST)]
    met, overdue = (value_of(1, STATES.index(s), 0) & MASK for s in (State.MET, State.OVERDUE))
    one = (value_of(1, 0, 1) - value_of(1, 0, 0)) & MASK
    values = np.where(
        verdicts["state"] == State.MET, np.uint64(met), np.uint64(overdue)
    ) + counts.to_numpy().astype(np.uint64) * np.uint64(one)
    table = values.reshape(-1, len(periods)) * weights[:, None]
    sums = table.sum(axis=0, dtype=np.uint64).tolist()
    return sum(
        part * weight_of_period(duty, period) for part, period in zip(sums, periods, strict=True)
    )


def by_objects(store: Store, rulebook: Rulebook, posts: list[str]) -> int:
    """A session's row objects of each post, and an `rrule` of due days for each obligation."""
    from dateutil.rrule import MONTHLY, rrule
    from sqlalchemy import select, text
    from sqlalchemy.orm import Session

    from bench.rows import ActivityRow, AppointmentRow

    total = 0
    with Session(store.engine) as session:
        for post in posts:
            held = session.scalars(select(AppointmentRow).where(AppointmentRow.post == post)).one()
            # The narrow column only finds the rows; a plain schema would have an index on holder.
            number = int(post[1:])
            acts = session.scalars(
                select(ActivityRow).where(ActivityRow.holder_no == number, text(is_newest()))
            ).all()
            weight = weight_of(f"{post}/{held.person}")
            for at, per in enumerate(PERIODS):
                start = datetime.combine(FIRST, datetime.min.time())
                until = datetime.combine(LAST, datetime.min.time())
                for moment in rrule(MONTHLY, interval=_MONTHS[per], dtstart=start, until=until):
                    named = period_around(per, moment.date())
                    assert named is not None
                    total += weight * _one(rulebook, at, named[1], acts)
            session.expunge_all()
    return total & MASK


def _one(rulebook: Rulebook, number: int, period: Period, acts: Any) -> int:
    done = 0
    for act in acts:
        if act.kind == f"履职{number:02}" and act.role == "带队" and act.voided_at is None:
            day = datetime.strptime(act.day, "%Y-%m-%d").date()  # noqa: DTZ007 - a day has no zone
            if period.first <= day < period.last + timedelta(days=1):
                done += 1
    state = State.MET if done >= 1 else State.OVERDUE
    duty = rulebook.duties[number].id
    return value_of(1, STATES.index(state), done) * weight_of_period(duty, period)
