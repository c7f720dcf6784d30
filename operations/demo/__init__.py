"""The demo estate: a small council's file share, made of real formats and invented people, the same at every build."""
