"""The demo world: invented films, theaters, interviews and people, in real cities, around today.

The words are in the TOML files and in `interviews/`; the modules put them into the house through the same
acts that its pages call. `world.build` is the way in, `manage.py demo` its door.
"""
