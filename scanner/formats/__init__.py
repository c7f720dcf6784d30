"""What is known of single file formats: shared by their readers and their containers, and by nobody else."""
