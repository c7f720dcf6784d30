"""What else the Python registry carries for this, beside Muniment, over the same texts in one run."""
