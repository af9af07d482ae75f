"""The addresses of rooms."""

from __future__ import annotations

from django.urls import path

from . import views, views_open

urlpatterns = [
    path("r/<str:code>/", views.room, name="room"),
    path("rooms/open/", views_open.open_a_room, name="open_room"),
]
