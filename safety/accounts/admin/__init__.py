"""The managers' screens: people, and the audit trail."""

from django.contrib import admin
from django.contrib.auth import admin as auth_admin  # noqa: F401  registers users and groups
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django_otp.plugins.otp_static.admin import StaticDevice
from django_otp.plugins.otp_totp.admin import TOTPDevice

from ..models import Entry
from .people import PeopleAdmin
from .trail import TrailAdmin

# What a group may do is the site's to say, and nobody reads another's secrets.
for model in (get_user_model(), Group, StaticDevice, TOTPDevice):
    admin.site.unregister(model)
admin.site.register(get_user_model(), PeopleAdmin)
admin.site.register(Entry, TrailAdmin)
