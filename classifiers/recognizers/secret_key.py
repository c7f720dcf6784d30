from __future__ import annotations

from classifiers.recognizers.pattern import DeclaredPattern


class SecretKey(DeclaredPattern):
    """Keys that carry their maker's mark: private keys (RFC 7468), tokens (RFC 7519), what a client sends to be let in
    (RFC 7617), and the keys of AWS, Azure, GitHub, GitLab, Google, Slack and Stripe.
    """

    kind = "CREDENTIAL"
    part_of_kind = "by its form"
    pattern = (
        r"(?P<value>-----BEGIN (?:[A-Z]{2,9} )?PRIVATE KEY-----"
        r"|\b(?:AKIA|ASIA)(?!IOSFODNN7EXAMPLE)[0-9A-Z]{16}\b|\bgh[pousr]_[A-Za-z0-9]{36}\b"
        r"|\bxox[abprs]-[A-Za-z0-9-]{20,72}\b|\bglpat-[\w-]{20}\b|\b[rs]k_live_[A-Za-z0-9]{20,60}\b|\bAIza[\w-]{35}\b"
        r"|\beyJ[\w-]{10,400}\.eyJ[\w-]{10,900}\.[\w-]{10,600})"
        r"|\bAccountKey=(?P<value>[A-Za-z0-9+/]{86}==)|\bAuthorization: Basic (?P<value>[A-Za-z0-9+/]{12,200}={0,2})"
    )
    score_alone = 0.95
    score_with_context = 0.95
