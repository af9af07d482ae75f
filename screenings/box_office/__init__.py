"""What a theater's own systems do here: they send sets of showings under their own ids, and read what stands."""
