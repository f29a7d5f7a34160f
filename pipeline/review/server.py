"""`minutes review`: the application served on this machine alone."""

from __future__ import annotations

import secrets
import socket
from collections.abc import Callable

import uvicorn

from pipeline.errors import OutputError
from pipeline.review.application import Workplace, application

LOOPBACK = "127.0.0.1"


class Server:
    """A review that waits for its browser.

    Args:
        port: on the loopback interface; 0 for one that is free.

    Raises:
        OutputError: the port is taken.
    """

    def __init__(self, workplace: Workplace, port: int = 0) -> None:
        self._socket = socket.socket()
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            self._socket.bind((LOOPBACK, port))
        except OSError as error:
            self._socket.close()
            raise OutputError(
                f"port {port} cannot be used ({error.strerror})", "Choose another with --port, or leave it out"
            ) from error
        self.port: int = self._socket.getsockname()[1]
        self.token = secrets.token_urlsafe(24)
        app = application(workplace, self.token, self.port)
        self._server = uvicorn.Server(
            uvicorn.Config(app, log_level="critical", lifespan="off", access_log=False, server_header=False)
        )

    @property
    def url(self) -> str:
        """The link that opens the review. Who has it can change decisions."""
        return f"http://{LOOPBACK}:{self.port}/?token={self.token}"

    def run(self, ready: Callable[[], None] = lambda: None) -> None:
        """Serve until interrupted or stopped; `ready` is called once connections are taken."""
        self._socket.listen()
        ready()
        try:
            self._server.run(sockets=[self._socket])
        finally:
            self._socket.close()

    def stop(self) -> None:
        """End `run`, from another thread."""
        self._server.should_exit = True
