from django.core.files.storage import default_storage
from django.http import FileResponse, Http404
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from publishing.problems import CannotPrint
from safety.same_origin import is_same_origin
from signposting.json_ld import script

from . import json_ld, rendering
from .campaigns import on_home
from .feedback import KEPT_DAYS, FeedbackForm
from .models import Feedback, Kind, Release, lost

# A key of the WSGI environ that only previews set: the release to show as if it were in force.
CHOSEN = "awareness.release"

CHANGED = "Release {release} of this page is not as it was published, or not the last one."
AGAIN = "Look at the working copy, and publish the page again. Tell whoever runs the site."

HOME = Release(kind=Kind.SITE, slug="home", title="Are you being stalked?")


def public(request):
    """Return what pages say of themselves, without their blocks, as readers see them."""
    found = lost.public(request.moment)
    if chosen := request.environ.get(CHOSEN):
        # By its address, and by its page: it may have another address now.
        found = [
            page for page in found if page.place != chosen.place and page.page_id != chosen.page_id
        ]
        found += [] if chosen.withdraws else [chosen]
    return sorted(found, key=lambda page: (page.position, page.title))


def find(request, kind, slug):
    """Return the release to show at an address. A page taken down is a withdrawal.

    One that has another address now is returned as it is there. Raises Http404 where there
    has never been a page, and CannotPrint where its release was changed past the newsroom: it
    is set aside, and the page stays as it was printed last.
    """
    chosen = request.environ.get(CHOSEN)
    if chosen and chosen.place == (kind, slug):
        return chosen
    here = Release.objects.filter(kind=kind, slug=slug)
    release = here.in_force(request.moment).first()
    if release is None:
        once = here.begun(request.moment)
        if not once.exists():
            raise Http404
        pages = once.order_by().values("page")
        release = Release.objects.public(request.moment).filter(page__in=pages).first()
    if release is None:  # its live_until has passed
        return Release(kind=kind, slug=slug, withdraws=True)
    if not lost.standing([release]):
        raise CannotPrint(CHANGED.format(release=release.number), AGAIN)
    return release


@require_safe
def home(request):
    """Danger first, then the campaign, the signs and help: also with no word of an editor."""
    try:
        page = find(request, Kind.SITE, "home")
    except Http404:
        page = HOME
    pages = public(request)
    context = {
        "page": HOME if page.withdraws else page,
        "body": rendering.render(page.blocks, request.moment),
        "campaign": on_home.headline(of_kind(pages, Kind.CAMPAIGN), request.moment),
        "signs": next(iter(of_kind(pages, Kind.SIGNS)), None),
        "advice": listed(pages, Kind.ADVICE),
    }
    return render(request, "awareness/home.html", context)


@require_safe
def page(request, kind, slug):
    page = find(request, kind, slug)
    if page.slug != slug:
        return redirect(page, permanent=True)
    if page.withdraws:
        # 200, not 410: it is in the edition, and whoever follows an old link finds help.
        return render(request, "awareness/taken_down.html")
    context = {"page": page, "body": rendering.render(page.blocks, request.moment)}
    if kind == Kind.CAMPAIGN:
        context |= {
            "over": page.is_over(request.moment),
            "begun": page.has_begun(request.moment),
            "json_ld": script(json_ld.campaign(page)),
        }
    return render(request, [f"awareness/{kind}.html", "awareness/page.html"], context)


@require_safe
def list_of(request, kind):
    template = f"awareness/{kind.place.list_name.replace('-', '_')}.html"
    return render(request, template, {"pages": listed(public(request), kind)})


@csrf_exempt  # for is_same_origin: a page that is the same for everyone holds no token
@require_http_methods(["GET", "HEAD", "POST"])
def feedback(request):
    if request.method != "POST":
        return answer(request, FeedbackForm())
    form = FeedbackForm(request.POST)
    if not is_same_origin(request):
        refused = "Your browser says that this came from another website. Send it again from here."
        return answer(request, form, refused, status=403)
    if not form.is_valid():
        return answer(request, form, status=422)
    # What a machine filled in is thanked like the rest, so that it learns nothing.
    if not form.from_a_machine:
        form.save(request.moment)
    response = redirect("awareness:thanks")
    response.status_code = 303
    return response


def answer(request, form, refused="", status=200):
    """Show the form again with what was typed, and why it was not taken."""
    context = {
        "form": form,
        "refused": refused,
        "length": Feedback.COMMENT_LENGTH,
        "days": KEPT_DAYS,
    }
    return render(request, "awareness/feedback.html", context, status=status)


@require_safe
def thanks(request):
    return render(request, "awareness/thanks.html")


@require_safe
def upload(request, name):
    """Show an image that no edition holds yet to staff who preview a page, and to no one else."""
    if not request.user.has_perm("awareness.view_page") or not default_storage.exists(name):
        raise Http404
    return FileResponse(default_storage.open(name), headers={"Cache-Control": "no-store"})


def of_kind(pages, kind):
    return [page for page in pages if page.kind == kind]


def listed(pages, kind):
    return kind.place.listed(of_kind(pages, kind))
