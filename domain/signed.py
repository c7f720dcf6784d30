"""Documents that are signed, and the frame in which they leave the inventory with their signature."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from domain.disposal import canonical

ALGORITHM = "Ed25519"


@dataclass(frozen=True, slots=True)
class Signed:
    """A canonical body and who signed it. `form` says what it is ("certificate/1") and is signed with it, so that
    nothing that was signed as one thing can be shown as another.
    """

    form: str
    body: bytes = field(repr=False)
    public_key: bytes
    signature: bytes

    @property
    def digest(self) -> str:
        """SHA-256 of the body: what another document names this one by."""
        return hashlib.sha256(self.body).hexdigest()

    @property
    def told(self) -> Mapping[str, Any]:
        told: Mapping[str, Any] = json.loads(self.body)
        return told

    @property
    def text(self) -> str:
        """The document as a file, in which the body stands as it was signed."""
        signature = {"algorithm": ALGORITHM, "public_key": self.public_key.hex(), "value": self.signature.hex()}
        frame = f'{{"muniment":"{self.form}","signature":{json.dumps(signature)},"body":'
        return f"{frame}{self.body.decode('ascii')}}}\n"


def signed_bytes(form: str, body: bytes) -> bytes:
    """What a signature is over."""
    return f"muniment {form}\n".encode() + body


def key_id(public_key: bytes) -> str:
    """Names a key."""
    return hashlib.sha256(public_key).hexdigest()[:16]


def opened(text: str | bytes) -> Signed:
    """The inverse of `Signed.text`, not checked yet. Raises ValueError for what is no signed document."""
    try:
        told = json.loads(text)
        signature = told["signature"]
        if signature["algorithm"] != ALGORITHM:
            raise ValueError("not signed with Ed25519")
        made = bytes.fromhex(signature["public_key"]), bytes.fromhex(signature["value"])
        return Signed(str(told["muniment"]), canonical(dict(told["body"])), *made)
    except (KeyError, TypeError, RecursionError) as error:
        raise ValueError("not a signed document") from error
