"""Addresses of what programs read and write; `/api/schema/` describes them."""

from __future__ import annotations

from django.urls import path

from . import api, api_drafts, api_interviews

api_urls = [
    path("api/guides/", api.GuideList.as_view(), name="api_guides"),
    path("api/guides/<str:code>/", api.GuideDetail.as_view(), name="api_guide"),
    path("api/interviews/", api_interviews.InterviewList.as_view(), name="api_interviews"),
    path("api/interviews/<int:pk>/", api_interviews.InterviewDetail.as_view(), name="api_interview"),
    path(
        "api/interviews/<int:pk>/annotations/",
        api_interviews.InterviewAnnotations.as_view(),
        name="api_annotations",
    ),
    path("api/drafts/", api_drafts.DraftList.as_view(), name="api_drafts"),
    path("api/drafts/<slug:code>/", api_drafts.DraftDetail.as_view(), name="api_draft"),
    path("api/drafts/<slug:code>/sections/", api_drafts.DraftSections.as_view(), name="api_draft_sections"),
    path(
        "api/drafts/<slug:code>/sections/<slug:kind>/",
        api_drafts.DraftSectionDetail.as_view(),
        name="api_draft_section",
    ),
    path(
        "api/drafts/<slug:code>/sections/<slug:kind>/blocks/",
        api_drafts.DraftBlocks.as_view(),
        name="api_draft_blocks",
    ),
    path(
        "api/drafts/<slug:code>/blocks/<int:pk>/",
        api_drafts.DraftBlockDetail.as_view(),
        name="api_draft_block",
    ),
    path(
        "api/drafts/<slug:code>/blocks/<int:pk>/move/",
        api_drafts.DraftBlockMove.as_view(),
        name="api_draft_block_move",
    ),
    path("api/drafts/<slug:code>/publish/", api_drafts.DraftPublish.as_view(), name="api_draft_publish"),
]
