from __future__ import annotations

from classifiers.recognizers.ip_address import ADDRESS, IpAddress

_DEVICE = (
    r"server|host|client|printer|camera|cctv|switch|router|nas|scanner|copier|terminal|workstation|laptop|desktop"
    r"|node|peer|addr|address|bind|listen|listener|endpoint|nic|eth\d|ens\d{1,3}|inet|phone|till|kiosk|door|pc\d{0,4}"
)


class IpAddressInSettings(IpAddress):
    """An address of version 4, however small its numbers, where what it is written into says so: behind a scheme, an
    @ or a device, before a port or the length of a network, or at the beginning of a line of a log or a list of hosts.
    """

    part_of_kind = "in settings"
    pattern = (
        rf"(?:(?<=//|\w@|\\\\|<|\bIP |\bIN[ \t]{{1,4}}A[ \t]{{1,4}})(?P<value>{ADDRESS})(?![\w(])"
        rf"|(?<![\w.(-])(?<!\d[:-])(?i:{_DEVICE})(?:[ ]?[:=][ ]?|[ ](?:at |on |is )?)[\"']?"
        rf"(?P<value>{ADDRESS})(?![\w(-]|\.\w)"
        rf"|(?<![\w.-])(?<!\d[:-])(?P<value>{ADDRESS})(?=:\d{{2,5}}(?![\w.:])|/(?:[89]|[12]\d|3[0-2])(?![\w/.-]))"
        rf"|(?<![^\n])(?P<value>{ADDRESS})(?=[ ]\S{{1,40}}[ ]\S{{1,40}}[ ]\["
        rf"|[ \t]{{1,20}}[\w-]{{1,60}}(?:\.[\w-]{{1,60}}){{1,6}}[ \t]*(?:[\n#]|$)))"
    )
    score_alone = 0.6
    phrases = ()

    def score(self, value: str, in_context: bool) -> float | None:  # noqa: ARG002  # the pattern is the context
        """As sure without words."""
        return self.score_alone
