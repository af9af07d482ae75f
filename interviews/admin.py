"""What site staff see of interviews and guides. What is frozen can be read here and not touched."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from .models import (
    Block,
    Excerpt,
    Guide,
    GuideSection,
    GuideVersion,
    Interview,
    Prompt,
    Quotation,
    Source,
    Turn,
)


class ReadOnly:
    """Nothing is added, changed or deleted through this page."""

    def has_add_permission(self, request: HttpRequest, *_: Any) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


class SourceInline(ReadOnly, admin.TabularInline):
    model = Source
    fields = ["filename", "format", "encoding", "sha256", "retrieved_at"]
    show_change_link = True


class SpanInline(ReadOnly, admin.TabularInline):
    readonly_fields = ["words"]

    @admin.display(description="words")
    def words(self, span: Turn | Quotation) -> str:
        return span.source.visible_text[span.start : span.end]


class TurnInline(SpanInline):
    model = Turn
    fields = ["position", "kind", "speaker", "words", "confidence"]


class QuotationInline(SpanInline):
    model = Quotation
    fields = ["position", "speaker", "words", "confidence"]


@admin.register(Interview)
class InterviewAdmin(admin.ModelAdmin):
    list_display = ["title", "publication", "film", "published_on", "right", "right_until"]
    list_filter = ["right", "language"]
    list_select_related = ["film"]
    search_fields = ["title", "publication", "byline", "film__title"]
    readonly_fields = ["film"]
    inlines = [SourceInline]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """An interview comes in with its source: by `manage.py import_interview`."""
        return False


@admin.register(Source)
class SourceAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ["interview", "format", "encoding", "filename", "retrieved_at"]
    list_select_related = ["interview"]
    search_fields = ["sha256", "filename", "interview__title", "interview__publication"]
    exclude = ["content", "source_map"]
    inlines = [TurnInline, QuotationInline]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Source]:
        return super().get_queryset(request).defer("content")


@admin.register(Excerpt)
class ExcerptAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ["exact", "speaker", "source", "created_at", "withdrawn_at"]
    list_filter = ["withdrawn_at"]
    list_select_related = ["source__interview"]
    search_fields = ["exact", "speaker", "source__interview__publication"]


class SectionInline(ReadOnly, admin.TabularInline):
    model = GuideSection
    fields = ["kind", "heading", "holds"]
    readonly_fields = ["holds"]

    @admin.display(description="holds")
    def holds(self, section: GuideSection) -> str:
        blocks = Block.objects.filter(section=section).select_related("prompt", "excerpt")
        return "\n".join(f"{block.kind}: {block.prompt or block.excerpt or block.text}" for block in blocks)


class PromptInline(ReadOnly, admin.TabularInline):
    model = Prompt
    fields = ["question", "moment", "minutes", "group_size", "uuid"]
    readonly_fields = ["uuid"]


class VersionInline(ReadOnly, admin.TabularInline):
    model = GuideVersion
    fields = ["number", "changelog", "published_by", "published_at"]
    show_change_link = True


@admin.register(Guide)
class GuideAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ["title", "film", "owner", "language", "read"]
    list_select_related = ["film", "owner"]
    search_fields = ["title", "code", "film__title"]
    readonly_fields = ["code", "read"]
    inlines = [SectionInline, PromptInline, VersionInline]

    @admin.display(description="address")
    def read(self, guide: Guide) -> SafeString:
        path = reverse("guide", args=[guide.code])
        return format_html('<a href="{}">{}</a>', path, path)


@admin.register(GuideVersion)
class GuideVersionAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ["guide", "number", "changelog", "published_by", "published_at"]
    list_select_related = ["guide", "published_by"]
    search_fields = ["guide__title", "guide__code"]
