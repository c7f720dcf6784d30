"""Writes an mbox of many small messages, some with attachments.

usage: python benchmarks/large_mailbox.py FILE [MESSAGES]
"""

from __future__ import annotations

import sys
from email.message import EmailMessage


def main(path: str, messages: int = 20_000) -> None:
    with open(path, "wb") as mailbox:
        for number in range(messages):
            message = EmailMessage()
            message["From"], message["To"] = f"sender{number % 97}@example.org", "team@example.org"
            message["Subject"], message["Date"] = f"Case {number}", "Mon, 4 Mar 2019 10:00:00 +0000"
            message["Message-ID"] = f"<{number}@example.org>"
            message.set_content(
                f"Dear team,\n\nplease see case {number}, which is about the drains.\n" * (1 + number % 9)
            )
            if number % 20 == 0:
                message.add_attachment(
                    f"Case,Street\n{number},Mill Lane\n".encode(), "text", "csv", filename="case.csv"
                )
            mailbox.write(b"From sender@example.org Mon Mar  4 10:00:00 2019\n" + message.as_bytes() + b"\n")


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:3]))
