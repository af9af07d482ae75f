"""Reading a theater's pasted week of showtimes; the public face is `screenings.week_text`.

`source` makes the text plain and remembers where each character came from; `vocabulary` holds the words
of each language; `lexer` turns a line into items; `titles` finds films; `days` and `times` are the two
grammars; `layout` finds tables and the order of titles and times; `clauses` attaches times to days and
films; `schedule` turns what was read into dated showings. Pure: no Django, no database.
"""
