"""Reading: lists what sources hold, opens it, tells its media type, takes out its text and its parts. Changes nothing."""
