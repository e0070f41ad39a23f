"""A sign-in page of an organisation (OIDC), small and on this machine alone: says of whoever comes what it was told."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import jwt

CLIENT = "whole-person"


class Answering(BaseHTTPRequestHandler):
    """Discovery, token and who it is. Whoever asks for a token gets one: the page where people type is not played."""

    server: "Provider"

    def do_GET(self) -> None:
        here = self.server.address
        told = {
            "/.well-known/openid-configuration": {
                "issuer": here,
                "authorization_endpoint": f"{here}/authorize",
                "token_endpoint": f"{here}/token",
                "userinfo_endpoint": f"{here}/userinfo",
                "jwks_uri": f"{here}/keys",
                "token_endpoint_auth_methods_supported": ["client_secret_post"],
            },
            "/userinfo": self.server.says,
        }
        self._send(told[self.path])

    def do_POST(self) -> None:
        self.server.asked = self.rfile.read(int(self.headers["Content-Length"])).decode()
        now = int(time.time())
        claims = {"iss": self.server.address, "aud": CLIENT, "iat": now, "exp": now + 60, **self.server.says}
        token = jwt.encode(claims, "of-nobody-but-this-test-and-its-page", algorithm="HS256")
        self._send({"access_token": "for-userinfo", "token_type": "Bearer", "id_token": token})

    def _send(self, told: dict[str, Any]) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(told).encode())

    def log_message(self, format: str, *arguments: Any) -> None:
        """Says nothing."""


class Provider(ThreadingHTTPServer):
    """`says` are the claims about the next person."""

    says: dict[str, Any]
    asked = ""

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


@contextmanager
def running() -> Iterator[Provider]:
    with Provider(("127.0.0.1", 0), Answering) as provider:
        thread = threading.Thread(target=provider.serve_forever, daemon=True)
        thread.start()
        yield provider
        provider.shutdown()
        thread.join(5)
