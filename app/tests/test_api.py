"""The client: repeats what may be repeated and nothing else, and tells errors apart."""

import pytest
from fake_gateway import FakeGateway, RunningGateway

from kindred_app import session
from kindred_app.api import Client, new_key
from kindred_app.models import Job, RecommendationList
from kindred_app.problems import GatewayAway, Refused, SessionExpired


def entered(running: RunningGateway, client: Client) -> Client:
    _, opened, _ = client.sign_up("ada", "correct horse", {}, new_key())
    return Client(session.connections(running.url), opened.token, "203.0.113.9", pauses=(0.01, 0.01))


def test_pages_of_items_and_similar_ones(client: Client):
    first = client.items()
    assert len(first.entries) == 24
    second = client.items(page_token=first.next_token)
    assert not {item.id for item in first.entries} & {item.id for item in second.entries}
    assert [item.title for item in client.items("matrix").entries] == ["Matrix, The"]
    assert client.similar(first.entries[0].id)


def test_the_browsers_address_and_the_token_go_along(running: RunningGateway, client: Client):
    entered(running, client).session()
    headers = running.gateway.log[-1][2]
    assert headers["x-forwarded-for"] == "203.0.113.9"
    assert headers["authorization"].startswith("Bearer ")


def test_a_rating_whose_answer_is_lost_is_sent_again_under_its_key(running: RunningGateway, client: Client):
    user = entered(running, client)
    running.gateway.loses_answers = True
    with pytest.raises(GatewayAway):
        user.rate([("1", 4.5)], "key-1")
    running.gateway.loses_answers = False
    assert user.rate([("1", 4.5)], "key-1", wait=2).status == "succeeded"
    tries = [entry for entry in running.gateway.log if "/ratings" in entry[1]]
    assert len(tries) == 4
    assert {entry[2]["idempotency-key"] for entry in tries} == {'"key-1"'}
    assert running.gateway.accepted == 1


def test_guesses_of_a_password_are_never_repeated(gateway: FakeGateway, client: Client):
    gateway.away = True
    with pytest.raises(GatewayAway):
        client.log_in("ada", "correct horse")
    assert len(gateway.log) == 1


def test_reads_are_repeated_and_then_given_up(gateway: FakeGateway, client: Client):
    gateway.away = True
    with pytest.raises(GatewayAway):
        client.catalogue()
    assert len(gateway.log) == 3


def test_a_gateway_that_is_not_there_is_away(running: RunningGateway, client: Client):
    running.stop()
    with pytest.raises(GatewayAway):
        client.catalogue()
    assert not client.is_ready()


def test_something_else_that_answers_is_not_the_gateway(gateway: FakeGateway, client: Client):
    gateway.talks_html = True
    with pytest.raises(GatewayAway):
        client.catalogue()


def test_an_ended_session_is_told_from_a_wrong_password(running: RunningGateway, client: Client):
    user = entered(running, client)
    running.gateway.sessions.clear()
    with pytest.raises(SessionExpired):
        user.session()
    with pytest.raises(Refused) as refusal:
        client.log_in("ada", "wrong password")
    assert refusal.value.code == "wrong_credentials"


def test_lists_come_at_once_or_as_jobs(running: RunningGateway, client: Client):
    assert isinstance(client.recommend_to_guest({"1": 5}, 10, wait=2), RecommendationList)
    running.gateway.queued = 0.05
    job = client.recommend_to_guest({"1": 5}, 10)
    assert isinstance(job, Job)
    assert job.status == "queued"
    ended = client.job(job.id, wait=5)
    assert ended.status == "succeeded"
    assert ended.recommendations


def test_a_questionnaire_is_as_long_as_asked_for(gateway: FakeGateway, client: Client):
    assert [item.id for item in client.questionnaire(2)] == list(gateway.items)[:2]
    assert gateway.log[-1][1] == "/v1/questionnaire?count=2"


def test_a_similar_request_has_no_parameters(gateway: FakeGateway, client: Client):
    client.similar("1")
    assert gateway.log[-1][1] == "/v1/items/1/similar"


def test_names_in_paths_are_escaped(gateway: FakeGateway, client: Client):
    with pytest.raises(Refused):
        client.similar("a/b?c")
    assert gateway.log[-1][1] == "/v1/items/a%2Fb%3Fc/similar"
