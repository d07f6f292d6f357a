"""What register keepers do in the newsroom, by the forms they are given."""

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.test import Client

from signposting import releases
from signposting.models import ReleaseRequest, Service

from ..reading import read

OLD, NEW = "0808 802 0300", "0808 802 0399"


def sign_in(name, group="Register keepers"):
    """Return a browser in which somebody of a group is signed in."""
    user = get_user_model().objects.create_user(name, is_staff=True)
    user.groups.add(Group.objects.get_or_create(name=group)[0])
    client = Client()
    client.force_login(user)
    return client


def url(*parts):
    return "/admin/signposting/service/" + "".join(f"{part}/" for part in parts)


def public(path="/help/"):
    return read(Client().get(path)).text


def filled_in(form):
    """Return what a browser would send of a form that nobody changed."""
    data = {}
    for field in form:
        value = field.value()
        if isinstance(value, bool):
            data |= {field.html_name: "on"} if value else {}
        else:
            data[field.html_name] = "" if value is None else value
    return data


def save(client, address, **changes):
    """Open a form of the admin, change some fields, and save it. Return the answer."""
    page = client.get(address)
    data = filled_in(page.context["adminform"].form)
    for inline in page.context["inline_admin_formsets"]:
        data |= filled_in(inline.formset.management_form)
        for form in inline.formset.forms:
            data |= filled_in(form)
    return client.post(address, data | changes)


def ask(client, service, reason="Their own page.", **new):
    """Ask for a change: `new` is route key -> number or address."""
    typed = {f"route_{key}": text for key, text in new.items()}
    data = {**typed, "reason": reason, "shown": "yes", "seen": seen(service)}
    return client.post(url(service.pk, "ask"), data)


def seen(service):
    """Return what the screen that asks sends along: what was shown of the form's changes."""
    return releases.seen(releases.to_ask(Service.objects.whole().get(pk=service.pk)))


def waiting():
    return ReleaseRequest.objects.waiting().get()


def agree(client, **typed):
    """Agree what waits: type what is new, see it, press the button. Return the answer."""
    address = url("agree", waiting().pk)
    data = {f"type_{key}": text for key, text in typed.items()}
    return client.post(address, {**data, "agree": "yes"})


def take_off(client, service, instead, because="It rang out.", what=""):
    data = {"because": because, "alternative": instead.pk, "what": what}
    return client.post(url(service.pk, "take-off"), data)
