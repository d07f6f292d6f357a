from django import template
from django.conf import settings
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from .. import in_force, style

register = template.Library()

# The style sheet draws it in the accent.
MARK = mark_safe('<span class="masthead__mark"></span>')


@register.simple_tag(takes_context=True)
def identity(context):
    """Return what the page shows of the site itself: in_force.Identity."""
    return in_force.of_request(context.get("request"), context.get("moment"))


@register.simple_tag(takes_context=True)
def style_sheet(context):
    """Return the address of the style sheet, with the site's own colours if it has any."""
    return style.address(identity(context).look)


@register.simple_tag
def newsroom_colours():
    """Return the address of the newsroom's colours: those of the site, as its editors have it now."""
    return style.newsroom(in_force.look())


@register.simple_tag(takes_context=True)
def icon(context):
    """The icon of the page, which leaving takes away."""
    own = identity(context).look.icon
    if own:
        return format_html('<link rel="icon" href="{}" type="image/png">', settings.MEDIA_URL + own)
    address = static("img/icon.svg")
    return format_html('<link rel="icon" href="{}" type="image/svg+xml">', address)


@register.simple_tag(takes_context=True)
def mark(context):
    """The mark beside the name of the site, which says the name in words."""
    own = identity(context).look.mark
    if own:
        return format_html('<img src="{}" alt="" width="28" height="28">', settings.MEDIA_URL + own)
    return MARK


@register.simple_tag
def nobody_named():
    """Return what staff have to know where readers cannot see who runs the site: words or ""."""
    owner = in_force.owner()
    missing = {"who runs this site": owner.organisation, "how to reach them": owner.contact}
    return " or ".join(words for words, value in missing.items() if not value)
