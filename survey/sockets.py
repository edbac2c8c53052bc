"""What does an open page of the app hold in memory for its connection while its reader thinks?"""

from __future__ import annotations

from typing import Any

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.extensions.permessage_deflate import ServerPerMessageDeflateFactory

# Each message is compressed by itself. Remembering what was sent before would take 50 kB for every open
# page, a third of all that one takes, and spares little: what is large is large within one message.
# A window of 8 kB is made ready four times as quickly as the largest (9 and 39 us each), and a page is some
# forty messages of half a kilobyte.
COMPRESSION = ServerPerMessageDeflateFactory(
    server_no_context_takeover=True,
    client_no_context_takeover=True,
    server_max_window_bits=13,
    compress_settings={"memLevel": 6},
)


class RestingSocket(WebSocketsSansIOProtocol):
    """A websocket that keeps nothing of its compression between two messages."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.conn.available_extensions = [COMPRESSION]
