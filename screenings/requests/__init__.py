"""“Bring it here”: a film is wanted in a city where it does not play. Asked, counted honestly, answered first."""
