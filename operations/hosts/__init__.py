"""More machines than one, and what they take: worker hosts, their state and their size."""
