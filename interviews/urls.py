"""Addresses of interviews and guides."""

from __future__ import annotations

from django.urls import path

from . import views, views_kept, views_manage, views_print, views_publish, views_tokens
from .team_doors import guide_door
from .urls_api import api_urls
from .urls_import import import_urls
from .urls_quotes import quote_urls

urlpatterns = [
    path("g/<str:code>/", views.read_guide, name="guide"),
    path("g/<str:code>/v<int:number>/", views.read_guide, name="guide_version"),
    path("g/<str:code>/facilitator/", views.read_facilitator, name="facilitator"),
    path("g/<str:code>/v<int:number>/facilitator/", views.read_facilitator, name="facilitator_version"),
    path("g/<str:code>/kept/", views_kept.keep_words, name="keep_words"),
    path("g/<str:code>/code.svg", views_print.guide_qr, name="guide_qr"),
    path("g/<str:code>/v<int:number>/<slug:name>.pdf", views_print.guide_pdf, name="guide_pdf"),
    path("manage/guides/tokens/", views_tokens.tokens, name="guide_tokens"),
    path("manage/guides/tokens/<int:pk>/revoke/", views_tokens.revoke, name="revoke_guide_token"),
    path("walk-home/", views_kept.walk_home, name="walk_home"),
    path("manage/guides/<slug:code>/stayed/", views_kept.words_that_stayed, name="words_that_stayed"),
    path("manage/guides/start/", views_publish.start, name="start_guide"),
    path("manage/guides/copy/<slug:code>/<int:number>/", views_publish.copy, name="copy_guide"),
    path("manage/guides/<slug:code>/sections/<int:pk>/", views_manage.change_section, name="guide_section"),
    path("manage/guides/<slug:code>/blocks/<int:pk>/", views_manage.change_block, name="guide_block"),
    path("manage/guides/<slug:code>/preview/", views_publish.preview, name="preview_guide"),
    path(
        "manage/guides/<slug:code>/preview/facilitator/",
        views_publish.preview_facilitator,
        name="preview_facilitator",
    ),
    path("manage/guides/<slug:code>/publish/", views_publish.publish_guide, name="publish_guide"),
    path("manage/guides/<slug:code>/versions/<int:number>/", views_publish.compare, name="compare_versions"),
    path("manage/guides/<slug:code>/offer/", views_publish.offer_guide, name="offer_guide"),
    path("manage/guides/<slug:code>/", views_manage.manage_guide, name="manage_guide"),
    *api_urls,
    *quote_urls,
    *import_urls,
    *guide_door.urls("slug"),
]
