from __future__ import annotations

import re
from ipaddress import IPv4Address, ip_network

from classifiers.recognizers.pattern import DeclaredPattern

_DOT = r"(?:\.|\[\.\]|\(\.\))"
ADDRESS = rf"\d{{1,3}}(?:{_DOT}\d{{1,3}}){{3}}"
"""Four numbers, with the dots in brackets where a warning was to keep anybody from following them."""
_VERSION = (
    r"(?<!(?i:\b(?:v|ver|version|rel|release|build|firmware|driver|rev|revision|update|upgrade|upgraded|path|patch"
    r"|hotfix|sp|player|section|sections|para|paragraph|clause|rule|table|figure|step|item|appendix|annex|schedule"
    r"|chapter|part|condition)(?:[ ](?:no|number|to|from))?\.?[ \t:=-]{0,3}))"
)
_OF_NOBODY = tuple(map(ip_network, ("0.0.0.0/8", "127.0.0.0/16", "224.0.0.0/24", "239.0.0.0/8", "255.0.0.0/8")))
_PADDED = re.compile(r"\b0\d")
_LONGEST = len("192.168.001.010")
_MOST_OF_A_VERSION, _MOST_BEHIND_TEN = 99, 40
"""A private network's addresses begin with ten (RFC 1918), and so do few versions that go so far behind it."""


class IpAddress(DeclaredPattern):
    """Internet addresses of version 4 that a device could have: no loopback, no mask, none that devices call all by.

    Four small numbers are a version or a section, unless they stand by a word for an address.
    """

    kind = "IP_ADDRESS"
    pattern = (
        rf"{_VERSION}(?<![\w.\u00a7-]|\u00a7 )(?<!(?:\d\.|\d)[:-](?<!\.\d{{1,3}}-))"
        rf"{ADDRESS}(?![\w(]|\.\w|-(?!\d{{1,3}}(?!\d)))"
    )
    score_alone = 0.4
    score_with_context = 0.7
    phrases: tuple[str, ...] = (
        "ip", "ips", "ip address", "ip addresses", "ipv4", "ip addr", "hostname", "host", "gateway", "dns", "subnet",
        "dhcp", "firewall", "router", "ping", "ssh", "rdp", "vpn", "src", "dst", "source", "remote", "remote_addr",
        "x-forwarded-for", "logged in from", "login from", "sign-in from", "signed in from", "connection from",
        "connected from", "listening on", "nameserver", "proxy", "lan", "wan", "vlan", "ip_address", "ipaddress",
        "client_ip", "source_ip", "static", "reserved", "scope", "telnet", "snmp", "syslog", "traceroute",
    )  # fmt: skip

    def valid(self, value: str) -> bool:
        numbers = numbers_of(value)
        if max(numbers) > 255 or (_PADDED.search(value) and len(value) != _LONGEST):
            return False
        address = IPv4Address(bytes(numbers))
        return not any(address in network for network in _OF_NOBODY)

    def score(self, value: str, in_context: bool) -> float | None:
        """Without context only where a number is greater than those of versions are."""
        numbers = numbers_of(value)
        most = _MOST_BEHIND_TEN if numbers[0] == 10 else _MOST_OF_A_VERSION
        return None if max(numbers) <= most and not in_context else super().score(value, in_context)


def numbers_of(value: str) -> list[int]:
    """The four numbers; old systems pad them with zeros."""
    return [int(part.strip("[]()")) for part in value.split(".")]
