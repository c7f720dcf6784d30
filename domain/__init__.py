"""What the rooms speak of: frozen values, errors and privacy. Standard library only; no file, no database, no clock."""
