from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "notices"

    def ready(self) -> None:
        from anymail.signals import tracking

        from accounts import erasing, kept, known_people, mail_hook, retention

        from . import (  # noqa: F401  checks register themselves
            checks,
            erasing_here,
            kept_here,
            kinds,
            retention_here,
            sign_in_mail,
            views_suppression,
        )

        tracking.connect(views_suppression.note_event, dispatch_uid="notices.suppression")
        mail_hook.register(sign_in_mail.owe)
        kinds.register(sign_in_mail.SIGN_IN)
        kinds.register_subject(sign_in_mail.ATTEMPT)
        kept.register(kept_here.tell_messages)
        kept.register(kept_here.tell_lists)
        kept.register(kept_here.tell_replies)
        known_people.is_trace("notices.notice", "notices.preference")
        retention.register(*retention_here.RULES)
        erasing.register(erasing_here.erase_messages)
