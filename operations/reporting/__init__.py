"""Reports made, packed, mailed and exported."""
