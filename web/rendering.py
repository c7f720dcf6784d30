"""HTML of views: the templates, and what all of them can say. Everything is escaped, and shown as what it is."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from jinja2 import ChainableUndefined, Environment, PackageLoader, PrefixLoader, StrictUndefined, Undefined
from jinja2.loaders import ChoiceLoader
from jinja2.utils import missing
from markupsafe import Markup, escape

from domain.actor import Role
from domain.item import printable
from operations.access_words import TITLES
from reports.wording import count, day, plural, size
from web.navigation import NAVIGATION

if TYPE_CHECKING:
    from web.answers import View
    from web.asking import Asked

HTMX_CONFIG = '{"includeIndicatorStyles":false,"allowEval":false,"selfRequestsOnly":true,"historyCacheSize":0}'


def render(asked: Asked, view: View, fragment: str = "") -> str:
    """The page, or the one block of it that is called `fragment`."""
    template = environment().get_template(view.template)
    values = {**_frame(asked), "title": view.title, "view": view.data, "faults": view.faults, **view.values}
    if not fragment:
        return template.render(values)
    context = template.new_context(values)
    return "".join(template.blocks[fragment](context))


def render_error(title: str, sentence: str, advice: str, organisation: str) -> str:
    """A page that needs nobody to be signed in, and no inventory."""
    values = {"title": title, "sentence": sentence, "advice": advice, "organisation": organisation, **_BARE}
    return environment().get_template("error.html").render(values)


@cache
def environment() -> Environment:
    pages = PackageLoader("web", "templates")
    components = PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")})
    made = Environment(
        loader=ChoiceLoader([pages, components]), autoescape=True, undefined=_Undefined, finalize=_harmless,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    made.filters |= {
        "shown": shown,
        "day": day,
        "moment": moment,
        "clock": clock,
        "count": count,
        "plural": plural,
        "size": size,
        "role": lambda role: TITLES[Role(role)],
    }
    # Components compare with these two, which Jinja knows only as names that nobody has given.
    nothing = _Undefined(hint="nothing")
    made.globals |= {"htmx_config": HTMX_CONFIG, "undefined": nothing, "null": nothing}
    return made


class _Undefined(ChainableUndefined):
    """Strict of names and of fields of values; parameters of the components' macros may be left out."""

    def __new__(cls, hint: str | None = None, obj: Any = missing, name: str | None = None, *_: Any) -> Undefined:  # type: ignore[misc]  # the stricter one is no subclass
        lenient = isinstance(obj, dict | Undefined) or hint is not None
        return object.__new__(cls) if lenient else StrictUndefined(hint, obj, name)


def shown(name: str) -> Markup:
    """A name that somebody gave, set apart so that its direction is its own; what is not printable is written out."""
    return Markup("<bdi>{}</bdi>").format(printable(name))


def moment(value: datetime, zone: ZoneInfo) -> str:
    """Such as 4 May 2026, 14:05, by the organisation's clocks."""
    return f"{day(value.astimezone(zone).date())}, {clock(value, zone)}"


def clock(value: datetime, zone: ZoneInfo) -> str:
    """Such as 14:05, by the organisation's clocks."""
    return f"{value.astimezone(zone):%H:%M}"


def _harmless(value: Any) -> Any:
    """Control and bidirectional characters written out, whatever they came in by, but for ends of lines."""
    if not isinstance(value, str) or hasattr(value, "__html__") or value.isprintable():
        return value
    return "\n".join(map(printable, value.replace("\r\n", "\n").split("\n")))


_BARE: dict[str, Any] = {"session": None, "navigation": (), "csrf_field": "", "faults": (), "path": ""}


def _frame(asked: Asked) -> dict[str, Any]:
    """What the layout shows around every page."""
    session, path = asked.session, asked.request.url.path
    if session is None:
        return {**_BARE, "asked": asked, "organisation": asked.settings.organisation.name, "csrf_field": _field(asked)}
    return {
        "asked": asked, "session": session, "organisation": asked.settings.organisation.name, "path": path,
        "navigation": [
            {"text": link.text, "href": link.path, "active": _lies_in(path, link.path)}
            for link in NAVIGATION if any(map(asked.may, link.verbs))
        ],
        "csrf_field": _field(asked),
    }  # fmt: skip


def _lies_in(path: str, place: str) -> bool:
    return path == place or path.startswith(place + "/")


def _field(asked: Asked) -> Markup:
    return Markup('<input type="hidden" name="csrf" value="{}">').format(escape(asked.csrf))
