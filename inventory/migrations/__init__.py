"""The steps from one schema to the next. `HEAD` is the newest of them."""

HEAD = "0032"
