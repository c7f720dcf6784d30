from __future__ import annotations

from ipaddress import AddressValueError, IPv6Address, ip_network

from classifiers.recognizers.pattern import DeclaredPattern

_GROUP = r"[0-9A-Fa-f]{1,4}"
_FOUR = r"\d{1,3}(?:\.\d{1,3}){3}"
_GIVEN_OUT = tuple(map(ip_network, ("2000::/3", "fc00::/7", "fe80::/10", "::ffff:0:0/96", "64:ff9b::/96")))
"""RFC 4291, 4193 and 6052: what a device could have, in a form short enough to be something else."""
_GROUPS = 8


class IpAddressV6(DeclaredPattern):
    """Internet addresses of version 6 as RFC 4291 and 5952 write them, perhaps with one of version 4 at the end; a zone
    (RFC 4007), a port or the length of a network may follow.

    In programs names are parted by two colons, too, and times of day and hardware addresses by one.
    """

    kind = "IP_ADDRESS"
    part_of_kind = "version 6"
    pattern = (
        rf"(?<![\w:.])(?:{_GROUP}(?::{_GROUP}){{0,6}})?:(?::(?:{_GROUP}(?::{_GROUP}){{0,6}}(?::{_FOUR})?|{_FOUR})?"
        rf"|(?:{_GROUP}|{_FOUR}))(?![\w:]|\.\d{{1,3}}\.)"
    )
    score_alone = 0.6
    score_with_context = 0.7
    phrases = ("ip", "ips", "ip address", "ip addresses", "ipv6", "inet6", "host", "gateway", "dns", "client", "remote")

    def valid(self, value: str) -> bool:
        try:
            address = IPv6Address(value)
        except AddressValueError:
            return False
        if address.is_loopback or address.is_unspecified or address.is_multicast:
            return False
        groups = [group for group in value.split(":") if group]
        if "::" not in value:
            return len(groups) < _GROUPS or len(set(map(len, groups))) > 1 or len(groups[0]) > 2
        return any(map(str.isdecimal, value)) and any(address in network for network in _GIVEN_OUT)
