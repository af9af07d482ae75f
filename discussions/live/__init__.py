"""The live stream: a room's state, rendered once per change, process and audience, and sent to all who listen."""
