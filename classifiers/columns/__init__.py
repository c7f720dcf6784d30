"""Tables judged by column: where they are, what their columns hold, and long ones by a sample of their rows."""
