"""A share of a Windows or Samba server."""
