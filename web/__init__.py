"""The door for a browser: pages that show what operations find, forms that ask them to act, and the same as data."""
