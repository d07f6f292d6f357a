"""Somebody at the log-in screens, as a browser would be."""

import re
import time

from django.test import Client
from django_otp.oath import TOTP

from safety.accounts import codes

from .conftest import PASSWORD


def code_of(device, steps=0):
    """Return the code that somebody's app shows now, or some half minutes away."""
    totp = TOTP(device.bin_key, device.step, device.t0, device.digits, device.drift)
    totp.time = time.time() + steps * device.step
    return f"{totp.token():06}"


def give_app(user):
    """Set codes up for somebody, as if long ago. Return their app."""
    device = codes.draft(user)
    device.confirmed = True
    device.save()
    return device


def type_password(name, password=PASSWORD, client=None, **extra):
    client = client or Client()
    client.answer = client.post(
        "/admin/login/", {"username": name, "password": password, "next": "/admin/"}, **extra
    )
    return client


def log_in(user, client=None):
    """Log somebody in with password and code. Return the browser."""
    client = type_password(user.get_username(), client=client)
    assert client.answer.status_code == 302, client.answer.text
    fresh(user)
    client.answer = client.post("/admin/login/code/", {"code": code_of(codes.app_of(user))})
    assert client.answer.status_code == 302, client.answer.text
    return client


def post_with_code(user, client, path, **fields):
    """Send what a code is asked for before, with one."""
    fresh(user)
    return client.post(path, {**fields, "code-again": code_of(codes.app_of(user))})


def fresh(user):
    """Let the code that the app shows now be good again: as if half a minute had gone by."""
    device = codes.app_of(user)
    device.last_t, device.drift = -1, 0
    device.save()


def hidden(html, name):
    return re.search(rf'name="{name}" value="([^"]*)"', html)[1]
