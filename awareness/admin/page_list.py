"""The list of pages: what readers see of each, what is not published, and a search in all words."""

from django.contrib import admin
from django.db.models import CharField, Q, TextField
from django.utils import timezone
from django.utils.html import escape, format_html_join

from ..desk.page_states import states
from ..models import Block

WORDS = CharField | TextField


class PageList:
    """Mix into a ModelAdmin of pages, before it."""

    def get_changelist_instance(self, request):
        """Ask once for what every row shows beside itself."""
        listed = super().get_changelist_instance(request)
        pages = listed.result_list = list(listed.result_list)
        for page, words in zip(pages, states(pages, timezone.now()), strict=True):
            page.states = words
        return listed

    @admin.display(description="readers see it")
    def state(self, page):
        return format_html_join(
            " ", '<span class="tag">{}</span>', ((word,) for word in page.states)
        )

    def get_search_results(self, request, queryset, search_term):
        """Find the pages that have every word, in their head or in their blocks."""
        for word in search_term.split():
            queryset = queryset.filter(holds(word))
        return queryset, False


def holds(word):
    """Return the condition that a page has a word, in the working copy."""
    found = Q(title__icontains=word) | Q(summary__icontains=word) | Q(slug__icontains=word)
    for kind in Block.kinds.values():
        in_block = Q()
        for field in kind.own_fields():
            if isinstance(field, WORDS) and not field.choices:
                # Rich text is kept as HTML, in which some characters are written otherwise.
                in_block |= Q(**{f"{field.name}__icontains": word})
                in_block |= Q(**{f"{field.name}__icontains": escape(word)})
        if in_block:
            found |= Q(pk__in=kind.objects.filter(in_block).values("parent"))
    return found
