"""What a form sent: read once, and only where it is a form that we handed out to this very browser."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field

from python_multipart.multipart import parse_options_header
from starlette.requests import Request

from web.errors import ForgedError, NoFormError, UnreadableError

TOKEN_FIELD = "csrf"  # noqa: S105  the name of a field
TOKEN_HEADER = "x-csrf-token"  # noqa: S105  the name of a header
_MOST_FIELDS = 10_000
_KINDS = (b"application/x-www-form-urlencoded", b"multipart/form-data")


@dataclass(frozen=True, slots=True)
class Sent:
    """A file of a form: what the browser calls it, and what is in it. How much may be sent is bounded for all pages."""

    name: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Form:
    """The fields of a form, each with all its values, and the files."""

    fields: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    files: Mapping[str, Sent] = field(default_factory=dict)

    def one(self, name: str, otherwise: str = "") -> str:
        """The field's value without blanks around it."""
        return self.fields.get(name, (otherwise,))[0].strip()

    def all(self, name: str) -> tuple[str, ...]:
        """The values of boxes of one name that were ticked."""
        return self.fields.get(name, ())


async def read_form(request: Request) -> Form:
    """What was sent with a POST; nothing of any other request. Raises NoFormError and UnreadableError."""
    if request.method != "POST" or not _has_body(request):
        return Form()
    _refuse_other_kinds(request.headers.get("content-type", ""))
    fields: dict[str, list[str]] = {}
    files: dict[str, Sent] = {}
    async with request.form(max_fields=_MOST_FIELDS, max_files=4) as sent:
        for name, value in sent.multi_items():
            if isinstance(value, str):
                fields.setdefault(name, []).append(value)
            else:
                files[name] = Sent(value.filename or "", await value.read())
    if any("\0" in word for name, values in fields.items() for word in (name, *values)):
        raise UnreadableError("There is a character in your form (NUL) that no text has.")
    return Form({name: tuple(values) for name, values in fields.items()}, files)


def _has_body(request: Request) -> bool:
    return request.headers.get("content-length", "0") != "0" or "transfer-encoding" in request.headers


def _refuse_other_kinds(content_type: str) -> None:
    """What is read otherwise than it was written could pass for something else; so nothing is guessed."""
    kind, options = parse_options_header(content_type)
    if kind not in _KINDS or options.get(b"charset", b"utf-8").lower() != b"utf-8":
        raise NoFormError


def token_of(secret: str) -> str:
    """What each form carries: made of the browser's own token, and no help in finding that."""
    return hmac.new(secret.encode(), b"muniment form", hashlib.sha256).hexdigest()


def refuse_forged(request: Request, form: Form, secret: str, *, tls: bool) -> None:
    """Raises ForgedError for a form that another site sent, or that has no token of this browser's. A page that came
    without HTTPS is another site, where browsers speak HTTPS to this one.
    """
    if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        raise ForgedError("Another site sent this form.")
    origin = request.headers.get("origin")
    if origin is not None and origin != f"{'https' if tls else 'http'}://{request.headers.get('host')}":
        raise ForgedError("Another site sent this form.")
    given = request.headers.get(TOKEN_HEADER) or form.one(TOKEN_FIELD)
    if not secret or not hmac.compare_digest(given.encode("utf-8", "surrogatepass"), token_of(secret).encode()):
        raise ForgedError("This form is from before you signed in, or from another browser.")
