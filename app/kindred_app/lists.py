"""Gets the list that a page shows, step by step, so that the page can say how far it is."""

import time

import streamlit as st

from kindred_app import session
from kindred_app.models import Job, RecommendationList
from kindred_app.problems import GatewayAway, Refused
from kindred_app.saving import State
from kindred_app.shown import Basis, ShownList

#: Items of the overall list, and of one of a single genre.
COUNT, ROW_COUNT = 100, 24
#: Seconds that one step waits: most lists are ready within the first.
FIRST_WAIT, NEXT_WAIT = 2, 1
#: Seconds that ratings just given have to be applied, before the list is asked for.
APPLYING = 1.5

_STATES = {
    "queued": "Waiting for a free worker",
    "running": "Asking people with a taste like yours",
    "retrying": "Trying again",
}


def wanted() -> Basis | None:
    """Of what the list should be; None while there is nothing to go by."""
    found = session.visitor()
    if found.account:
        return Basis(session.queue().revision, found.wish)
    picks = tuple(sorted((pick.item.id, pick.rating) for pick in found.picks.values()))
    return Basis(picks, found.wish) if picks else None


def is_stale(shown: ShownList) -> bool:
    if session.visitor().account and session.queue().open_count:
        return True
    return shown.current is None or shown.of != wanted()


def is_moving(shown: ShownList) -> bool:
    """Whether something ends by itself soon that makes a newer list: a job, or ratings on their way to a worker."""
    if shown.job is not None:
        return True
    if not session.visitor().account:
        return False
    return any(entry.state in (State.saving, State.accepted) for entry in session.queue().entries().values())


def step(shown: ShownList) -> None:
    """Goes one step towards the list of the ratings as they are now."""
    found = session.visitor()
    if found.account:
        session.queue().wait(APPLYING, until_applied=True)
    of = wanted()
    try:
        if shown.job is not None and shown.job_of == of:
            _take(shown, session.client().job(shown.job.id, wait=NEXT_WAIT), of)
            return
        answer = _ask()
    except Refused as problem:
        # A job that ended long ago is forgotten: the next step asks for another.
        shown.problem, shown.job = "" if shown.job and problem.status == 404 else _excuse(problem), None
        return
    if isinstance(answer, RecommendationList):
        shown.take(answer, of)
    else:
        shown.job_since = time.monotonic()
        _take(shown, answer, of)


def _ask() -> RecommendationList | Job:
    found = session.visitor()
    if found.account:
        return session.client().recommend(COUNT, wait=FIRST_WAIT, wishes=found.wish.body())
    picks = {pick.item.id: pick.rating for pick in found.picks.values()}
    return session.client().recommend_to_guest(picks, COUNT, wait=FIRST_WAIT, wishes=found.wish.body())


def _take(shown: ShownList, job: Job, of: Basis | None) -> None:
    if not job.has_ended:
        shown.job, shown.job_of = job, of
    elif job.recommendations is not None:
        shown.take(job.recommendations, of)
    else:
        shown.job = None
        shown.problem = job.error or {
            "expired": "No worker was free in time.",
            "cancelled": "It was cancelled.",
        }.get(job.status, "The list could not be made.")


def _excuse(problem: Refused) -> str:
    if problem.status == 429:
        seconds = round(problem.retry_after or 5)
        return f"That was a lot in a short time. A new list can be made in {seconds} seconds."
    return str(problem)


def row(shown: ShownList, genre: str) -> RecommendationList | None:
    """A list of one genre, if it is ready at once. After one that is not, no more are asked for: the page would stand still."""
    if genre not in shown.rows and None not in shown.rows.values() and session.visitor().account:
        try:
            answer = session.client().recommend(ROW_COUNT, [genre], wait=FIRST_WAIT, wishes=session.visitor().wish.body())
        except (Refused, GatewayAway):
            answer = None
        shown.rows[genre] = answer if isinstance(answer, RecommendationList) else None
    return shown.rows.get(genre)


def trending() -> RecommendationList | None:
    """What many people liked of late, asked for once in a session; None where it is not to be had at once."""
    if "trending" not in st.session_state:
        try:
            answer = session.client().recommend_to_guest({}, ROW_COUNT, wait=FIRST_WAIT, wishes={"algorithm": "trending"})
        except (Refused, GatewayAway):
            return None
        st.session_state["trending"] = answer if isinstance(answer, RecommendationList) else None
    return st.session_state["trending"]


def progress(shown: ShownList) -> None:
    """Says how far the job is, with a way to end it."""
    job = shown.job
    if job is None:
        return
    seconds = time.monotonic() - shown.job_since
    place = f"place {job.queue_position} in the queue, " if job.queue_position else ""
    tries = f", try {job.attempt}" if job.attempt > 1 else ""
    # Not `with`: at its end the box would say that it is done.
    box = st.status(f"{_STATES.get(job.status, job.status)} …", state="running", expanded=True)
    box.caption(f"The job is {job.status}: {place}{seconds:.0f} s{tries}.")
    # Nobody knows how long it takes: the bar comes ever closer to its end.
    box.progress(min(0.95, 1 - 1 / (1 + seconds / 4)))
    if job.can_be_cancelled and box.button("Cancel", key="cancel-list"):
        try:
            session.client().cancel(job.id)
        except Refused:
            pass  # It has ended meanwhile.
