"""Reading a theater's pasted week of showtimes; the public face is `screenings.week_text`.

`source` makes the text plain and remembers where each character came from; `vocabulary` holds the words
of each language; `lexer` turns a line into items; `titles` finds films; `day_reader` and `times` are the two
grammars, `day_resolution` says which dates days as written mean, and `days` holds those; `layout` finds tables
and the order of titles and times; `nodes` are the pieces of a line and `sentences` where one ends; `clauses`
attaches times to days (by their order: `pairing`) and says so in `readings`; `reader` walks the lines;
`schedule` turns what was read into dated showings. Pure: no Django, no database.
"""
