from __future__ import annotations

from classifiers.recognizers.pattern import DeclaredPattern


class SecretKey(DeclaredPattern):
    """Keys that carry their maker's mark: private keys (RFC 7468) and the access keys of AWS, GitHub and Slack."""

    kind = "CREDENTIAL"
    part_of_kind = "by its form"
    pattern = (
        r"-----BEGIN (?:[A-Z]{2,9} )?PRIVATE KEY-----"
        r"|\b(?:AKIA|ASIA)(?!IOSFODNN7EXAMPLE)[0-9A-Z]{16}\b|\bgh[pousr]_[A-Za-z0-9]{36}\b|\bxox[abprs]-[A-Za-z0-9-]{20,72}\b"
    )
    score_alone = 0.95
    score_with_context = 0.95
