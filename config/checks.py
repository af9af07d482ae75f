"""Settings that are wrong, found by `manage.py check` and said with a way to mend them.

E: the house would not do what was meant; W: it would, but not safely or not for long. The checks of a
production house (secret, mail, Redis) speak under `check --deploy` only.
"""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Info, Tags, Warning, register
from django.db import connections
from django.http.request import validate_host

from config.environment import env

Apps = Sequence[AppConfig] | None
# PRAGMAs that SQLite must answer with; synchronous 1 is NORMAL.
SQLITE_PRAGMAS = {"journal_mode": "wal", "synchronous": 1, "foreign_keys": 1}


@register()
def environment_is_readable(app_configs: Apps = None, **kwargs: object) -> list[CheckMessage]:
    """Every variable that could not be read; its default stands in for it."""
    hint = "Mend it or unset it; docs/running.md lists what each variable may be."
    return [
        Error(f"{var} {problem}.", hint=hint, id="houselights.E001") for var, problem in env.wrong.items()
    ]


@register()
def base_url_is_an_origin(app_configs: Apps = None, **kwargs: object) -> list[CheckMessage]:
    """Links in mails start with BASE_URL: a scheme and a host, nothing more, and a host that we answer to."""
    parts = urlsplit(settings.BASE_URL)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path:
        return [
            Error(
                f"BASE_URL ({settings.BASE_URL}) is not a scheme and a host.",
                hint="Write it as https://guide.example or http://localhost:8000, with no path.",
                id="houselights.E002",
            )
        ]
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    if not validate_host(host, settings.ALLOWED_HOSTS):
        return [
            Error(
                f"BASE_URL's host ({host}) is not in ALLOWED_HOSTS: links in mails would be refused.",
                hint=f"Add {host} to ALLOWED_HOSTS (names with commas between them).",
                id="houselights.E003",
            )
        ]
    return []


@register(Tags.security, deploy=True)
def secret_is_secret(app_configs: Apps = None, **kwargs: object) -> list[CheckMessage]:
    """The key that signs links is one's own."""
    if settings.SECRET_KEY != settings.INSECURE_SECRET_KEY:
        return []
    hint = (
        "Set SECRET_KEY to 50 random characters and keep it: links in mails already sent are signed with it."
    )
    return [Error("SECRET_KEY is the one that everybody knows.", hint=hint, id="houselights.E004")]


@register(Tags.security, deploy=True)
def hosts_are_named(app_configs: Apps = None, **kwargs: object) -> list[CheckMessage]:
    if "*" not in settings.ALLOWED_HOSTS:
        return []
    hint = "Name the hosts: with * a forged Host header becomes a link in somebody's mail."
    return [Warning("ALLOWED_HOSTS answers to any name.", hint=hint, id="houselights.W005")]


@register(Tags.security, deploy=True)
def demo_is_off(app_configs: Apps = None, **kwargs: object) -> list[CheckMessage]:
    """The demo's sign-ins are printed and its mailbox is open to anyone."""
    if not settings.DEMO:
        return []
    hint = "Unset DEMO. Its mailbox page shows private links to whoever looks."
    return [Error("DEMO is on.", hint=hint, id="houselights.E006")]


@register(deploy=True)
def mail_has_a_server(app_configs: Apps = None, **kwargs: object) -> list[CheckMessage]:
    if settings.EMAIL_URL:
        return []
    hint = (
        "Set EMAIL_URL, e.g. smtps://user:password@mail.example:587. Until then reminders are not delivered."
    )
    return [Warning("EMAIL_URL is not set.", hint=hint, id="houselights.W007")]


@register(deploy=True)
def redis_keeps_its_queues(app_configs: Apps = None, **kwargs: object) -> list[CheckMessage]:
    """Redis is there and evicts nothing (`maxmemory-policy noeviction`): an evicted queue is a lost one."""
    if not settings.REDIS_URL:
        hint = "Set REDIS_URL. Without it, mail goes out only where a worker runs as a plain loop."
        return [Warning("REDIS_URL is not set.", hint=hint, id="houselights.W008")]
    from config import redis_server  # a quarter of a second that only this check needs

    try:
        policy = redis_server.eviction_policy(settings.REDIS_URL)
    except redis_server.RedisError as error:
        hint = f"Start it, or mend REDIS_URL. It said: {error}"
        return [Info("Redis does not answer from here.", hint=hint, id="houselights.I009")]
    if policy in ("noeviction", ""):
        return []
    hint = "Set maxmemory-policy noeviction, and keep caches that may be evicted in another instance."
    return [Warning(f"Redis evicts queues ({policy}).", hint=hint, id="houselights.W010")]


@register(Tags.database)
def sqlite_is_tuned(
    app_configs: Apps = None, databases: Sequence[str] | None = None, **kwargs: object
) -> list[CheckMessage]:
    """SQLite answers with the PRAGMAs that keep writers from tripping over each other."""
    hint = (
        "Something opened it otherwise; see DATABASES in config/settings.py. A network drive cannot do WAL."
    )
    return [
        Warning(f"SQLite's {name} is {found}, not {wanted}.", hint=hint, id="houselights.W011")
        for alias in databases or []
        if connections[alias].vendor == "sqlite"
        for name, wanted in SQLITE_PRAGMAS.items()
        if (found := pragma(alias, name)) != wanted
    ]


def pragma(alias: str, name: str) -> object:
    """What the SQLite database `alias` answers to `PRAGMA name`, text in lower case."""
    with connections[alias].cursor() as cursor:
        (value,) = cursor.execute(f"PRAGMA {name}").fetchone()
    return value.lower() if isinstance(value, str) else value
