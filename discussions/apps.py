from django.apps import AppConfig


class DiscussionsConfig(AppConfig):
    name = "discussions"

    def ready(self) -> None:
        from accounts import desk

        from . import desks

        desk.register(desks.rooms, 40)
