"""What is known of the estate, kept in one SQL database; no row and no session leaves this room."""
