"""What the register says on the first page of the newsroom: to agree, to check, to mend."""

from django.db.models import Sum
from django.urls import reverse

from publishing.desk import DeskSource, Row, Urgency, register, some
from safety.accounts.waiting import why_not_agree

from .models import HeadingsRelease, LinkHost, NotWorking, ReleaseRequest, Service
from .presenters import in_words, london_day
from .releases import in_force

LIST = "admin:signposting_service_changelist"


def change(pk):
    return reverse("admin:signposting_service_change", args=[pk])


def starts(request, now):
    if request.user.has_perm("signposting.change_service"):
        yield "Look after the register", reverse(LIST)


def sees(request, now):
    services = in_force().values()
    usable = sum(service.is_published for service in services)
    yield f"Readers can turn to {usable} service{'' if usable == 1 else 's'} of the register."


def waiting(request, now):
    if not request.user.has_perm("signposting.change_service"):
        return
    yield from not_working()
    yield from in_question()
    yield from to_agree(request.user)
    yield from beside_services(request.user)
    yield from to_check(london_day(now))


def not_working():
    found = NotWorking.objects.filter(settled_by=None).values("service", "service__name")
    rows = [
        Row(
            Urgency.BROKEN,
            "Reported",
            row["service__name"],
            change(row["service"]),
            f"{row['sum']} reader{'' if row['sum'] == 1 else 's'} said that the number did not work.",
        )
        for row in found.annotate(sum=Sum("times")).order_by("-sum", "service__name")
    ]
    return some(rows, "services with a number that did not work", f"{reverse(LIST)}?todo=1")


def in_question():
    rows = [
        Row(
            Urgency.BROKEN,
            "Wrong",
            service.name,
            change(service.pk),
            "The newest check found something wrong.",
        )
        for service in Service.objects.filter(in_question=True).order_by("name")
    ]
    return some(rows, "services with something wrong", f"{reverse(LIST)}?todo=1")


def to_agree(user):
    """Return what waits for a second keeper; it says who asked, and whether this one can agree."""
    may_not = why_not_agree(user)
    rows = []
    requests = ReleaseRequest.objects.waiting().select_related("service", "asked_by")
    for asked in requests.order_by("asked_at"):
        mine = asked.asked_by_id == user.pk
        can = not mine and not may_not
        rows.append(
            Row(
                Urgency.TO_AGREE if can else Urgency.LATER,
                "To agree" if can else "Waits",
                asked.service.name,
                reverse("admin:signposting_service_agree", args=[asked.pk])
                if can
                else change(asked.service_id),
                f"{asked.asked_by} asked for a change. It waits for you."
                if can
                else f"{'You' if mine else asked.asked_by} asked for a change. It waits for a "
                "second keeper.",
            )
        )
    rows.sort(key=lambda row: row.urgency)
    return some(rows, "changes that wait for a second keeper", f"{reverse(LIST)}?todo=1")


def beside_services(user):
    """Return what waits for a second keeper and is of no one service."""
    hosts = reverse("admin:signposting_linkhost_changelist")
    found = LinkHost.objects.waiting().exclude(asked_by=user).count()
    if found and not why_not_agree(user):
        sites = "1 site to link to" if found == 1 else f"{found} sites to link to"
        yield Row(Urgency.TO_AGREE, "To agree", sites, hosts, "Wait for a second keeper.")
    asked = HeadingsRelease.objects.waiting().exclude(asked_by=user).first()
    if asked and not why_not_agree(user):
        screen = reverse("admin:signposting_headingsrelease_change", args=[asked.pk])
        said = f"{asked.asked_by} asked for a change. It waits for you."
        yield Row(Urgency.TO_AGREE, "To agree", "Areas and groups of the help page", screen, said)


def to_check(day):
    """Return the checks that are overdue, or have to be made within two weeks."""
    services = Service.objects.select_related("last_check").order_by("last_check__due", "name")
    services = [service for service in services if not service.emergency]
    late, soon = [], []
    for service in services:
        check = service.last_check
        if check is None:
            late.append((service, "It was never checked."))
        elif check.is_overdue(day):
            late.append(
                (service, f"Its check is overdue since {in_words(check.due)}. Readers are told.")
            )
        elif check.is_due_soon(day):
            soon.append((service, f"Check it again by {in_words(check.due)}, or readers are told."))
    for tag, urgency, found in (
        ("Overdue", Urgency.OVERDUE, late),
        ("Check due", Urgency.LATER, soon),
    ):
        rows = [
            Row(
                urgency,
                tag,
                service.name,
                reverse("admin:signposting_service_check", args=[service.pk]),
                words,
            )
            for service, words in found
        ]
        yield from some(rows, "services to check", f"{reverse(LIST)}?todo=1")


def week(request, now):
    day = london_day(now)
    checks = [service.last_check for service in in_force().values() if service.is_published]
    late = sum(check is None or check.is_overdue(day) for check in checks)
    yield (
        f"{len(checks)} services: {late} to check, for readers are told that nobody did."
        if late
        else f"{len(checks)} services, all of them checked in time."
    )


register(DeskSource("signposting", starts=starts, sees=sees, waiting=waiting, week=week))
