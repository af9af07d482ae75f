"""Interviews as JSON, for anybody to read: where each was published, and what published guides quote of it.

An interview that no published guide quotes is not there, and the text of none is: it is its publisher's.
"""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.db.models import QuerySet
from django.http import JsonResponse
from django.urls import reverse
from django.utils.decorators import method_decorator
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import generics, permissions, serializers
from rest_framework.request import Request
from rest_framework.views import APIView

from .annotations import MEDIA_TYPE
from .api import Pages
from .models import Interview
from .published_quotes import annotations_out, published_interviews


class InterviewSerializer(serializers.ModelSerializer):
    """A published interview. `url` is where it is read; `annotations` where its quotes are."""

    film = serializers.CharField(source="film.slug")
    quotes = serializers.IntegerField(help_text="How many of its passages published guides quote.")
    annotations = serializers.SerializerMethodField()

    class Meta:
        model = Interview
        fields = [
            "id", "film", "title", "publication", "byline", "published_on", "language", "url", "quotes", "annotations",
        ]  # fmt: skip

    def get_annotations(self, interview: Interview) -> str:
        address: str = self.context["request"].build_absolute_uri(
            reverse("api_annotations", args=[interview.pk])
        )
        return address


@method_decorator(login_not_required, name="dispatch")
@extend_schema(
    auth=[], parameters=[OpenApiParameter("film", description="Only those about the film of this slug.")]
)
class InterviewList(generics.ListAPIView[Interview]):
    """Every interview that a published guide quotes, the oldest first."""

    authentication_classes = ()
    permission_classes = (permissions.AllowAny,)
    serializer_class = InterviewSerializer
    pagination_class = Pages

    def get_queryset(self) -> QuerySet[Interview]:
        film = self.request.query_params.get("film", "").replace("\0", "")
        rows = published_interviews()
        return rows.filter(film__slug=film) if film else rows


@method_decorator(login_not_required, name="dispatch")
@extend_schema(auth=[])
class InterviewDetail(generics.RetrieveAPIView[Interview]):
    """One interview that a published guide quotes."""

    authentication_classes = ()
    permission_classes = (permissions.AllowAny,)
    serializer_class = InterviewSerializer

    def get_queryset(self) -> QuerySet[Interview]:
        return published_interviews()


@method_decorator(login_not_required, name="dispatch")
class InterviewAnnotations(APIView):
    """What published guides quote of an interview, as W3C Web Annotations (JSON-LD); withdrawn ones have no words."""

    authentication_classes = ()
    permission_classes = (permissions.AllowAny,)

    @extend_schema(auth=[], responses={(200, "application/ld+json"): OpenApiResponse(OpenApiTypes.OBJECT)})
    def get(self, request: Request, pk: int) -> JsonResponse:
        interview = generics.get_object_or_404(published_interviews(), pk=pk)
        address = request.build_absolute_uri(reverse("api_annotations", args=[pk]))
        return JsonResponse(annotations_out(interview, address), content_type=MEDIA_TYPE)
