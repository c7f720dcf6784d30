"""The keys that lie beside an inventory: made once, kept for their owner alone."""

from __future__ import annotations

import os
import secrets
import stat
from pathlib import Path

from domain.errors import ConfigurationError
from domain.privacy import FingerprintKey


def make_key(path: Path) -> FingerprintKey:
    """Write a new fingerprint key that only its owner can read. Raises FileExistsError where there is one."""
    return FingerprintKey(new_secret(path))


def load_key(path: Path) -> FingerprintKey:
    """Read the fingerprint key. Raises ConfigurationError where it is missing, damaged or open to others."""
    return FingerprintKey(kept_secret(path))


def new_secret(path: Path) -> bytes:
    """Write the 32 random bytes of a new key where only their owner can read them. Raises FileExistsError."""
    secret = secrets.token_bytes(32)
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
        file.write(secret.hex() + "\n")
    return secret


def kept_secret(path: Path) -> bytes:
    """Read the bytes of a key. Raises ConfigurationError where it is missing, damaged or open to others."""
    try:
        mode = path.stat().st_mode
        secret = bytes.fromhex(path.read_text("ascii"))
    except FileNotFoundError as error:
        raise ConfigurationError(
            f"The key {path} is missing. Put its copy back; without it, begin a new inventory in another folder "
            "with: muniment init DIR"
        ) from error
    except (OSError, ValueError) as error:
        raise ConfigurationError(f"The key {path} cannot be read, or is damaged. Put its copy back.") from error
    if mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise ConfigurationError(f"The key {path} can be read by others. Mend it with: chmod 600 {path}")
    if len(secret) < 32:
        raise ConfigurationError(f"The key {path} is damaged: it is too short. Put its copy back.")
    return secret
