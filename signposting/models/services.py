from django.db import models
from django.db.models import Q
from django.urls import reverse

from ..choices import CERTAIN, Confidence

RESERVED_SLUGS = ["who-to-contact", "little-english"]
# What is always there, as the site itself is: danger last, which has a card on every page.
ALWAYS_THERE = ["police-101", "999"]
# The area of a service of which nobody knows it: it is always one of the rows.
UNSTATED = "unstated"


class Organisation(models.Model):
    slug = models.SlugField("short name", unique=True, help_text="In lower case, such as refuge.")
    name = models.CharField("name", max_length=100)
    description = models.TextField(
        "what it is", help_text="One plain sentence. Other sites read this in our open data."
    )
    website = models.URLField("website", blank=True, help_text="Leave empty if nobody checked it.")

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(description=""),
                name="organisation_says_what_it_is",
                violation_error_message="Name and what it is: fill in both.",
            ),
        ]

    def __str__(self):
        return self.name


class ServiceQuerySet(models.QuerySet):
    def released(self):
        """What readers know of, or knew."""
        return self.filter(releases__isnull=False).distinct()

    def published(self):
        """What readers may use."""
        return self.filter(status=Service.Status.PUBLISHED)

    def can_stand_in_for(self, pk):
        """What may be named beside a service: published; and what is named there now, if any."""
        return (
            self.filter(Q(status=Service.Status.PUBLISHED) | Q(stands_in_for=pk))
            .exclude(pk=pk)
            .distinct()
        )

    def whole(self):
        """With everything that a page shows, in five queries however many there are."""
        return self.select_related(
            "organisation",
            "last_check",
            "first_route",
            "alternative__first_route",
            "alternative__alternative",
        ).prefetch_related("routes__weekly_hours", "routes__exceptional_days", "routes__closures")


class Service(models.Model):
    class Status(models.TextChoices):
        DRAFT = "draft", "Draft: nobody but staff can see it"
        PUBLISHED = "published", "Published"
        WITHHELD = "withheld", "Withheld: named, without its numbers"

    class Gender(models.TextChoices):
        ANY = "any", "Anyone"
        WOMEN = "women", "Women"
        MEN = "men", "Men"
        LGBT = "lgbt", "LGBT+ people"
        MEN_LGBT = "men-lgbt", "Men and LGBT+ people"

    class Relationship(models.TextChoices):
        ANY = "any", "Whoever is doing it"
        DOMESTIC = "domestic", "A partner, ex or relative"
        NON_DOMESTIC = "non-domestic", "Not a partner, ex or relative"

    slug = models.SlugField(
        "short name", unique=True, help_text="Pages refer to it as [[short-name]]."
    )
    name = models.CharField("name", max_length=100)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="services", verbose_name="run by"
    )
    group = models.PositiveSmallIntegerField("place on the help page")
    position = models.PositiveSmallIntegerField("order in its place", default=10)
    emergency = models.BooleanField("part of the emergency table", default=False, editable=False)

    what = models.TextField(
        "what it does", help_text="Short sentences that a child of nine can read."
    )
    who = models.TextField(
        "who may use it", help_text="As the service says it. Say what it does not cover."
    )
    for_whom = models.CharField(
        "for whom, in few words",
        max_length=90,
        blank=True,
        help_text="Stands beside the number on the help page: Women in Nottinghamshire.",
    )
    minimum_age = models.PositiveSmallIntegerField("youngest age", null=True, blank=True)
    maximum_age = models.PositiveSmallIntegerField("oldest age", null=True, blank=True)
    gender = models.CharField("for", max_length=10, choices=Gender, default=Gender.ANY)
    area = models.CharField("area", max_length=30, default=UNSTATED)
    relationship = models.CharField(
        "who is doing it", max_length=20, choices=Relationship, default=Relationship.ANY
    )
    languages = models.CharField(
        "languages",
        max_length=100,
        blank=True,
        help_text="Codes with spaces, such as en bfi. Only languages that somebody has verified.",
    )
    access = models.TextField("for disabled people", blank=True)
    caution = models.TextField(
        "what to know first", blank=True, help_text="Limits a reader must know before calling."
    )
    do_not_say = models.TextField(
        "what we must not say", blank=True, help_text="For staff. Readers do not see this."
    )

    confidence = models.CharField("how sure we are", max_length=20, choices=Confidence)
    doubt = models.TextField(
        "what is not certain",
        blank=True,
        help_text=(
            "For readers, and only if it changes what they do: This number is from April 2024. "
            "The site adds what to do if it does not work."
        ),
    )
    source = models.TextField("where we read it", help_text="Page or person, with its date.")

    status = models.CharField("status", max_length=10, choices=Status, default=Status.DRAFT)
    withheld_because = models.TextField("why it is withheld", blank=True)
    alternative = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="stands_in_for",
        verbose_name="another way to get help",
        help_text="Shown beside it always, and in its place when its number is taken off.",
    )
    first_route = models.ForeignKey(
        "Route", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="first route"
    )
    last_check = models.ForeignKey(
        "Check", models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )
    in_question = models.BooleanField(
        "found wrong", default=False, editable=False, help_text="The newest check found a mistake."
    )
    changed = models.DateTimeField("last changed", auto_now=True)

    objects = ServiceQuerySet.as_manager()

    class Meta:
        ordering = ["group", "position", "name"]
        permissions = [("withhold_service", "Can take a number off at once")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(status="published") | Q(first_route__isnull=False),
                name="published_service_has_a_route",
                violation_error_message="First route: a published service needs one way to reach it.",
            ),
            models.CheckConstraint(
                condition=~Q(status="published") | Q(last_check__isnull=False),
                name="published_service_was_checked",
                violation_error_message="Checks: record a check before you publish this service.",
            ),
            models.CheckConstraint(
                condition=Q(status="draft") | Q(alternative__isnull=False),
                name="public_service_has_an_alternative",
                violation_error_message=(
                    "Another way to get help: choose one. Many callers cannot get through at first."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(status="withheld") | ~Q(withheld_because=""),
                name="withheld_service_says_why",
                violation_error_message="Why it is withheld: write a reason for your colleagues.",
            ),
            models.CheckConstraint(
                condition=Q(emergency=False) | Q(status="published"),
                name="emergency_service_is_published",
                violation_error_message="Status: an emergency route is always on the help page.",
            ),
            models.CheckConstraint(
                condition=~Q(confidence__in=CERTAIN) | Q(doubt=""),
                name="certain_service_has_no_doubt",
                violation_error_message=(
                    "What is not certain: leave it empty. A rule, or the service’s own word, is "
                    "stated as a fact."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(slug__in=RESERVED_SLUGS),
                name="service_slug_is_not_reserved",
                violation_error_message="Short name: the site uses this one for a page. Choose another.",
            ),
            models.CheckConstraint(
                condition=Q(maximum_age__isnull=True)
                | Q(minimum_age__isnull=True)
                | Q(maximum_age__gte=models.F("minimum_age")),
                name="service_ages_in_order",
                violation_error_message="Oldest age: it is lower than the youngest age.",
            ),
            models.CheckConstraint(
                condition=Q(alternative__isnull=True) | ~Q(alternative=models.F("id")),
                name="service_is_not_its_own_alternative",
                violation_error_message="Another way to get help: choose a different service.",
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("signposting:service", args=[self.slug])

    @property
    def is_published(self):
        return self.status == self.Status.PUBLISHED

    # Of a release: the register it stands in, slug -> Service, and what it names beside it.
    in_register = None
    alternative_slug = None

    @property
    def another_way(self):
        """The service to name beside this one, which readers can use now; None without any.

        It is the alternative; if that was taken off, what stands in its place; or the police.
        """
        first = self.alternative
        for other in (first, first and first.alternative):
            if other and other.is_published and other != self:
                return other
        others = self.in_register
        if others is None:
            others = {each.slug: each for each in Service.objects.filter(slug__in=ALWAYS_THERE)}
        there = (others[slug] for slug in ALWAYS_THERE if slug in others)
        return next((other for other in there if other != self), None)

    # What areas and groups are called, where readers have it; None asks what is there now.
    headings = None

    def get_area_display(self):
        """Return the name of its area, or "" of one that is no row."""
        found = self.names().areas.get(self.area)
        return found.name if found else ""

    def get_group_display(self):
        """Return what it is for, or "" of a group that is no row."""
        found = self.names().needs.get(self.group)
        return found.name if found else ""

    def names(self):
        from .. import headings

        return headings.now() if self.headings is None else self.headings

    def shown_routes(self):
        """Return the routes that readers may use, first one first; none when withheld.

        An emergency service has those of the emergency table, and never another.
        """
        if not self.is_published:
            return []
        routes = [
            route
            for route in self.routes.all()
            if route.is_usable and bool(route.emergency) == self.emergency
        ]
        return sorted(routes, key=lambda route: route.pk != self.first_route_id)
