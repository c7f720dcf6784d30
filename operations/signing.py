"""Signatures that whoever has the public key can check, and nobody make who has not the secret one: Ed25519 (RFC 8032).

The seals of the audit trail are keyed, so only who could have made one can check it. Manifests, certificates and heads
of the trail are for auditors and archives, and are signed.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from domain.signed import Signed, key_id, signed_bytes
from operations.config import Settings
from operations.keys import kept_secret, new_secret

_NAME = "muniment-signing.key"


@dataclass(frozen=True, slots=True)
class SigningKey:
    """The 32 bytes that an Ed25519 key is made of."""

    secret: bytes = field(repr=False)

    @property
    def public(self) -> bytes:
        return self._key.public_key().public_bytes_raw()

    @property
    def id(self) -> str:
        return key_id(self.public)

    def sign(self, form: str, body: bytes) -> bytes:
        return self._key.sign(signed_bytes(form, body))

    def signed(self, form: str, body: bytes) -> Signed:
        return Signed(form, body, self.public, self.sign(form, body))

    @property
    def _key(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self.secret)


def signing_key(settings: Settings) -> SigningKey:
    """The key that lies beside the audit key; made when it is first asked for, readable for its owner alone.

    Raises ConfigurationError where it is damaged or open to others.
    """
    path = signing_key_file(settings)
    if not path.exists():
        with suppress(FileExistsError):
            new_secret(path)
    return SigningKey(kept_secret(path)[:32])


def signing_key_file(settings: Settings) -> Path:
    return settings.inventory.audit_key_file.with_name(_NAME)


def is_signed(document: Signed, public_key: bytes) -> bool:
    """Whether this key signed just this. The key that a document brings along itself proves nothing."""
    try:
        key = Ed25519PublicKey.from_public_bytes(public_key)
        key.verify(document.signature, signed_bytes(document.form, document.body))
    except (InvalidSignature, ValueError):
        return False
    return document.public_key == public_key
