#!/usr/bin/env python3
"""Checks a Muniment certificate of destruction, with nothing but Python 3.9 or newer and the public key.

    python3 verify_certificate.py certificate-2026-0001.json manifest-17.json --key muniment-signing.pub
        [--before certificate-2025-0009.json]

The key must have come to you otherwise than with the certificate, such as when the system was set up: a key that comes
along with what it signed proves nothing. Ends with 0 where all is as it was signed and adds up, with 1 where something
is not, and with 2 where a file cannot be read. It reads the files that are named and opens no connection.

Signatures are checked here and not by a library, so that this one file can be read, kept for as long as the
certificates are, and run on any machine.
"""

# ruff: noqa: T201  a program of one file, which prints what it finds

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections.abc import Iterator
from typing import Any

# Ed25519, as RFC 8032 gives it (section 5.1): the curve -x^2 + y^2 = 1 + d x^2 y^2 over the integers modulo P.
P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT_OF_MINUS_ONE = pow(2, (P - 1) // 4, P)
Point = tuple[int, int, int, int]
"""(X, Y, Z, T) with x = X/Z, y = Y/Z, xy = T/Z."""


def point_of(encoded: bytes) -> Point | None:
    """A point from its 32 bytes; None where they are none."""
    y = int.from_bytes(encoded, "little")
    sign, y = y >> 255, y & (2**255 - 1)
    if len(encoded) != 32 or y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if x * x % P != square:
        x = x * ROOT_OF_MINUS_ONE % P
    if x * x % P != square or (x == 0 and sign):
        return None
    if x & 1 != sign:
        x = P - x
    return x, y, 1, x * y % P


def add(one: Point, other: Point) -> Point:
    a = (one[1] - one[0]) * (other[1] - other[0]) % P
    b = (one[1] + one[0]) * (other[1] + other[0]) % P
    c = 2 * one[3] * other[3] * D % P
    d = 2 * one[2] * other[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def times(number: int, point: Point) -> Point:
    total: Point = (0, 1, 1, 0)
    while number:
        if number & 1:
            total = add(total, point)
        point, number = add(point, point), number >> 1
    return total


BASE_Y = 4 * pow(5, P - 2, P) % P


def is_signature(public_key: bytes, message: bytes, signature: bytes) -> bool:
    """Whether this is the key's signature of the message (RFC 8032, 5.1.7)."""
    key, shown, base = point_of(public_key), point_of(signature[:32]), point_of(BASE_Y.to_bytes(32, "little"))
    number = int.from_bytes(signature[32:], "little")
    if key is None or shown is None or base is None or len(signature) != 64 or number >= L:
        return False
    challenge = hashlib.sha512(signature[:32] + public_key + message).digest()
    left, right = times(number, base), add(shown, times(int.from_bytes(challenge, "little") % L, key))
    return (left[0] * right[2] - right[0] * left[2]) % P == 0 == (left[1] * right[2] - right[1] * left[2]) % P


class UnreadableError(Exception):
    """A file is not there, or is nothing that was signed."""


def canonical(value: Any) -> str:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), allow_nan=False)


def signed(text: bytes, form: str, public_key: bytes) -> tuple[dict[str, Any], str, str]:
    """The body of a signed document, its SHA-256, and what is wrong with it ("": nothing)."""
    try:
        told = json.loads(text)
        body, signature = told["body"], told["signature"]
        written = canonical(body)
        value = bytes.fromhex(signature["value"])
        framed = f'{{"muniment":"{told["muniment"]}","signature":{json.dumps(signature)},"body":{written}}}\n'
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise UnreadableError("it is damaged, or not a signed document") from error
    digest = hashlib.sha256(written.encode()).hexdigest()
    if framed.encode() != text:
        return body, digest, "it is not written as it was signed"
    if told["muniment"] != form or signature.get("algorithm") != "Ed25519":
        return body, digest, f"it is not a {form}"
    if signature.get("public_key") != public_key.hex():
        return body, digest, "it was signed with another key than the one you gave"
    if not is_signature(public_key, f"muniment {form}\n{written}".encode(), value):
        return body, digest, "it is not what was signed"
    return body, digest, ""


def checks(
    certificate: bytes, manifest: bytes, public_key: bytes, before: bytes | None = None
) -> Iterator[tuple[str, str]]:
    """Every check as a pair: what was checked, and what is wrong ("": nothing)."""
    told, _, fault = signed(certificate, "certificate/1", public_key)
    yield "the certificate's signature", fault
    listed, digest, fault = signed(manifest, "manifest/1", public_key)
    yield "the manifest's signature", fault
    yield "the manifest is the certificate's", "" if digest == told["manifest_sha256"] else "it is another manifest"
    sizes = [each["size"] for each in listed["files"]]
    yield "the manifest is whole", differs(len(sizes), listed["items"]) or differs(sum(sizes), listed["bytes"])
    places = [
        place for first, last in told["positions"] for place in range(max(first, 0), min(last, len(sizes) + 1) + 1)
    ]
    known = len(set(places)) == len(places) and all(1 <= place <= len(sizes) for place in places)
    yield "its files are the manifest's, each once", "" if known else "it names places that the manifest has not"
    yield "the count", differs(len(places), told["items"]) or differs(counted(told, "items"), told["items"])
    size = sum(sizes[place - 1] for place in places) if known else -1
    yield "the bytes", differs(size, told["bytes"]) or differs(counted(told, "bytes"), told["bytes"])
    whole = told["items"] + sum(told["not_destroyed"].values())
    yield "what was and was not destroyed", differs(whole, told["planned"]) or differs(told["planned"], len(sizes))
    if before is not None:
        _, digest, fault = signed(before, "certificate/1", public_key)
        yield "the certificate before", fault or ("" if digest == told["previous"] else "another went before")


def counted(told: dict[str, Any], what: str) -> int:
    return sum(lot[what] for lot in told["lots"])


def differs(found: int, expected: int) -> str:
    return "" if found == expected else f"{found}, and not {expected}"


def contents(path: str) -> bytes:
    try:
        with open(path, "rb") as file:
            return file.read()
    except OSError as error:
        raise UnreadableError(error.strerror) from error


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Checks a certificate of destruction against its manifest.")
    parser.add_argument("certificate")
    parser.add_argument("manifest")
    parser.add_argument("--key", required=True, help="the file with the public key, 64 hexadecimal digits")
    parser.add_argument("--before", help="the certificate before this one, to see that none was taken away between")
    asked = parser.parse_args(arguments)
    try:
        key = bytes.fromhex(contents(asked.key).decode("ascii").strip())
        before = contents(asked.before) if asked.before else None
        found = list(checks(contents(asked.certificate), contents(asked.manifest), key, before))
    except (UnreadableError, ValueError, KeyError, TypeError, AttributeError) as error:
        print(f"A file cannot be read: {error}. Get it anew from where it is kept.", file=sys.stderr)
        return 2
    for what, fault in found:
        print(f"BAD   {what}: {fault}" if fault else f"good  {what}")
    wrong = sum(bool(fault) for _, fault in found)
    print(f"{wrong} of {len(found)} checks failed: do not rely on this." if wrong else "All as it was signed.")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
