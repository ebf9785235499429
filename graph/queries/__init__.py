"""SQL of the questions, one file for each, named like the question."""
