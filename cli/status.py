"""`muniment status`: what is running, how fast, what is left and when it will end."""

from __future__ import annotations

import json
import threading
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import click

from cli.terminal import Talk, pass_talk, print_table, size_in_words
from domain.actor import Verb
from inventory.engine import open_inventory
from operations.hosts.status import ScanStatus, Status, status_of
from operations.schedule.nagging import nagging
from reports.wording import plural

_WATCHED_SECONDS = 5.0


@click.command()
@click.option("--watch", is_flag=True, help="Show it again every few seconds, until Ctrl-C.")
@click.option("--json", "as_json", is_flag=True, help="As JSON; with --watch a line each time.")
@pass_talk
def status(talk: Talk, watch: bool, as_json: bool) -> None:
    """Show what is running on any host, how fast, what is left and when it will end; the last scans and slots; what
    waits and what had problems.

    Rates are averages since each began. Until a source is listed to its end there may be more than is known of.
    """
    settings = talk.settings()
    talk.asked(settings, Verb.VIEW_FIGURES)
    database = open_inventory(settings.inventory.url, create=False)
    _show(status_of(database, datetime.now(UTC)), settings.organisation.timezone, as_json)
    while watch:
        threading.Event().wait(_WATCHED_SECONDS)
        if not as_json:
            click.clear()
        _show(status_of(database, datetime.now(UTC)), settings.organisation.timezone, as_json)
    database.dispose()


def _show(status: Status, timezone: str, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(_object(status)))
        return
    zone = ZoneInfo(timezone)
    print_table(("scan", "source", "state", "examined", "left", "rate", "ends"), [
        (str(scan.id), scan.source, scan.state, f"{scan.figures.done:,} ({size_in_words(scan.figures.bytes)})",
         f"{scan.left:,}{'' if scan.figures.all_listed or not scan.is_running else ' or more'}",
         f"{scan.rate:.1f}/s", _ends(scan, zone))
        for scan in status.scans
    ], frozenset({0, 3, 4, 5}))  # fmt: skip
    if status.hosts:
        click.echo()
        print_table(("host", "role", "source", "examined", "rate", "heard of"), [
            (host.process, host.role, host.source, f"{host.done:,}", f"{host.rate:.1f}/s",
             f"{host.silent_seconds:.0f} s ago")
            for host in status.hosts
        ], frozenset({3, 4, 5}))  # fmt: skip
    click.echo()
    click.echo("\n".join(_told(status)))


def _ends(scan: ScanStatus, zone: ZoneInfo) -> str:
    if scan.ended is not None:
        return f"{scan.ended.astimezone(zone):%d %b %H:%M}"
    return f"about {scan.ends.astimezone(zone):%a %d %b %H:%M}" if scan.ends else "-"


def _told(status: Status) -> list[str]:
    lines = [f"{plural(status.waiting, 'item')} to be examined."]
    if status.leases_waiting or status.leases_held:
        lines.append(f"{plural(status.leases_waiting, 'lease')} waiting for a host, {status.leases_held:,} with one.")
    lines += [f"  {count:>7,}  {code}" for code, count in status.problems.items()]
    lines += [f"Slot {slot.entry!r} of {slot.due:%Y-%m-%d %H:%M} UTC: {slot.state}. {slot.said}"
              for slot in status.slots if slot.state != "done"]  # fmt: skip
    return lines + nagging(status.late_holds)


def _object(status: Status) -> dict[str, object]:
    return {
        "now": status.now.isoformat(),
        "scans": [{
            "scan": scan.id, "source": scan.source, "source_id": scan.source_id, "state": scan.state,
            "started": scan.started.isoformat(), "ended": scan.ended and scan.ended.isoformat(),
            "ends": scan.ends and scan.ends.isoformat(), "listed": scan.figures.listed,
            "all_listed": scan.figures.all_listed, "expected": scan.figures.expected, "examined": scan.figures.done,
            "left": scan.left, "bytes": scan.figures.bytes, "items_per_second": round(scan.rate, 3),
            "hosts": [{"process": host.process, "role": host.role, "examined": host.done,
                       "items_per_second": round(host.rate, 3), "silent_seconds": round(host.silent_seconds, 1)}
                      for host in scan.hosts],
        } for scan in status.scans],
        "leases": {"waiting": status.leases_waiting, "held": status.leases_held},
        "waiting": status.waiting, "problems": dict(status.problems),
        "slots": [{"entry": slot.entry, "due": slot.due.isoformat(), "state": slot.state, "said": slot.said}
                  for slot in status.slots],
        "late_holds": [hold.id for hold in status.late_holds],
        "requests": [{"request": one.id, "verb": one.verb, "state": one.state} for one in status.requests],
    }  # fmt: skip
