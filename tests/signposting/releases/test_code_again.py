"""Agreeing asks for a one-time code again, and loses nothing that was typed."""

import pytest
from django.contrib.auth import get_user_model

from tests.safety.accounts.helpers import code_of, give_app

from ..keepers import NEW, OLD, agree, ask, public, url, waiting


@pytest.mark.long
def test_agreeing_asks_for_a_code_again(alice, bob, helpline):
    ask(alice, helpline, phone=NEW)
    app = give_app(get_user_model().objects.get(username="bob"))
    session = bob.session
    session["otp_device_id"] = app.persistent_id
    session.save()
    asked = agree(bob, phone=NEW)
    assert "Type a code to agree" in asked.text
    assert f'name="type_phone" value="{NEW}"' in asked.text
    assert OLD in public()
    sent = {"type_phone": NEW, "agree": "yes"}
    wrong = bob.post(url("agree", waiting().pk), {**sent, "code-again": "12"})
    assert "A code has 6 digits" in wrong.text
    assert OLD in public()
    right = bob.post(url("agree", waiting().pk), {**sent, "code-again": code_of(app)})
    assert right.status_code == 302
    assert NEW in public()
