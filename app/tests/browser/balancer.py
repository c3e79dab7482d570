"""One address before several gateways, as a load balancer for TCP gives them."""

import asyncio
import contextlib
import threading
from collections.abc import Coroutine, Sequence
from typing import TypeVar

Value = TypeVar("Value")


class Balancer:
    """Hands each connection to the next of the gateways that takes it.

    When a gateway dies, its connections break, as they do at any balancer that does not read what it carries; new ones go to the
    others. When none is there, a connection is closed as soon as it was made.
    """

    def __init__(self, port: int, gateways: Sequence[int]) -> None:
        """Listen on `port` of this machine, for gateways on these ports."""
        self.port = port
        self._gateways = list(gateways)
        self._next = 0
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="balancer", daemon=True)
        self._thread.start()
        self._connections: set[asyncio.Task[None]] = set()
        self._server = self._run(asyncio.start_server(self._serve, "127.0.0.1", port))

    def close(self) -> None:
        """Close every connection, and the address with them."""
        self._run(self._close())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()

    def _run(self, work: Coroutine[None, None, Value]) -> Value:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(10)

    async def _close(self) -> None:
        self._server.close()
        for connection in list(self._connections):
            connection.cancel()
        await asyncio.gather(*self._connections, return_exceptions=True)

    async def _connect(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter] | None:
        for _ in self._gateways:
            self._next = (self._next + 1) % len(self._gateways)
            with contextlib.suppress(OSError):
                return await asyncio.open_connection("127.0.0.1", self._gateways[self._next])
        return None

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        connection = asyncio.current_task()
        assert connection is not None
        self._connections.add(connection)
        gateway = await self._connect()
        try:
            if gateway is not None:
                await _carry((reader, writer), gateway)
        finally:
            self._connections.discard(connection)
            for end in (writer, gateway[1] if gateway else None):
                if end is not None:
                    end.close()


async def _carry(
    client: tuple[asyncio.StreamReader, asyncio.StreamWriter], gateway: tuple[asyncio.StreamReader, asyncio.StreamWriter]
) -> None:
    """Copy both ways until either side ends."""
    ways = [asyncio.ensure_future(_copy(client[0], gateway[1])), asyncio.ensure_future(_copy(gateway[0], client[1]))]
    try:
        await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for way in ways:
            way.cancel()
        await asyncio.gather(*ways, return_exceptions=True)


async def _copy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with contextlib.suppress(OSError):
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
