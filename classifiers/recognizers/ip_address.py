from __future__ import annotations

import ipaddress

from classifiers.recognizers.pattern import DeclaredPattern


class IpAddress(DeclaredPattern):
    """Internet addresses, version 4 or 6, that a device could have: not loopback, unspecified, multicast or a mask.

    Four numbers are as often a version, so without context they are found with low confidence.
    """

    kind = "IP_ADDRESS"
    pattern = r"(?<![\w.:-])(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9A-Fa-f]{1,4}(?::[0-9A-Fa-f]{0,4}){3,7})(?![\w:-]|\.\w)"
    score_alone = 0.4
    score_with_context = 0.7
    phrases = ("ip", "ip address", "ipv4", "ipv6", "host", "client", "server", "remote", "logged in from")

    def valid(self, value: str) -> bool:
        try:
            address = ipaddress.ip_address(value)
        except ValueError:
            return False
        unlike = address.is_loopback or address.is_unspecified or address.is_multicast or address.is_reserved
        return not unlike and not value.startswith(("0.", "255."))
