"""The addresses of rooms."""

from __future__ import annotations

from django.urls import path

from . import views, views_open, views_theater
from .urls_lead import lead_urls

urlpatterns = [
    path("r/<str:code>/", views.room, name="room"),
    path("rooms/open/", views_open.open_a_room, name="open_room"),
    path("rooms/<slug:code>/theater/", views_theater.room_at_my_theater, name="room_at_theater"),
    *lead_urls,
]
