"""Published guides as JSON, for anybody to read: what is on their pages, frozen as it was published."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.decorators import method_decorator
from drf_spectacular.utils import extend_schema
from rest_framework import generics, pagination, permissions, serializers

from common.short_codes import normalise_code

from .guide_content import Content
from .models import GuideVersion
from .page_store import withdrawn_from

# A withdrawn quote keeps who said it and where it was printed, and none of its words.
_KEPT_OF_WITHDRAWN = ("speaker", "publication", "published_on", "lang", "dir")


class GuideSerializer(serializers.Serializer):
    """A published guide without its content."""

    code = serializers.CharField(source="guide.code")
    version = serializers.IntegerField(source="number")
    title = serializers.CharField(source="content.guide.title")
    language = serializers.CharField(source="content.guide.lang")
    film = serializers.CharField(source="content.film.title")
    published_at = serializers.DateTimeField()
    changelog = serializers.CharField()


class GuideContentSerializer(GuideSerializer):
    """A published guide with its content (`schema` 1); withdrawn quotes have no words."""

    content = serializers.SerializerMethodField()

    def get_content(self, version: GuideVersion) -> dict[str, Any]:
        return without_withdrawn(version.content)


class Pages(pagination.PageNumberPagination):
    page_size = 50


def newest_versions() -> QuerySet[GuideVersion]:
    """The newest version of every published guide."""
    newest = GuideVersion.objects.filter(guide=OuterRef("guide")).order_by("-number").values("pk")[:1]
    return GuideVersion.objects.filter(pk=Subquery(newest)).select_related("guide").order_by("pk")


def without_withdrawn(content: Content) -> Content:
    """The content with the words of withdrawn quotes taken out, each with the day of its withdrawal."""
    withdrawn = dict(withdrawn_from(content))
    quotes = {key: _shown(quote, withdrawn.get(key)) for key, quote in content["excerpts"].items()}
    return {**content, "excerpts": quotes}


def _shown(quote: Content, withdrawn_on: Any) -> Content:
    if withdrawn_on is None:
        return quote
    kept = {name: quote[name] for name in _KEPT_OF_WITHDRAWN}
    return {**kept, "withdrawn_on": withdrawn_on.isoformat()}


@method_decorator(login_not_required, name="dispatch")
@extend_schema(auth=[])
class GuideList(generics.ListAPIView[GuideVersion]):
    """Every published guide in its newest version."""

    authentication_classes = ()
    permission_classes = (permissions.AllowAny,)
    serializer_class = GuideSerializer
    pagination_class = Pages

    def get_queryset(self) -> QuerySet[GuideVersion]:
        """Each page of the list is one query for its versions."""
        return newest_versions()


@method_decorator(login_not_required, name="dispatch")
@extend_schema(auth=[])
class GuideDetail(generics.RetrieveAPIView[GuideVersion]):
    """A published guide in its newest version, with its content."""

    authentication_classes = ()
    permission_classes = (permissions.AllowAny,)
    serializer_class = GuideContentSerializer

    def get_object(self) -> GuideVersion:
        return generics.get_object_or_404(newest_versions(), guide__code=normalise_code(self.kwargs["code"]))
