"""The admin site whose log-in takes a password and a code, with the screens around it."""

from functools import partial

from django.contrib.admin import AdminSite
from django.urls import path
from django.utils.decorators import method_decorator
from django.views.decorators.debug import sensitive_post_parameters

from . import deeds, roles, waiting
from .views import logins, lost, mine
from .views.forms import LogInForm, OwnPasswordForm


class AccountsSite(AdminSite):
    login_form = LogInForm

    @method_decorator(sensitive_post_parameters())
    def login(self, request, extra_context=None):
        return logins.log_in(self, request)

    def password_change(self, request, extra_context=None):
        """Django's own screen, with a brake on guesses at the old password."""
        from django.contrib.auth.views import PasswordChangeView

        view = PasswordChangeView.as_view(
            form_class=OwnPasswordForm,
            success_url="done/",
            template_name="registration/password_change_form.html",
            extra_context={**self.each_context(request), "title": "Change your password"},
        )
        return view(request)

    def each_context(self, request):
        held = roles.of(request.user)
        return {
            **super().each_context(request),
            "held": held,
            "told": partial(deeds.told, self, request),
            "waits": partial(waiting.told, request.user, held),
        }

    def get_urls(self):
        """Return the screens of log-in, open to strangers, and of one's own account, not."""
        strangers = [
            path("login/code/", partial(logins.code, self), name="code"),
            path("login/set-up/", partial(logins.set_up, self), name="set_up"),
            path("lost/", partial(lost.lost, self), name="lost"),
            path(
                "link/<slug:kind>/<slug:uid>/<slug:token>/", partial(lost.link, self), name="link"
            ),
        ]
        own = [
            ("account/", mine.account, "account"),
            ("account/app/", mine.app, "account_app"),
            ("account/recovery/", mine.recovery, "account_recovery"),
            ("account/sessions/end/", mine.end_session, "account_end_others"),
            ("account/sessions/<int:pk>/end/", mine.end_session, "account_end"),
        ]
        mine_only = [
            path(route, self.admin_view(partial(view, self)), name=name)
            for route, view, name in own
        ]
        return [*strangers, *mine_only, *super().get_urls()]
