"""Reports: figures in, pages and tables out. A report is a value; a renderer turns it into files."""
