from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "notices"

    def ready(self) -> None:
        from accounts import mail_hook

        from . import sign_in_mail

        mail_hook.register(sign_in_mail.owe)
