"""The emergency card: what to do in danger, on every page and every error page.

Built once, when the process starts, from the table of constants: no template, database
or request is asked, so the card stands when any of them is broken.
"""

from django.utils.html import format_html, format_html_join

from . import emergency


def _link(slug):
    """Return a route as its link, or as plain text where it must not be one."""
    route = emergency.ROUTES[slug]
    if not route.href:
        return format_html("<strong>{}</strong>", route.display)
    return format_html('<a href="{}" rel="noreferrer">{}</a>', route.href, route.display)


def build():
    """Return the card as safe HTML. The first number in it is 999."""
    card = format_html(
        """<section class="card card--danger emergency" id="emergency" aria-labelledby="emergency-heading">
<h2 id="emergency-heading">In danger now?</h2>
<p><a class="call" href="{href}"><span class="call__number">Call {number}</span></a></p>
<h3>If you cannot speak</h3>
<p>{cannot_speak}</p>
<div class="pair">
<p><strong>On a mobile:</strong> {mobile}</p>
<p><strong>On a landline:</strong> {landline}</p>
</div>
""",
        href=emergency.ROUTES["999"].href,
        number=emergency.ROUTES["999"].display,
        cannot_speak=emergency.CANNOT_SPEAK,
        mobile=emergency.ON_A_MOBILE,
        landline=emergency.ON_A_LANDLINE,
    )
    steps = format_html_join("", "<li>{}</li>", ((s,) for s in emergency.REGISTER_TO_TEXT))
    return card + format_html(
        """<details>
<summary>If you cannot hear or speak on the phone</summary>
<dl>
<dt>British Sign Language (BSL)</dt>
<dd>{bsl}, or the 999 BSL app. Free, {bsl_hours}. You do not need to register.</dd>
<dt>Textphone (Relay UK)</dt>
<dd>{relay} in an emergency. {relay_hours}.</dd>
<dt>Text (emergencySMS)</dt>
<dd>Register your phone first: <ol>{steps}</ol>{to_text}</dd>
</dl>
</details>
<p class="meta">A call or text to 999 stays on the phone. From published pages, {checked}.</p>
</section>""",
        bsl=_link("999-bsl"),
        bsl_hours=emergency.ROUTES["999-bsl"].hours,
        relay=_link("18000"),
        relay_hours=emergency.ROUTES["18000"].hours,
        steps=steps,
        to_text=emergency.TO_TEXT_999,
        checked=f"{emergency.GATHERED.day} {emergency.GATHERED:%B %Y}",
    )


CARD = build()
