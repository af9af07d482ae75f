"""The waiting list: who is in line for a place, to whom it is offered, and for how long."""
