from django.apps import AppConfig


class InterviewsConfig(AppConfig):
    name = "interviews"

    def ready(self) -> None:
        from accounts import desk

        from . import desks

        desk.register(desks.invitations, 1)
        desk.register(desks.guides, 30)
