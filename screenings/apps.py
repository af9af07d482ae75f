from django.apps import AppConfig


class ScreeningsConfig(AppConfig):
    name = "screenings"

    def ready(self) -> None:
        from accounts import desk

        from . import desks, team_mails

        desk.register(desks.invitations, 0)
        desk.register(desks.theaters, 10)
        desk.register(desks.films, 20)
        team_mails.register()
