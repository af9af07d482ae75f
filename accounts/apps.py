from django.apps import AppConfig
from django.db.models.signals import pre_save


class AccountsConfig(AppConfig):
    name = "accounts"

    def ready(self) -> None:
        from . import kept, kept_here, retention, retention_here, sessions, trail

        trail.watch_capacities()
        pre_save.connect(
            sessions.keep_no_traces, sender="usersessions.UserSession", dispatch_uid="accounts.sessions"
        )
        for teller in (
            kept_here.tell_account,
            kept_here.tell_passkeys,
            kept_here.tell_sessions,
            kept_here.tell_codes,
        ):
            kept.register(teller)
        retention.register(*retention_here.RULES)
