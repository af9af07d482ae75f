"""What a draft looks like to a program: its sections and their blocks, each kind of block in a shape of its own."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import PolymorphicProxySerializer, extend_schema_field
from rest_framework import serializers

from .forms_builder import LANGUAGE_TAG, LONGEST_TEXT, excerpts_for
from .models import Block, Excerpt, Guide, GuideSection, Prompt
from .prompt_remarks import remark_on


class RemarkSerializer(serializers.Serializer):
    """What the builder would say: the rule's name and a sentence. Remarks stop nothing."""

    rule = serializers.CharField()
    says = serializers.CharField()


class QuoteField(serializers.SlugRelatedField):
    """A quote of the film's interviews by its UUID; one that was withdrawn cannot be taken in."""

    default_error_messages = {
        "does_not_exist": "No quote of this film has this UUID, or it was withdrawn: {value}."
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("queryset", Excerpt.objects.none())
        super().__init__(slug_field="uuid", **kwargs)

    def get_queryset(self) -> QuerySet[Excerpt]:
        rows: QuerySet[Excerpt] = excerpts_for(self.context["guide"])
        return rows


class _BlockSerializer(serializers.ModelSerializer):
    text = serializers.CharField(max_length=LONGEST_TEXT)

    class Meta:
        model = Block
        fields = ["id", "kind", "revision", "text"]
        read_only_fields = ["id", "kind", "revision"]


class TextBlockSerializer(_BlockSerializer):
    """Words of the guide's own, in plain Markdown: paragraphs, emphasis, lists, links."""


class TipBlockSerializer(_BlockSerializer):
    """A tip for who leads; attendees do not see it."""


class ActionBlockSerializer(_BlockSerializer):
    """Something to do, and where."""

    class Meta(_BlockSerializer.Meta):
        fields = [*_BlockSerializer.Meta.fields, "url"]


class QuoteBlockSerializer(serializers.ModelSerializer):
    """A quote. Its words are changed nowhere but in its interview."""

    excerpt = QuoteField()

    class Meta:
        model = Block
        fields = ["id", "kind", "revision", "excerpt"]
        read_only_fields = ["id", "kind", "revision"]


class PromptBlockSerializer(serializers.ModelSerializer):
    """A question for a group (`group_size` 0: the whole room), and what who leads it may need."""

    id = serializers.IntegerField(source="block.pk", read_only=True)
    kind = serializers.CharField(source="block.kind", read_only=True)
    revision = serializers.IntegerField(source="block.revision", read_only=True)
    minutes = serializers.IntegerField(min_value=1, max_value=120, default=5)
    group_size = serializers.IntegerField(min_value=0, max_value=50, default=0)
    excerpt = QuoteField(required=False, allow_null=True)
    remarks = serializers.SerializerMethodField()

    class Meta:
        model = Prompt
        fields = [
            "id", "kind", "revision", "uuid", "question", "moment", "minutes", "group_size", "sensitivity",
            "if_silent", "if_heated", "follow_up", "tip", "excerpt", "remarks",
        ]  # fmt: skip
        read_only_fields = ["uuid"]

    @extend_schema_field(RemarkSerializer(many=True))
    def get_remarks(self, prompt: Prompt) -> list[dict[str, str]]:
        return said(remark_on(prompt.question, self.context["guide"].language))


SHAPES: dict[str, type[serializers.ModelSerializer]] = {
    Block.Kind.TEXT: TextBlockSerializer,
    Block.Kind.TIP: TipBlockSerializer,
    Block.Kind.ACTION: ActionBlockSerializer,
    Block.Kind.EXCERPT: QuoteBlockSerializer,
    Block.Kind.PROMPT: PromptBlockSerializer,
}
AnyBlock = PolymorphicProxySerializer(
    component_name="Block",
    serializers={str(kind): shape for kind, shape in SHAPES.items()},
    resource_type_field_name="kind",
)


def said(remarks: Any) -> list[dict[str, str]]:
    return [{"rule": remark.rule, "says": remark.says} for remark in remarks]


def shape_of(block: Block, guide: Guide) -> dict[str, Any]:
    """A block as a program reads it."""
    shape = SHAPES[block.kind](block.prompt or block, context={"guide": guide})
    return dict(shape.data)


class NewBlockSerializer(serializers.Serializer):
    """Where a new block goes: before another block of the section (its `id`), else at the end."""

    kind = serializers.ChoiceField(choices=Block.Kind.choices)
    before = serializers.IntegerField(required=False, allow_null=True)


class PlaceSerializer(serializers.Serializer):
    """Where a block is put: a section's kind, and before which of its blocks; at the end where none is named."""

    section = serializers.ChoiceField(choices=GuideSection.Kind.choices)
    before = serializers.IntegerField(required=False, allow_null=True)


class SectionSerializer(serializers.ModelSerializer):
    """A section. An empty heading means the usual one of its kind."""

    blocks = serializers.SerializerMethodField()

    class Meta:
        model = GuideSection
        fields = ["kind", "heading", "revision", "blocks"]
        read_only_fields = ["revision"]
        extra_kwargs = {"kind": {"read_only": True}}

    @extend_schema_field(serializers.ListSerializer(child=AnyBlock))
    def get_blocks(self, section: GuideSection) -> list[dict[str, Any]]:
        return [shape_of(block, self.context["guide"]) for block in section.blocks.all()]


class NewSectionSerializer(serializers.Serializer):
    kind = serializers.ChoiceField(choices=GuideSection.Kind.choices)
    heading = serializers.CharField(max_length=120, required=False, allow_blank=True)


class QuoteSerializer(serializers.Serializer):
    """A quote that may stand in the draft."""

    uuid = serializers.UUIDField()
    speaker = serializers.CharField()
    exact = serializers.CharField()
    publication = serializers.CharField(source="source.interview.publication")


class DraftLineSerializer(serializers.ModelSerializer):
    """A draft in the list of those that a token opens."""

    film = serializers.CharField(source="film.slug")
    newest_version = serializers.IntegerField(allow_null=True)

    class Meta:
        model = Guide
        fields = ["code", "title", "language", "film", "newest_version", "updated_at"]


class FactsSerializer(serializers.ModelSerializer):
    """What a draft says of itself."""

    language = serializers.CharField(max_length=12, required=False, validators=[LANGUAGE_TAG])

    class Meta:
        model = Guide
        fields = ["title", "language"]
        extra_kwargs = {"title": {"required": False}}


class OriginSerializer(serializers.Serializer):
    code = serializers.CharField()
    version = serializers.IntegerField()


class DraftSerializer(serializers.Serializer):
    """All of a draft. `in_the_way`: why it cannot be published now, in sentences; `quotes`: what may be taken in."""

    code = serializers.CharField()
    title = serializers.CharField()
    language = serializers.CharField()
    film = serializers.CharField()
    is_films_own = serializers.BooleanField()
    adapted_from = OriginSerializer(allow_null=True)
    newest_version = serializers.IntegerField(allow_null=True)
    sections = SectionSerializer(many=True)
    remarks = RemarkSerializer(many=True)
    in_the_way = serializers.ListField(child=serializers.CharField())
    quotes = QuoteSerializer(many=True)


class ChangelogSerializer(serializers.Serializer):
    changelog = serializers.CharField(max_length=300, required=False, allow_blank=True, default="")


class PublishedSerializer(serializers.Serializer):
    """What publishing gave. Pressed twice, `is_new` is false the second time and the number the same."""

    code = serializers.CharField()
    version = serializers.IntegerField()
    is_new = serializers.BooleanField()
    address = serializers.URLField()


class MeanwhileSerializer(serializers.Serializer):
    """Somebody else was quicker. Nothing was written: what stands now, and what was sent, whole (a problem, RFC 9457)."""

    type = serializers.URLField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField()
    theirs = serializers.JSONField()
    yours = serializers.JSONField()


class InTheWaySerializer(serializers.Serializer):
    """The draft stays a draft: one sentence for each thing that stands in the way (a problem, RFC 9457)."""

    type = serializers.URLField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField()
    in_the_way = serializers.ListField(child=serializers.CharField())
