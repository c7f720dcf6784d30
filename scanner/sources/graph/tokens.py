"""The token that an application shows to Graph, by the client credentials grant (RFC 6749, 4.4)."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from threading import Lock
from typing import Any

import httpx
import msal

from scanner.sources.graph.settings import GraphSettings
from scanner.sources.unreachable import SourceUnreachableError

logging.getLogger("msal").setLevel(logging.WARNING)


class Tokens:
    """Of the source that is named, for errors. Any number of threads may ask at once."""

    def __init__(self, source: str, settings: GraphSettings, http: httpx.Client) -> None:
        self._source, self._settings, self._http = source, settings, http
        self._application: Any = None
        self._lock = Lock()

    def get(self) -> str:
        """Raises SourceUnreachableError where none is given, httpx.TransportError where nobody answers."""
        with self._lock:
            told = self._asked()
        if not isinstance(token := told.get("access_token"), str):
            raise SourceUnreachableError(self._source, "refuses this application's secret or certificate")
        return token

    def renew(self, stale: str) -> None:
        """Forget a token that Graph does not take any more."""
        with self._lock:
            if self._asked().get("access_token") == stale:
                self._application.remove_tokens_for_client()

    def _asked(self) -> Any:
        parts = self._settings.base.split("/", 3)
        try:
            self._application = self._application or self._begun()
            return self._application.acquire_token_for_client([f"{parts[0]}//{parts[2]}/.default"])
        except (ValueError, KeyError):
            # What these say may quote what was sent, or a key.
            raise SourceUnreachableError(self._source, "has no sign-in that takes this tenant and credential") from None

    def _begun(self) -> Any:
        settings = self._settings
        credential: Any = settings.secret
        if settings.certificate:
            credential = {"private_key": settings.certificate, "public_certificate": settings.certificate}
        # Without discovery it asks the authority that is set and nobody else.
        return msal.ConfidentialClientApplication(
            settings.client, client_credential=credential, authority=f"{settings.authority}/{settings.tenant}",
            instance_discovery=False, http_client=_Forms(self._http),
        )  # fmt: skip


class _Forms:
    """httpx as msal asks of it, which puts bytes into forms: httpx would write them as Python does."""

    def __init__(self, http: httpx.Client) -> None:
        self._http = http

    def get(self, url: str, params: Any = None, headers: Any = None, **_: Any) -> httpx.Response:
        return self._http.get(url, params=params, headers=headers)

    def post(
        self, url: str, params: Any = None, data: Mapping[str, str | bytes] | None = None, headers: Any = None, **_: Any
    ) -> httpx.Response:
        form = {key: value.decode() if isinstance(value, bytes) else value for key, value in (data or {}).items()}
        return self._http.post(url, params=params, data=form, headers=headers)
