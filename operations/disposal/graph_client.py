"""Orders to Graph, for disposal alone: an application of its own may give them. A scan only ever asks."""

from __future__ import annotations

import json
from collections.abc import Mapping
from http import HTTPStatus

from scanner.sources.graph.client import GraphClient, Told, parsed, refusal_of, whole_of
from scanner.sources.unreachable import SourceUnreachableError

_HEADERS = {"Prefer": 'IdType="ImmutableId"', "Content-Type": "application/json"}
_BYTES_OF_AN_ANSWER = 1024 * 1024
_DONE = (HTTPStatus.OK, HTTPStatus.CREATED, HTTPStatus.NO_CONTENT)


class MovingClient(GraphClient):
    """Raises as `GraphClient` does; but who does not answer is not there: what he was told to do may be done."""

    def order(self, lane: str, address: str, told: Mapping[str, object]) -> Told:
        """Have something done: asked for once, or again where Graph says that it did nothing. What it answers."""
        url, order = self._url(address), json.dumps(told).encode()
        with self._lane(lane):
            response = self._persist(url, _HEADERS, is_signed=True, order=order)
            try:
                if response.status_code not in _DONE:
                    raise refusal_of(response)
                answer = whole_of(response, _BYTES_OF_AN_ANSWER)
                return parsed(answer) if answer else {}
            finally:
                response.close()

    def _lost(self, error: Exception, *, is_graph: bool) -> Exception:  # noqa: ARG002  as GraphClient has it
        return SourceUnreachableError(self._source, "does not answer")
