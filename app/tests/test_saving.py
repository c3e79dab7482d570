"""The saving queue: nothing is lost, the last word holds, everyone can see how far it is."""

import threading
from collections.abc import Callable

import pytest
from fake_gateway import FakeGateway, RunningGateway

from kindred_app import session
from kindred_app.api import Client, new_key
from kindred_app.models import Item
from kindred_app.queues import SavingQueues
from kindred_app.saving import Change, SavingQueue, State


@pytest.fixture
def user(running: RunningGateway, client: Client) -> Client:
    _, opened, _ = client.sign_up("ada", "correct horse", {}, new_key())
    return Client(session.connections(running.url), opened.token, pauses=())


@pytest.fixture
def queue(user: Client) -> SavingQueue:
    return SavingQueue(user, pause=lambda tries: 0.02)


def item(identifier: str) -> Item:
    return Item(identifier, f"Film {identifier}")


def rated(gateway: FakeGateway) -> dict[str, float]:
    return {name: rating for name, (rating, _) in gateway.users["ada"].ratings.items()}


def until(condition: Callable[[], bool]) -> None:
    pause = threading.Event()
    for _ in range(1000):
        if condition():
            return
        pause.wait(0.01)
    raise AssertionError("It did not come to that.")


def test_what_is_put_is_saved(gateway: FakeGateway, queue: SavingQueue):
    queue.put(Change(item("1"), 4.5))
    assert queue.entries()["1"].state in (State.saving, State.saved)
    assert queue.wait(5)
    assert rated(gateway) == {"1": 4.5}
    assert queue.entries()["1"].state is State.saved
    assert queue.revision == 1


def test_ratings_given_during_an_outage_are_saved_after_it(running: RunningGateway, queue: SavingQueue):
    running.stop()
    for number in range(1, 6):
        queue.put(Change(item(str(number)), 3))
    queue.put(Change(item("5"), 5))
    until(lambda: queue.entries()["1"].state is State.retrying and queue.entries()["5"].state is State.retrying)
    assert queue.open_count == 5
    running.start()
    assert queue.wait(10, through_outages=True)
    assert rated(running.gateway) == {"1": 3, "2": 3, "3": 3, "4": 3, "5": 5}


def test_lost_answers_make_no_second_job(gateway: FakeGateway, queue: SavingQueue):
    gateway.loses_answers = True
    queue.put(Change(item("1"), 4))
    until(lambda: queue.entries()["1"].state is State.retrying)
    queue.put(Change(item("1"), 2))
    gateway.loses_answers = False
    assert queue.wait(10, through_outages=True)
    assert rated(gateway) == {"1": 2}
    assert gateway.accepted == 2


def test_many_go_together(gateway: FakeGateway, queue: SavingQueue):
    gateway.away = True
    for number in range(1, 31):
        queue.put(Change(item(str(number)), 3.5))
    gateway.away = False
    assert queue.wait(10, through_outages=True)
    assert len(rated(gateway)) == 30
    assert gateway.accepted <= 3


def test_one_that_is_refused_does_not_take_the_others_with_it(gateway: FakeGateway, queue: SavingQueue):
    gateway.away = True
    queue.put(Change(item("1"), 3))
    until(lambda: queue.entries()["1"].state is State.retrying)
    for name in ("2", "unheard-of", "3"):
        queue.put(Change(item(name), 3))
    gateway.away = False
    assert queue.wait(10, through_outages=True)
    assert set(rated(gateway)) == {"1", "2", "3"}
    refused = queue.entries()["unheard-of"]
    assert refused.state is State.failed
    assert refused.detail


def test_an_ended_session_holds_everything_until_the_next(running: RunningGateway, client: Client, queue: SavingQueue):
    running.gateway.sessions.clear()
    queue.put(Change(item("1"), 4))
    until(lambda: queue.entries()["1"].state is State.waiting)
    queue.put(Change(item("2"), 4))
    assert queue.entries()["2"].state is State.waiting
    assert queue.wait(1), "whoever waits must not wait for a log in"
    _, opened = client.log_in("ada", "correct horse")
    queue.renew(Client(session.connections(running.url), opened.token, pauses=()))
    assert queue.wait(10, through_outages=True)
    assert set(rated(running.gateway)) == {"1", "2"}


def test_an_accepted_job_is_followed_to_its_end(gateway: FakeGateway, queue: SavingQueue):
    gateway.queued = 4
    queue.put(Change(item("1"), 4))
    until(lambda: queue.entries()["1"].state is State.accepted)
    assert queue.open_count == 0
    assert queue.wait(10, until_applied=True)
    assert queue.entries()["1"].state is State.saved


def test_removing_and_dismissing(gateway: FakeGateway, queue: SavingQueue):
    for change in (Change(item("1"), 4), Change(item("2"), 4)):
        queue.put(change)
    assert queue.wait(5)
    queue.put(Change(item("1"), None))
    queue.put(Change(item("2"), dismissed=True))
    queue.put(Change(item("3"), dismissed=True))
    assert queue.wait(5)
    assert rated(gateway) == {}
    assert list(gateway.users["ada"].unwanted) == ["2", "3"]
    queue.put(Change(item("3"), dismissed=False))
    assert queue.wait(5)
    assert list(gateway.users["ada"].unwanted) == ["2"]


def test_an_answer_that_makes_no_sense_does_not_end_the_saving(gateway: FakeGateway, queue: SavingQueue):
    gateway.talks_nonsense = True
    queue.put(Change(item("1"), 4))
    until(lambda: queue.entries()["1"].state is State.retrying)
    gateway.talks_nonsense = False
    assert queue.wait(10, through_outages=True)
    assert rated(gateway) == {"1": 4}


def test_a_pause_ends_when_the_gateway_is_back(running: RunningGateway, user: Client):
    queue = SavingQueue(user, pause=lambda tries: 600)
    running.gateway.away = True
    queue.put(Change(item("1"), 4))
    until(lambda: queue.entries()["1"].state is State.retrying)
    running.gateway.away = False
    queue.try_now()
    assert queue.wait(10, through_outages=True)
    assert rated(running.gateway) == {"1": 4}


def test_a_queue_is_found_again_by_its_user(user: Client):
    queues = SavingQueues()
    first = queues.queue("~1", user)
    assert queues.queue("~1", user) is first
    assert queues.queue("~2", user) is not first
    queues.forget("~1")
    assert queues.find("~1") is None


def test_queues_of_people_who_do_not_come_back_are_forgotten(gateway: FakeGateway, user: Client):
    queues = SavingQueues()
    queues.queue("~1", user)
    busy = queues.queue("~2", user)
    gateway.sessions.clear()
    busy.put(Change(item("1"), 4))
    until(lambda: busy.needs_log_in)
    queues.lifetime, queues.longest_wait = 0, 3600
    queues.queue("~3", user)
    assert queues.find("~1") is None
    assert queues.find("~2") is busy
    queues.longest_wait = 0
    queues.queue("~3", user)
    assert queues.find("~2") is None
