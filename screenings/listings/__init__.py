"""What the public pages of the listing say: queries in, plain rows out, every word of a time already said.

A page costs the same few queries however many rows it has. Rows are ready for a template: it only loops.
"""
