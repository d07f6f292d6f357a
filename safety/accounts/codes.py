"""One-time codes: of an app on the phone (TOTP), and recovery codes, each good for one use.

django-otp keeps both. Its own brakes are off (settings): they count for everybody together, so
a stranger could lock an owner out; LoginTry counts instead.
"""

import re
import time
from base64 import b32encode
from dataclasses import dataclass

import segno
from django.db import transaction
from django.utils.crypto import salted_hmac
from django_otp.oath import TOTP
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

RECOVERY_CODES = 10
DIGITS = 6
# A phone whose clock is up to five minutes wrong is told so.
STEPS_OF_A_WRONG_CLOCK = 10


@dataclass
class Answer:
    """What became of a code: the device that took it, or the sentence that says why not."""

    device: object = None
    sentence: str = ""


def apps():
    """Return the confirmed apps of everybody."""
    return TOTPDevice.objects.filter(confirmed=True)


def app_of(user):
    """Return somebody's confirmed app, or None."""
    return apps().filter(user=user).first()


def recovery_left(user):
    return StaticToken.objects.filter(device__user=user, device__confirmed=True).count()


def tidy(typed):
    """Return a code as it is compared: no spaces or dashes, small letters, plain digits."""
    text = re.sub(r"[\s\-\u2010-\u2015]+", "", typed).lower()
    return "".join(str(int(c)) if c.isdecimal() else c for c in text)


def check(user, typed):
    """Use up a code that somebody typed. Return an Answer."""
    code = tidy(typed)
    if not re.fullmatch(r"[0-9]{6}|[a-z2-7]{8}", code):
        return Answer(
            sentence=f"A code has {DIGITS} digits, and a recovery code has 8 letters and digits. "
            "Look again, and type all of it."
        )
    with transaction.atomic():
        if len(code) == DIGITS:
            apps = TOTPDevice.objects.select_for_update()
            return check_app(apps.filter(user=user, confirmed=True).first(), code)
        device = StaticDevice.objects.select_for_update().filter(user=user, confirmed=True).first()
        if device and device.verify_token(kept(code)):
            return Answer(device)
    return Answer(
        sentence="That recovery code is not right, or you have used it before. "
        "Each works once. Try the next one on your list."
    )


def check_app(device, code):
    """Use up a code of an app. Return an Answer."""
    if device is None:
        return Answer(sentence="There is no app to give this code. Begin again.")
    if device.verify_token(code):
        return Answer(device)
    return Answer(sentence=why_not(device, int(code)))


def why_not(device, code):
    """Return the sentence that says why the app's code was not taken."""
    if is_of(device, code, device.tolerance):
        return "That code has been used. Wait for your app to show the next one, and type that."
    if is_of(device, code, STEPS_OF_A_WRONG_CLOCK):
        return (
            "That code is of another minute. If your app shows it now, the clock of your phone is "
            "wrong: let the phone set its own time, then type the code it shows."
        )
    return "That is not the code. Type the one that your app shows now for this site."


def is_of(device, code, tolerance):
    totp = TOTP(device.bin_key, device.step, device.t0, device.digits, device.drift)
    totp.time = time.time()
    return totp.verify(code, tolerance)


def draft(user, number=None):
    """Return the app that somebody is setting up, by its number in their session.

    Each log-in that sets up gets a secret of its own: whoever saw an earlier one has nothing.
    """
    drafts = TOTPDevice.objects.filter(user=user, confirmed=False)
    found = drafts.filter(pk=number).first()
    if found is None:
        drafts.delete()
        found = TOTPDevice.objects.create(user=user, name="App", confirmed=False)
    return found


def secret(device):
    """Return the app's secret as somebody types it who cannot scan: groups of four letters."""
    return re.sub(r"(.{4})(?=.)", r"\1 ", b32encode(device.bin_key).decode())


def picture(device):
    """Return the QR code as SVG. It has no style of its own, so the policy allows it, and no size:
    a phone must see all of it, however narrow the page is.
    """
    code = segno.make(device.config_url, error="m")
    return code.svg_inline(border=4, light="white", omitsize=True)


def confirm(device, typed):
    """Make the app that is being set up the one app, if the code is its own. Return an Answer."""
    code = tidy(typed)
    if not re.fullmatch(r"[0-9]{6}", code):
        return Answer(sentence=f"A code has {DIGITS} digits. Look again, and type all of it.")
    with transaction.atomic():
        locked = TOTPDevice.objects.select_for_update().filter(pk=device.pk, confirmed=False)
        answer = check_app(locked.first(), code)
        if answer.device:
            TOTPDevice.objects.filter(user=device.user).exclude(pk=device.pk).delete()
            answer.device.confirmed = True
            answer.device.save()
    return answer


@transaction.atomic
def new_recovery_codes(user):
    """Give somebody new recovery codes; the old ones end. Return them, to be shown once.

    Only what a keyed hash makes of them is kept, so nobody reads them in the database.
    """
    StaticDevice.objects.filter(user=user).delete()
    device = StaticDevice.objects.create(user=user, name="Recovery codes")
    codes = [StaticToken.random_token() for _ in range(RECOVERY_CODES)]
    StaticToken.objects.bulk_create(StaticToken(device=device, token=kept(code)) for code in codes)
    return [f"{code[:4]}-{code[4:]}" for code in codes]


def kept(code):
    return salted_hmac("accounts.recovery", code).hexdigest()[:16]


@transaction.atomic
def take_off(user):
    """Take app and recovery codes off an account; the next log-in sets them up anew."""
    TOTPDevice.objects.filter(user=user).delete()
    StaticDevice.objects.filter(user=user).delete()
