"""Microsoft 365 by Microsoft Graph: mailboxes, and the drives of people and of SharePoint sites."""
