"""Addresses of interviews and guides."""

from __future__ import annotations

from django.urls import path

from . import views, views_manage
from .team_doors import guide_door
from .urls_import import import_urls
from .urls_quotes import quote_urls

urlpatterns = [
    path("g/<str:code>/", views.read_guide, name="guide"),
    path("g/<str:code>/v<int:number>/", views.read_guide, name="guide_version"),
    path("manage/guides/<slug:code>/", views_manage.manage_guide, name="manage_guide"),
    *quote_urls,
    *import_urls,
    *guide_door.urls("slug"),
]
