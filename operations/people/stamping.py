"""Stamps of time by somebody else (RFC 3161), where the extra `stamp` is installed: that something was there at that
time, and was not made later by whoever holds its key.
"""

from __future__ import annotations

import http.client
import urllib.request
from importlib.util import find_spec
from pathlib import Path

from domain.errors import ConfigurationError, MunimentError
from operations.configuration.audit_settings import AuditSettings

_SECONDS, _LARGEST = 30, 65_536
_KIND = "application/timestamp-query"


def stamp_of(settings: AuditSettings, data: bytes) -> bytes | None:
    """What the configured service answers to the hash of these bytes: checked to be about them, and signed by what the
    configured roots vouch for. None where no service is configured.

    Raises ConfigurationError where none can be asked, and MunimentError where the answer is no such stamp.
    """
    if settings.stamp_url is None or settings.stamp_roots is None:
        return None
    if find_spec("rfc3161_client") is None:
        raise ConfigurationError("[audit] stamp_url needs what is not installed: pip install 'muniment[stamp]'")
    return _checked(settings.stamp_url, settings.stamp_roots, data)


def _checked(url: str, roots: Path, data: bytes) -> bytes:
    from cryptography import x509  # noqa: PLC0415  it is loaded where stamps are asked for
    from rfc3161_client import (  # noqa: PLC0415  an extra
        TimestampRequestBuilder,
        VerificationError,
        VerifierBuilder,
        decode_timestamp_response,
    )

    request = TimestampRequestBuilder().data(data).nonce(nonce=True).cert_request(cert_request=True).build()
    verifier = VerifierBuilder.from_request(request)
    try:
        for root in x509.load_pem_x509_certificates(roots.read_bytes()):
            verifier = verifier.add_root_certificate(root)
    except (OSError, ValueError) as error:
        raise ConfigurationError("[audit] stamp_roots cannot be read as a file of certificates (PEM).") from error
    answer = _answer(url, request.as_bytes())
    try:
        verifier.build().verify_message(decode_timestamp_response(answer), data)
    except (ValueError, VerificationError) as error:
        raise MunimentError("What [audit] stamp_url answered is no stamp that stamp_roots vouch for.") from error
    return answer


def _answer(url: str, question: bytes) -> bytes:
    request = urllib.request.Request(url, question, {"Content-Type": _KIND})  # noqa: S310  the settings allow http(s)
    try:
        with urllib.request.urlopen(request, timeout=_SECONDS) as answer:  # noqa: S310  likewise
            return bytes(answer.read(_LARGEST))
    except (OSError, http.client.HTTPException) as error:
        raise MunimentError("The service of [audit] stamp_url does not answer. Is its address right?") from error
