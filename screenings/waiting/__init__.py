"""The waiting list: who is in line for a place, to whom it is offered, for how long, and the mail that says so."""
