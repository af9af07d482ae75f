"""The environment, read so that a wrong value can be named by `manage.py check` instead of by a traceback.

A wrong value is noted in `env.wrong` and the default goes in its place, so that settings always import.
Nothing serves pages on such a default: `env.insist()` stands at the web's door, and a wrong DATABASE_URL
gives a database that refuses every query rather than another one than was meant.
"""

from __future__ import annotations

import logging
from typing import Any
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

DATABASE_SCHEMES = ("sqlite", "postgres", "postgresql")
REDIS_SCHEMES = ("redis", "rediss", "unix")
NO_DATABASE = {"ENGINE": "django.db.backends.dummy"}
YES = ("1", "true", "yes", "on", "y", "t", "ok")
NO = ("0", "false", "no", "off", "n", "f")


class Environment(environ.Env):
    """django-environ's reader; an empty variable is as good as none, and a `$` in a secret is a `$`."""

    def __init__(self) -> None:
        super().__init__()
        self.wrong: dict[str, str] = {}

    def get_value(self, var: str, cast: Any = None, default: Any = None, parse_default: bool = False) -> Any:
        """The value of `var` cast by `cast`; `default` where it is unset, empty or wrong (then noted)."""
        raw = self.ENVIRON.get(var, "").strip()
        if not raw:
            return default
        if cast is bool and raw.lower() not in YES + NO:
            return self._note(var, "is neither yes nor no (write 1 or 0)", default)
        try:
            return self.parse_value(raw, cast)
        except (ValueError, ImproperlyConfigured):
            return self._note(var, "is not a whole number" if cast is int else "cannot be read", default)

    def db_url(self, var: str = "DATABASE_URL", default: Any = None, engine: str | None = None) -> Any:
        """Django's settings of the database at the URL in `var`; of none at all where the URL is wrong."""
        url = self.get_value(var, default=default)
        if problem := database_url_problem(url):
            return self._note(var, problem, dict(NO_DATABASE))
        return self.db_url_config(url, engine)

    def email_url(self, var: str = "EMAIL_URL", default: Any = None, backend: str | None = None) -> Any:
        """Django's mail settings for the URL in `var`."""
        try:
            return self.email_url_config(self.get_value(var, default=default), backend)
        except (ValueError, ImproperlyConfigured):
            problem = "is no mail server's URL (smtp://, smtps:// or smtp+ssl://user:password@host:port)"
            return self._note(var, problem, self.email_url_config(default, backend))

    def redis_url(self, var: str = "REDIS_URL") -> str:
        """The Redis server's URL in `var`, or "" for none."""
        url: str = self.get_value(var, default="")
        if url and urlsplit(url).scheme not in REDIS_SCHEMES:
            return self._note(var, "is no Redis URL (redis://, rediss:// or unix://)", "")
        return url

    def log_level(self, var: str = "LOG_LEVEL", default: str = "INFO") -> str:
        """The name of a level of `logging`, in capitals."""
        level: str = self.get_value(var, default=default).upper()
        if level not in logging.getLevelNamesMapping():
            return self._note(var, "is no log level (DEBUG, INFO, WARNING, ERROR)", default)
        return level

    def insist(self) -> None:
        """Raises ImproperlyConfigured, naming every wrong variable, if there is one."""
        if self.wrong:
            raise ImproperlyConfigured("; ".join(f"{var} {problem}" for var, problem in self.wrong.items()))

    def _note(self, var: str, problem: str, instead: Any) -> Any:
        self.wrong[var] = problem
        return instead


def broker_url(redis_url: str) -> str:
    """The same Redis as Celery writes it; a broker inside the process where there is none."""
    return redis_url.replace("unix://", "redis+socket://") or "memory://"


def database_url_problem(url: str) -> str:
    """What is wrong with a database's URL, as the end of a sentence; "" where nothing is."""
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError as error:
        return f"cannot be read: {error}"
    if parts.scheme not in DATABASE_SCHEMES:
        return "is no database's URL (postgres://user:password@host:port/name or sqlite:///path)"
    if parts.scheme != "sqlite" and not parts.path.strip("/"):
        return "names no database (postgres://user:password@host:port/name)"
    return ""


env = Environment()
