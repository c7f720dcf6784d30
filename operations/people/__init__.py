"""Who may act and what they did: accounts, sign-in, approvals, the audit trail."""
