"""One recogniser one file; `classifiers/registry.py` is the table of those in force."""
