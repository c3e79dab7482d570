"""The story that must be true of any Kindred: somebody signs up, rates, and is recommended what fits; the app answers."""

import secrets
import socket
from pathlib import Path

import probes
from client import Client
from cluster import Cluster


def service_key(cluster: Cluster) -> str:
    """The key of a trusted frontend, as the gateway's pods have it."""
    pod = cluster.pods("gateway")[0]
    key = pod.main.environment.get("GATEWAY_API_KEY")
    return key or cluster.file(pod, Path(pod.main.environment["GATEWAY_API_KEY_FILE"])).read_text().strip()


def service_client(cluster: Cluster) -> Client:
    """A client that may do what a trusted frontend may."""
    return Client(cluster.balancer.address("gateway"), token=service_key(cluster))


def tell(cluster: Cluster) -> list[str]:
    """Tell the story through the load balancer. Returns what was seen.

    - Raises: an AssertionError at the first thing that is wrong.
    """
    seen: list[str] = []
    address = cluster.balancer.address("gateway")
    name = f"ada-{secrets.token_hex(4)}"
    if cluster.pods("gateway")[0].main.environment.get("GATEWAY_ACCOUNTS") == "true":
        guest = Client(address)
        signed = guest.expect(201, "POST", "/v1/accounts", {"name": name, "password": secrets.token_urlsafe(12)})
        client, user = Client(address, token=signed["session"]["token"] if "session" in signed else signed["token"]), "me"
        seen.append(f"{name} signed up and is logged in")
    else:
        client, user = service_client(cluster), name

    catalogue = client.expect(200, "GET", "/v1/catalogue")
    items = [item["id"] for item in client.expect(200, "GET", "/v1/items?pageSize=8")["items"]]
    seen.append(f"the catalogue is there: {catalogue['itemCount']} items, {catalogue['ratingCount']} ratings")

    ratings = [{"item": item, "rating": 5} for item in items[:5]]
    job = client.expect(200, "POST", f"/v1/users/{user}/ratings", {"ratings": ratings}, Prefer="wait=30")
    require(job["status"] == "succeeded", job)
    one = client.expect(202, "PUT", f"/v1/users/{user}/ratings/{items[5]}", {"rating": 1})
    ended = client.expect(200, "GET", f"/v1/jobs/{one['id']}", Prefer="wait=30")
    require(ended["status"] == "succeeded", ended)
    kept = client.expect(200, "GET", f"/v1/users/{user}/ratings")["ratings"]
    given = dict.fromkeys(items[:5], 5) | {items[5]: 1}
    require({entry["item"]["id"]: entry["rating"] for entry in kept} == given, kept)
    seen.append("six ratings were accepted, applied by workers, and are kept")

    found = client.expect(200, "GET", f"/v1/users/{user}/recommendations")
    recommended = [entry["item"]["id"] for entry in found["items"]]
    require(bool(recommended) and not set(recommended) & set(given), recommended)
    fresh = client.expect(200, "POST", f"/v1/users/{user}/recommendations", {"count": 5}, Prefer="wait=30")
    require(len(fresh["items"]) == 5, fresh)
    seen.append(f"{len(recommended)} items are recommended, none of them rated, by {found['algorithm']}")

    if cluster.pods("app"):
        _asks_app(cluster.balancer.address("app"))
        seen.append("the app serves its page and takes a WebSocket")
    for pod in cluster.all_pods():
        for container in pod.containers:
            probe = container.probes.get("liveness")
            require(probe is None or probes.answers(cluster.engine, pod, container, probe), f"{pod.name} is not alive")
    seen.append("every liveness probe succeeds")
    return seen


def _asks_app(address: str) -> None:
    page = Client(address).expect(200, "GET", "/")
    require("<script" in page, page)
    with socket.create_connection((address, 80), 10) as connection:
        request = [
            "GET /_stcore/stream HTTP/1.1", f"Host: {address}", f"Origin: http://{address}", "Upgrade: websocket",
            "Connection: Upgrade", "Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: a2luZHJlZCBpcyBraW5kIQ==", "", "",
        ]  # fmt: skip
        connection.sendall("\r\n".join(request).encode())
        answer = connection.recv(1024)
        require(answer.startswith(b"HTTP/1.1 101"), answer)


def require(condition: bool, found: object) -> None:
    """Go no further unless it holds, and show what there was instead."""
    if not condition:
        raise AssertionError(found)
