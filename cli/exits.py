"""Exit statuses: a contract with scripts."""

DONE = 0
FOUND_PROBLEMS = 1
USAGE = 2
ITEMS_WITH_PROBLEMS = 3
STOPPED = 4
REFUSED = 5
INTERRUPTED = 130

MEANINGS = {
    DONE: "done",
    FOUND_PROBLEMS: "a check found something wrong: `doctor`, `lint`, `audit verify`, a certificate",
    USAGE: "the command or the configuration is not understood; nothing was done",
    ITEMS_WITH_PROBLEMS: "done, and some items have problems: `muniment problems` lists them",
    STOPPED: "stopped by a limit",
    REFUSED: "refused: a right, a hold, a changed file or a missing approval",
    INTERRUPTED: "interrupted; what was recorded stays",
}
