from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "notices"

    def ready(self) -> None:
        from anymail.signals import tracking

        from accounts import kept, mail_hook

        from . import checks, kept_here, kinds, sign_in_mail, views_suppression  # noqa: F401  registers the checks

        tracking.connect(views_suppression.note_event, dispatch_uid="notices.suppression")
        mail_hook.register(sign_in_mail.owe)
        kinds.register(sign_in_mail.SIGN_IN)
        kinds.register_subject(sign_in_mail.ATTEMPT)
        kept.register(kept_here.tell_messages)
        kept.register(kept_here.tell_lists)
