"""Reading: lists what sources hold, opens it, tells its media type, takes out text and parts. Changes nothing."""
