"""The addresses of rooms."""

from __future__ import annotations

from django.urls import path

from . import views

urlpatterns = [path("r/<str:code>/", views.room, name="room")]
