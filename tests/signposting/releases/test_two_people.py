"""Two people for whatever a reader acts on; one person to take it off, never the other way."""

import re
from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.db import IntegrityError, transaction
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from publishing import sources
from publishing.printing.printer import Result
from signposting.models import Organisation, Release, ReleaseRequest, Route, Service
from signposting.presenters import in_words, london_day
from signposting.references import fill
from signposting.releases import difference, freeze, in_force

from ...reading import read
from ..keepers import NEW, OLD, agree, ask, public, save, seen, sign_in, take_off, url, waiting


@pytest.mark.long
def test_a_changed_number_waits_for_a_second_person(alice, bob, helpline):
    assert ask(alice, helpline, phone=NEW).status_code == 302
    assert OLD in public()
    assert NEW not in public()
    for page in (url("agree", waiting().pk), url(helpline.pk, "change"), url()):
        html = bob.get(page).content.decode()  # Bob must find it himself
        assert NEW not in html.replace("\xa0", " ")
        assert NEW.replace(" ", "") not in html

    assert "You cannot agree what you asked for." in read(agree(alice, phone=NEW)).text
    refused = agree(bob, phone="0808 802 0398")
    assert "this is not the number that your colleague typed" in read(refused).text
    assert NEW.replace(" ", "") not in re.sub("[^0-9]", "", refused.content.decode())
    assert NEW not in public()

    look = bob.post(url("agree", waiting().pk), {"type_phone": NEW})
    assert "What readers will have instead" in read(look).text
    assert NEW in read(look).text
    assert NEW not in public()
    assert agree(bob, phone="08088020399").status_code == 302
    for path in ("/help/", f"/help/{helpline.slug}/", "/help/who-to-contact/", "/sheet/"):
        assert NEW in public(path)
        assert OLD not in public(path)
    release = helpline.releases.first()
    assert (release.asked_by.username, release.agreed_by.username) == ("alice", "bob")
    assert "Agreed what alice asked for" in LogEntry.objects.latest("pk").change_message


@pytest.fixture(scope="module")
def digits_at_launch(launched, django_db_blocker):
    with django_db_blocker.unblock():
        return digits_everywhere()


def digits_everywhere():
    """Return the digits of every public answer of the register, and of prose that refers to it."""
    bodies = [fill("[[national-stalking-helpline]]")]
    for address in sources.registered["signposting"].addresses(timezone.now()):
        bodies.append(Client().get(address.path).content.decode())
    return [re.sub(r"[^0-9]", "", body.replace("+44", "0")) for body in bodies]


@pytest.mark.long
def test_an_agreed_number_is_changed_in_every_answer_and_in_none_before(
    alice, bob, helpline, digits_at_launch
):
    old, new = OLD.replace(" ", ""), NEW.replace(" ", "")
    had = [old in digits for digits in digits_at_launch]
    assert sum(had) > 10  # pages, cards, sheet, open data, feed, prose
    ask(alice, helpline, phone=NEW)
    assert not any(new in digits for digits in digits_everywhere())
    agree(bob, phone=NEW)
    after = digits_everywhere()
    assert not any(old in digits for digits in after)
    assert [new in digits for digits in after] == had


WORDS = "Dial 0800, 111, 2222, or write to help@example.org."


@pytest.mark.long
def test_words_of_one_person_reach_no_reader(alice, helpline, digits_at_launch):
    words = dict.fromkeys(["what", "who", "caution", "access", "doubt"], WORDS)
    words["name"] = "National Stalking Helpline 08001112222"
    # A doubt stands beside no fact of the service's own.
    changed = save(alice, url(helpline.pk, "change"), **words, confidence="two")
    assert changed.status_code == 302
    for field, typed in words.items():
        assert getattr(Service.objects.get(pk=helpline.pk), field) == typed
    for path in ("/help/", f"/help/{helpline.slug}/"):
        assert WORDS not in public(path)
        assert words["name"] not in public(path)
    assert digits_everywhere() == digits_at_launch
    assert "nobody has asked for that: readers keep what they have" in read(alice.get(url())).text


def test_a_new_service_of_one_person_reaches_no_reader(alice, register, helpline):
    data = {"name": "National Stalking Helpline 2", "slug": "new", "what": "x", "who": "x"}
    data |= {"organisation": helpline.organisation_id, "group": 5, "position": 1, "gender": "any"}
    data |= {"area": "uk", "relationship": "any", "confidence": "two", "source": "x"}
    data |= {"alternative": helpline.pk, "routes-TOTAL_FORMS": 0, "routes-INITIAL_FORMS": 0}
    assert alice.post(url("add"), data).status_code == 302
    assert register.get(slug="new").status == Service.Status.DRAFT
    assert "National Stalking Helpline 2" not in public()
    assert Client().get("/help/new/").status_code == 404


@pytest.mark.long
def test_another_website_of_an_organisation_is_typed_by_two(alice, bob, helpline):
    other, new = "https://example.org/other", "https://example.org/new"
    data = f"/api/open-referral/v3/services?search={helpline.slug}"
    address = f"/admin/signposting/organisation/{helpline.organisation_id}/change/"
    assert save(alice, address, website=new).status_code == 302
    assert Organisation.objects.get(pk=helpline.organisation_id).website == new
    assert new not in Client().get(data).text
    ask(alice, helpline)
    assert new not in bob.get(url("agree", waiting().pk)).text
    assert (
        "not the web address that your colleague typed" in read(agree(bob, organisation=other)).text
    )
    assert agree(bob, organisation=new).status_code == 302
    assert new in Client().get(data).text


@pytest.mark.long
def test_another_kind_of_route_is_another_link_and_takes_two(alice, bob, helpline):
    route = helpline.first_route
    address = f"/admin/signposting/route/{route.pk}/change/"
    assert save(alice, address, kind="text").status_code == 302
    page = f"/help/{helpline.slug}/"
    assert b'href="tel:08088020300"' in Client().get(page).content
    ask(alice, helpline)
    assert "Text" in read(bob.get(url("agree", waiting().pk))).text
    agree(bob)
    assert b'href="tel:08088020300"' not in Client().get(page).content


@pytest.mark.long
def test_what_one_person_took_off_comes_back_by_two_alone(alice, bob, helpline, register):
    take_off(alice, helpline, register.get(slug="juno"))
    assert OLD not in public()
    ask(alice, helpline, phone=OLD, web="https://example.org/chat")
    assert OLD not in public()
    assert "Number: type the number." in read(agree(bob, web="https://example.org/chat")).text
    agree(bob, phone=OLD, web="https://example.org/chat")
    assert OLD in public()


@pytest.mark.long
def test_an_address_that_was_taken_off_is_not_shown_again_by_one(alice, bob, register):
    web = Route.objects.get(service__slug="crimestoppers", key="web")
    service, old = web.service, web.address
    page = "/help/crimestoppers/"
    assert old in Client().get(page).text
    take_off(alice, service, register.get(slug="juno"), "It was hijacked.", what="web")
    assert old not in Client().get(page).text
    assert "0800 555 111" in public(page)
    form = alice.get(f"/admin/signposting/route/{web.pk}/change/").context["adminform"].form
    assert "held_because" not in form.fields
    save(alice, f"/admin/signposting/route/{web.pk}/change/", held_because="")
    ask(alice, service, web=old)
    assert old not in Client().get(page).text
    agree(bob, web=old)
    assert old in Client().get(page).text


@pytest.mark.long
def test_who_manages_accounts_neither_asks_nor_agrees(alice, helpline, django_user_model):
    from safety.accounts import roles

    roles.load()
    manager = sign_in("manager", "Managers")
    for name in ("manager", "root"):
        user = django_user_model.objects.filter(username=name).first()
        if user is None:
            user = django_user_model.objects.create_superuser("root")
            manager.force_login(user)
        user.groups.add(*roles.Group.objects.filter(name="Register keepers"))
        assert "You look after people" in read(manager.get(url(helpline.pk, "ask"))).text
        assert "You look after people" in read(ask(manager, helpline, phone=NEW)).text
        assert not ReleaseRequest.objects.waiting().exists()
        ask(alice, helpline, phone=NEW)
        assert "You look after people" in read(agree(manager, phone=NEW)).text
        assert NEW not in public()
        ReleaseRequest.objects.waiting().update(dropped_at=timezone.now())


@pytest.mark.long
def test_a_keeper_who_waits_reads_why_and_cannot_agree(alice, bob, helpline, monkeypatch):
    ask(alice, helpline, phone=NEW)
    why = "You can agree changes from 9am on Friday."
    monkeypatch.setattr("signposting.releases.asking.why_not_agree", lambda user: why)
    assert why in read(bob.get(url(helpline.pk, "change"))).text
    assert why in read(agree(bob, phone=NEW)).text
    assert NEW not in public()


@pytest.mark.long
def test_agreeing_asks_for_a_code_again_and_for_nothing_before(alice, bob, helpline, monkeypatch):
    ask(alice, helpline, phone=NEW)
    code = HttpResponse("A code, please.")
    monkeypatch.setattr("signposting.admin.screens.again.ask", lambda request, title: code)
    look = bob.post(url("agree", waiting().pk), {"type_phone": NEW})
    assert "What readers will have instead" in read(look).text
    assert agree(bob, phone=NEW).text == "A code, please."
    assert NEW not in public()


def test_the_database_itself_refuses_one_person_who_does_both(alice, helpline):
    ask(alice, helpline, phone=NEW)
    request = waiting()
    with (
        pytest.raises(IntegrityError, match="release_agreed_by_a_second_person"),
        transaction.atomic(),
    ):
        ReleaseRequest.objects.filter(pk=request.pk).update(
            agreed_by=request.asked_by, agreed_at=timezone.now()
        )


@pytest.mark.long
def test_a_change_may_be_dropped_and_then_agreed_no_more(alice, bob, helpline):
    ask(alice, helpline, phone=NEW)
    request = waiting()
    assert alice.post(url("drop", request.pk)).status_code == 302
    assert bob.post(url("agree", request.pk), {"type_phone": NEW}).status_code == 404
    assert OLD in public()


@pytest.mark.long
def test_one_waits_at_a_time_and_the_reason_does_not_tell_the_number(alice, helpline):
    refused = ask(alice, helpline, "The new one is 0808-802-0399.", phone=NEW)
    assert "leave the number out" in read(refused).text
    assert ask(alice, helpline, phone=NEW).status_code == 302
    assert (
        "A change of this service waits already."
        in read(ask(alice, helpline, phone="0808 802 0398")).text
    )


def test_there_must_be_something_to_ask_for(alice, helpline):
    assert "Readers have all of this already." in read(ask(alice, helpline)).text


@pytest.mark.long
def test_one_person_takes_a_number_off_at_once_with_a_reason(alice, helpline, register):
    care = register.get(slug="victim-care")
    assert "This field is required." in read(take_off(alice, helpline, care, "")).text
    assert OLD in public()
    assert take_off(alice, helpline, care, "It rang out three times.").status_code == 302
    for path in ("/help/", f"/help/{helpline.slug}/", "/help/who-to-contact/", "/sheet/"):
        assert OLD not in public(path)
    assert "Nottinghamshire Victim CARE in its place" in public(f"/help/{helpline.slug}/")
    assert "rang out" in LogEntry.objects.latest("pk").change_message


@pytest.mark.long
def test_taking_off_drops_what_was_waiting_and_nothing_comes_in_by_it(
    alice, bob, helpline, register
):
    save(alice, url(helpline.pk, "change"), what="Words of one person.")
    ask(alice, helpline, phone=NEW)
    request = waiting()
    take_off(alice, helpline, register.get(slug="paladin"))
    assert bob.post(url("agree", request.pk), {"type_phone": NEW}).status_code == 404
    assert "Words of one person." not in public(f"/help/{helpline.slug}/")


def test_what_stands_in_for_another_can_be_taken_off_too(alice, register):
    juno = register.get(slug="juno")
    assert register.get(slug="notts-womens-aid").alternative == juno  # withheld from the start
    assert "0808 800 0340" in public("/help/notts-womens-aid/")
    assert take_off(alice, juno, register.get(slug="ndah")).status_code == 302
    assert "0808 800 0340" not in public("/help/notts-womens-aid/")
    assert "0808 2000 247" in public("/help/notts-womens-aid/")


@pytest.mark.long
def test_one_person_says_less_and_no_words_of_their_own(alice, helpline):
    page = f"/help/{helpline.slug}/"
    assert "Monday" in public(page)
    data = {"reason": "A reader said so.", "closed_because": "Bank holiday"}
    assert "Choose at least one thing" in read(alice.post(url(helpline.pk, "less"), data)).text
    data |= {"doubt": "Readers told us that this does not work. We are finding out."}
    data |= {"first_day": "2090-01-02", "last_day": "2090-01-03"}
    own = {**data, "doubt": WORDS, "closed_because": WORDS}
    assert (
        "is not one of the available choices"
        in read(alice.post(url(helpline.pk, "less"), own)).text
    )
    assert alice.post(url(helpline.pk, "less"), data).status_code == 302
    assert "Readers told us that this does not work." in public(page)
    assert freeze(Service.objects.whole().get(pk=helpline.pk)) == helpline.releases.first().content
    data = {"reason": "They moved.", "unknown": [helpline.first_route_id]}
    data["closed_because"] = "Bank holiday"
    assert alice.post(url(helpline.pk, "less"), data).status_code == 302
    assert "Monday" not in public(page)


def test_a_check_that_tells_more_waits_and_a_check_that_does_not_is_seen_at_once(alice, helpline):
    day = london_day(timezone.now())
    data = {"where": "x", "day": day, "due": day + timedelta(90), "outcome": "right"}
    said = alice.post(url(helpline.pk, "check"), {**data, "how": "read"})
    assert said.status_code == 302
    assert f"Last checked on {in_words(day)}" in public(f"/help/{helpline.slug}/")
    hours = {f"hours_{helpline.first_route_id}": "yes"}
    alice.post(url(helpline.pk, "check"), {**data, **hours, "how": "confirmed"})
    assert "confirmed this on" not in public(f"/help/{helpline.slug}/")
    assert waiting().asked_by.username == "alice"


@pytest.mark.long
def test_a_check_since_does_not_hold_up_what_was_asked_and_is_not_lost(alice, bob, helpline):
    ask(alice, helpline, phone=NEW)
    day = london_day(timezone.now())
    data = {"where": "x", "day": day, "due": day + timedelta(90), "outcome": "right", "how": "read"}
    alice.post(url(helpline.pk, "check"), data)
    agree(bob, phone=NEW)
    page = public(f"/help/{helpline.slug}/")
    assert NEW in page
    assert f"Last checked on {in_words(day)}" in page


@pytest.mark.long
def test_saying_less_since_is_not_undone_by_what_was_asked_before(alice, bob, helpline):
    ask(alice, helpline, phone=NEW)
    data = {"reason": "They moved.", "unknown": [helpline.first_route_id]}
    data["closed_because"] = "Bank holiday"
    alice.post(url(helpline.pk, "less"), data)
    assert "Drop it, and ask again." in read(agree(bob, phone=NEW)).text
    assert "Monday" not in public(f"/help/{helpline.slug}/")


@pytest.mark.long
def test_a_release_that_was_changed_by_sql_is_set_aside_and_alarmed(alice, helpline):
    release = helpline.releases.get()
    content = dict(release.content)
    content["routes"][0] |= {"dial": "08001112222", "display": "0800 111 2222"}
    fake = Release(service=helpline, number=2, kind="loaded", content=content, reason="x")
    fake.save()
    assert "0800 111 2222" not in public()
    assert OLD in public()
    assert "Release 2 of National Stalking Helpline" in sources.alarms()[0]
    assert "Release 2 of National Stalking Helpline" in read(alice.get(url())).text
    # What was taken off does not come back because its release was broken.
    off = Release(service=helpline, number=3, kind="loaded", reason="x")
    off.content = content | {"service": content["service"] | {"status": "withheld"}}
    off.save()
    assert OLD not in public()


def test_without_its_key_the_site_prints_no_register(register, settings):
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [], "another key"
    with pytest.raises(Exception, match="SECRET_KEY_FALLBACKS"):
        list(sources.registered["signposting"].addresses(timezone.now()))


@pytest.mark.long
def test_every_difference_between_two_releases_is_said(register):
    content = freeze(register.whole().get(slug="national-stalking-helpline"))

    def changed(value):
        if isinstance(value, bool):
            return not value
        return f"{value}X" if isinstance(value, str) else 7

    rows = [content["service"], content["organisation"], content["check"], content["routes"][0]]
    rows.append(content["routes"][0]["weekly_hours"][0])
    tried = 0
    for row in rows:
        for name, value in list(row.items()):
            if name == "id" or isinstance(value, list):
                continue
            before = freeze(register.whole().get(slug="national-stalking-helpline"))
            row[name] = changed(value)
            if name == "hours_check":
                row[name] = content["check"]["id"]
            assert difference(before, content), name
            row[name] = value
            assert not difference(before, content), name
            tried += 1
    assert tried > 50


@pytest.mark.long
def test_a_number_that_waits_is_not_said_to_be_seen(alice, helpline, monkeypatch):
    monkeypatch.setattr("publishing.print_now", lambda: Result(number=3))
    data = {"route_phone": NEW, "reason": "Their page.", "seen": seen(helpline)}
    said = alice.post(url(helpline.pk, "ask"), data, follow=True)
    assert "waits for a second person" in read(said).text
    assert "The public sees this now." not in read(said).text


@pytest.mark.long
@pytest.mark.parametrize(
    ("number", "words"),
    [
        ("0808 80Z 0300", "Number: use digits, not letters."),
        ("٠٨٠٨ ٨٠٢ ٠٣٠٠", "Number: type it with the digits 0 to 9"),
        ("0808​802 0300", "Number: it holds a character that cannot be seen."),
        ("0808  802 0300", "Number: leave one space between groups"),
        ("(0808) 802-0300", "Number: use digits and spaces only"),
        ("+44 808 802 0300", "Number: use digits and spaces only"),
        ("12", "Number: it must have 3 to 15 digits."),
        ("0843 123 4567", "Number: this kind of number can cost a lot"),
        ("0871 123 4567", "Number: this kind of number can cost a lot"),
        ("0906 123 4567", "Number: this kind of number can cost a lot"),
        ("118 118", "Number: this kind of number can cost a lot"),
        ("070 1234 5678", "Number: this kind of number can cost a lot"),
        ("076 1234 5678", "Number: this kind of number can cost a lot"),  # a pager
    ],
)
def test_a_number_that_must_not_be_published_is_refused_in_a_sentence(
    alice, helpline, number, words
):
    assert words in read(ask(alice, helpline, phone=number)).text
    assert not ReleaseRequest.objects.exists()


@pytest.mark.long
@pytest.mark.parametrize(
    "address",
    [
        *["http://example.org", "example.org", "https://", "javascript:alert(1)"],
        *["https://ex\N{CYRILLIC SMALL LETTER A}mple.org", "https://exam\u200bple.org"],
        *["https://example.org/ a", "0800 555 111", "https://example.org/" + "a" * 300],
    ],
)
def test_an_address_that_must_not_be_published_is_refused(alice, register, address):
    refused = ask(alice, register.get(slug="crimestoppers"), web=address)
    assert refused.status_code == 200
    assert re.search("(Web address|Address): |at most 200 characters", read(refused).text)
    assert not ReleaseRequest.objects.exists()


@pytest.mark.long
def test_an_email_address_is_one_and_a_place_has_none(alice, register):
    galop = register.get(slug="galop")
    refused = ask(alice, galop, email="help.example.org")
    assert "Email address: type it whole, as in help@example.org." in read(refused).text
    form = alice.get(url(register.get(slug="police-online").pk, "ask")).context["form"]
    assert "route_station" not in form.fields
    assert ask(alice, galop, email="help@example.org").status_code == 302


@pytest.mark.long
def test_what_readers_cannot_use_stands_in_no_place(alice, helpline, register):
    for wrong in ("ask-for-ani", "notts-womens-aid", "national-stalking-helpline"):
        refused = take_off(alice, helpline, register.get(slug=wrong))
        assert "choose a service that readers can use now." in read(refused).text
    assert OLD in public()


@pytest.mark.long
def test_there_is_another_way_beside_every_service_whatever_was_taken_off(alice, register):
    def other_way(slug):
        page = read(Client().get(f"/help/{slug}/"))
        return page.part("Another way to get help", "In danger").partition("get help ")[2]

    def off(slug, instead):
        done = take_off(alice, register.get(slug=slug), register.get(slug=instead))
        assert done.status_code == 302

    assert re.match(r"Victim Support .*\b0808 16 89 111\b", other_way("rape-crisis"))
    off("victim-support", "national-stalking-helpline")
    # What stands in its place stands here too; what would lead back to itself, does not.
    assert re.match(r"National Stalking Helpline .*\b0808 802 0300\b", other_way("rape-crisis"))
    off("police-online", "police-101")
    assert re.match(r"Police, in an emergency .*\b999\b", other_way("police-101"))


@pytest.mark.long
def test_a_draft_goes_to_readers_when_it_is_whole_and_two_agree(alice, bob, register):
    draft = register.get(slug="ask-for-ani")
    assert "Readers do not have this service yet." in read(alice.get(url(draft.pk, "change"))).text
    Service.objects.filter(pk=draft.pk).update(alternative=None, doubt="")
    refused = read(ask(alice, draft)).text
    assert "Another way to get help: choose one that readers can use now." in refused
    Service.objects.filter(pk=draft.pk).update(
        alternative=register.get(slug="juno"), doubt="We do not know where it still runs."
    )
    assert ask(alice, draft).status_code == 302
    assert "ask-for-ani" not in in_force()
    agree(bob)
    assert in_force()["ask-for-ani"].is_published


@pytest.mark.long
def test_what_a_colleague_saved_since_the_screen_was_shown_is_shown_first(alice, bob, helpline):
    """Or Alice's words would have Bob's name, and she could agree them: one person's, then."""
    data = {"reason": "Their own page.", "shown": "yes", "route_phone": NEW}
    data["seen"] = bob.get(url(helpline.pk, "ask")).context["form"]["seen"].value()
    assert save(alice, url(helpline.pk, "change"), what="Zebras.").status_code == 302
    again = bob.post(url(helpline.pk, "ask"), data)
    assert "A colleague saved something of this service meanwhile." in read(again).text
    assert "Zebras." in read(again).text
    assert not ReleaseRequest.objects.exists()
    data["seen"] = again.context["form"]["seen"].value()
    assert bob.post(url(helpline.pk, "ask"), data).status_code == 302
    assert ReleaseRequest.objects.get().content["service"]["what"] == "Zebras."
