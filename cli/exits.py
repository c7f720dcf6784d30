"""Exit statuses: a contract with scripts."""

DONE = 0
FOUND_PROBLEMS = 1
USAGE = 2
ITEMS_WITH_PROBLEMS = 3
STOPPED = 4
REFUSED = 5
INTERRUPTED = 130
