"""People: made, put into groups, helped to a new password or new codes, switched off."""

from django import forms
from django.contrib import admin, messages
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import path, reverse

from ...drafts.meanwhile import SeenAdmin
from .. import again, audit, codes, links, mail, roles, sessions, waiting
from ..deeds import Deed
from ..models import Entry
from ..views.logins import screen
from ..views.lost import take_off

User = get_user_model()


class PersonForm(forms.ModelForm):
    groups = forms.ModelMultipleChoiceField(
        queryset=Group.objects.filter(name__in=roles.DOES),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        label="May do",
        help_text="A manager cannot be a register keeper too.",
    )

    class Meta:
        model = User
        fields = ("username", "first_name", "last_name", "email", "groups", "is_active")
        labels = {"username": "User name", "is_active": "May log in"}
        help_texts = {
            "username": "What they type to log in. Letters of every script, digits, and @ . + - _",
            "email": "Where they are told of changes to their account.",
            "is_active": "Take the tick away when somebody leaves. Their history stays.",
        }

    def clean_groups(self):
        chosen = self.cleaned_data["groups"]
        names = {group.name for group in chosen}
        if {roles.MANAGERS, roles.KEEPERS} <= names:
            raise forms.ValidationError(
                "Choose Managers or Register keepers, not both. Whoever makes accounts could "
                "otherwise be both of the two people that a number needs."
            )
        return chosen


@admin.display(description="may do")
def held(user):
    return ", ".join(roles.of(user)) or ("The operator" if user.is_superuser else "nothing")


@admin.display(description="one-time codes", boolean=True)
def has_codes(user):
    return user.has_app


@admin.display(description="may agree changes of the register")
def agrees(user):
    return waiting.why_not_agree(user) or "yes, if a register keeper"


class PeopleAdmin(SeenAdmin, admin.ModelAdmin):
    deeds = (
        Deed(
            "make accounts, say what each may do, and help with a lost password or phone",
            roles.MAY_MANAGE,
            (roles.MANAGERS,),
        ),
        Deed("change their own groups"),
        Deed("delete an account"),
    )
    form = PersonForm
    list_display = (
        "username",
        "first_name",
        "last_name",
        held,
        has_codes,
        "is_active",
        "last_login",
    )
    list_filter = ("is_active", "groups")
    search_fields = ("username", "first_name", "last_name", "email")
    ordering = ("username",)
    readonly_fields = ("last_login", has_codes, agrees)
    change_form_template = "accounts/person.html"
    actions = None

    def get_queryset(self, request):
        people = super().get_queryset(request).prefetch_related("groups")
        return people.annotate(has_app=Exists(codes.apps().filter(user=OuterRef("pk"))))

    def get_fields(self, request, obj=None):
        fields = list(PersonForm.Meta.fields)
        return [*fields, *self.readonly_fields] if obj else fields[:-1]

    def get_readonly_fields(self, request, obj=None):
        # Nobody gives themselves more, and the last manager cannot switch themselves off.
        own = ("groups", "is_active") if obj and obj == request.user else ()
        return (*self.readonly_fields, *own) if obj else ()

    def has_delete_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        allowed = super().has_change_permission(request, obj)
        return allowed and (obj is None or request.user.is_superuser or not obj.is_superuser)

    def state(self, request, obj):
        groups = obj.groups.order_by("pk").values_list("pk", flat=True)
        return f"{super().state(request, obj)} {list(groups)}"

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        asked = again.ask(request, "Type a code to change somebody's account")
        return asked or super().changeform_view(request, object_id, form_url, extra_context)

    @transaction.atomic
    def get_object(self, request, object_id, from_field=None):
        """Find an account; where it is saved, one after the other. Raises PermissionDenied.

        Two managers who switch each other off at one moment would leave none: the second finds
        that they are switched off, or no manager any more.
        """
        person = super().get_object(request, object_id, from_field)
        if person and request.method == "POST":
            both = User.objects.filter(pk__in=[person.pk, request.user.pk]).order_by("pk")
            locked = {each.pk: each for each in both.select_for_update()}
            if not roles.manages(locked[request.user.pk]):
                raise PermissionDenied
        return person

    def save_model(self, request, obj, form, change):
        if not change:
            obj.is_staff = True
            obj.set_unusable_password()
        super().save_model(request, obj, form, change)

    def response_add(self, request, obj, post_url_continue=None):
        return self.show_link(request, obj)

    def get_urls(self):
        own = [
            ("link", self.new_link),
            ("codes", self.codes_off),
            ("sessions", self.end_sessions),
        ]
        return [
            path(
                f"<int:pk>/{name}/",
                self.admin_site.admin_view(view),
                name=f"auth_user_{name}",
            )
            for name, view in own
        ] + super().get_urls()

    def found(self, request, pk):
        """Return whose account a button is about. Raises PermissionDenied, Http404."""
        user = get_object_or_404(User, pk=pk)
        if request.method != "POST" or not self.has_change_permission(request, user):
            raise PermissionDenied
        return user

    def new_link(self, request, pk):
        user = self.found(request, pk)
        return again.ask(request) or self.show_link(request, user)

    def show_link(self, request, user):
        """Make a link to a new password, show it once, and tell its owner by mail."""
        made = links.make(user, "handed")
        audit.write(Entry.Action.LINK, user, words=str(user))
        mail.tell(user, "A manager made a link with which the password of your account can be set.")
        return screen(
            self.admin_site, request, "handed", title=f"A link for {user}", link=made, account=user
        )

    def codes_off(self, request, pk):
        user = self.found(request, pk)
        if asked := again.ask(request):
            return asked
        take_off(user)
        messages.success(request, f"{user} sets up one-time codes anew at the next log-in.")
        return self.back(user)

    def end_sessions(self, request, pk):
        user = self.found(request, pk)
        if asked := again.ask(request):
            return asked
        count = sessions.end(user)
        audit.write(Entry.Action.SESSION, user, words=f"all of {user}: {count}")
        messages.success(request, f"{user} is logged in nowhere now.")
        return self.back(user)

    def back(self, user):
        return HttpResponseRedirect(reverse("admin:auth_user_change", args=[user.pk]))
