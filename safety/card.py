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


def _steps(steps):
    return format_html_join("", "<li>{}</li>", ((step,) for step in steps))


def build():
    """Return the card as safe HTML. The first number in it is 999."""
    card = format_html(
        """<section class="card card--danger emergency" id="emergency" aria-labelledby="emergency-heading">
<div class="emergency__call"><h2 id="emergency-heading">In danger now?</h2>
<p><a class="call" href="{href}"><span class="call__number">Call {number}</span></a></p></div>
<h3 id="cannot-speak">If you cannot speak</h3>
<div class="pair silent">
<div class="silent__mobile"><h4>On a mobile</h4><ol>{mobile}</ol><p>{after_mobile}</p></div>
<div class="silent__landline"><h4>On a landline</h4><ol>{landline}</ol><p>{after_landline}</p></div>
</div>
<p>{yes_or_no} {where}</p>
""",
        href=emergency.ROUTES["999"].href,
        number=emergency.ROUTES["999"].display,
        mobile=_steps(emergency.ON_A_MOBILE),
        after_mobile=emergency.AFTER_ON_A_MOBILE,
        landline=_steps(emergency.ON_A_LANDLINE),
        after_landline=emergency.AFTER_ON_A_LANDLINE,
        yes_or_no=emergency.YES_OR_NO,
        where=emergency.WHERE_YOU_ARE,
    )
    return card + format_html(
        """<h3 id="bsl">If you are Deaf, or cannot hear</h3>
<p><span class="picture picture--bsl"></span> <strong>British Sign Language (BSL):</strong> {bsl}, or the 999 BSL app. Free. {bsl_hours} You do not need to register.</p>
<p><strong>Relay UK app or textphone:</strong> {relay}, not as a normal call. Free. {relay_hours}</p>
<details>
<summary>By text, if you register first</summary>
<ol>{steps}</ol>
<p>{to_text}</p>
</details>
</section>""",
        bsl=_link("999-bsl"),
        bsl_hours=emergency.ROUTES["999-bsl"].hours,
        relay=_link("18000"),
        relay_hours=emergency.ROUTES["18000"].hours,
        steps=_steps(emergency.REGISTER_TO_TEXT),
        to_text=emergency.TO_TEXT_999,
    )


CARD = build()
