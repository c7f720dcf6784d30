"""Writers of the estate's formats, one family a file: a value in, the bytes of a file out, the same bytes each time."""
