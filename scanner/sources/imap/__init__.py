"""Mailboxes on an IMAP server."""
