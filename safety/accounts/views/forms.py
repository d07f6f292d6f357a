"""The forms of log-in and of one's own account."""

from django import forms
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth.forms import PasswordChangeForm, SetPasswordForm

from ..logins import What, failed
from ..models import LoginTry, TooManyTriesError


class LogInForm(AdminAuthenticationForm):
    """Name and password. Nobody is told which of the two was wrong."""

    error_messages = {
        **AdminAuthenticationForm.error_messages,
        "invalid_login": "That name and password do not belong together. Look at both and try "
        "again: capital letters count.",
    }


class CodeForm(forms.Form):
    code = forms.CharField(
        label="Code",
        max_length=40,
        error_messages={"required": "Type the code.", "max_length": "That is too long for a code."},
        widget=forms.TextInput(
            # Digits on a phone's keys, and letters for a recovery code: so no inputmode.
            attrs={"autocomplete": "one-time-code", "autofocus": True, "spellcheck": "false",
                   "autocapitalize": "none"}
        ),
    )  # fmt: skip


class OnlyPassword:
    """Mix into Django's SetPasswordForm, before it: what a manager changes at this moment stays."""

    def save(self, commit=True):
        user = super().save(commit=False)
        if commit:
            user.save(update_fields=["password"])
        return user


class OwnPasswordForm(OnlyPassword, PasswordChangeForm):
    """A new password for oneself. Guesses at the old one are counted as log-ins are."""

    def clean_old_password(self):
        name = self.user.get_username()
        device = f"session {self.user.pk}"
        try:
            LoginTry.objects.begin(What.PASSWORD, name, device)
        except TooManyTriesError:
            raise forms.ValidationError(
                "The old password was wrong too many times within an hour. Wait an hour, or ask a "
                "manager for a link to a new password."
            ) from None
        try:
            old = super().clean_old_password()
        except forms.ValidationError:
            failed(self.user, What.PASSWORD, name, device)
            raise
        LoginTry.objects.forget(What.PASSWORD, name, device)
        return old


class NewPasswordForm(OnlyPassword, SetPasswordForm):
    """A password for whoever came by a link that works once."""


class LostForm(forms.Form):
    """What somebody has lost. Whether the name exists, nobody is told."""

    username = forms.CharField(
        label="Your user name", max_length=150, widget=forms.TextInput({"autocomplete": "username"})
    )
    lost = forms.ChoiceField(
        label="What you have lost",
        choices=(("mailed", "My password"), ("code", "My phone, or the app for codes")),
        widget=forms.RadioSelect,
        initial="mailed",
    )


class PasswordForm(forms.Form):
    """One's present password, given beside a link that was mailed."""

    password = forms.CharField(
        label="Your password",
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "current-password"}),
    )
