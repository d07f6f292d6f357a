"""What pages say to machines, in JSON-LD and in the Atom feed: the same as to people and in the open data."""

import json
import re
from datetime import timedelta
from html import unescape
from urllib.parse import urlsplit

import pytest
from django.utils import timezone

from signposting.models import (
    Check,
    Closure,
    ExceptionalDay,
    Service,
)
from signposting.presenters import london_day
from signposting.views import on_help_page
from tests.register import agree_all

from ...reading import read
from ..facts import ORDER, RECORDS


def confirm_everything(register):
    """Have every service tell us its hours, so that others may print them as certain."""
    day = london_day(timezone.now())
    for service in register.filter(emergency=False):
        check = Check(service=service, how="confirmed", where="Manager", day=day)
        check.due = day + timedelta(90)
        check.record(service.routes.all())
    agree_all()


def linked_data(client, slug):
    html = client.get(f"/help/{slug}/").content.decode()
    return json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', html)[1])


@pytest.mark.long
def test_hours_that_nobody_confirmed_are_no_timetable_for_machines(services, register, client):
    for slug in services:
        assert "hoursAvailable" not in json.dumps(linked_data(client, slug)), slug
    (point,) = channels(linked_data(client, "juno"))
    assert point["description"] == "Day and night, every day."
    confirm_everything(register)
    assert "hoursAvailable" in json.dumps(linked_data(client, "juno"))


def test_what_is_not_certain_is_said_wherever_the_service_is(services, register, client):
    pages = {path: read(client.get(path)).text for path in ("/help/", "/help/who-to-contact/")}
    feed = " ".join(client.get("/feed/").content.decode().split())
    words = "This number is from April 2024. If it does not work, call"
    doubted = register.exclude(status="draft").exclude(doubt="")
    assert {service.slug for service in doubted} == {"nsas-women", "nsas-men"}
    for service in doubted:
        said = [services[service.slug]["alert"], read(client.get(f"/help/{service.slug}/")).text]
        said.append(linked_data(client, service.slug)["mainEntity"]["description"])
        for text in [*said, *pages.values(), unescape(feed)]:
            assert words in text, service


@pytest.mark.long
def test_hours_are_the_same_in_feed_json_ld_and_page(services, register, client):
    confirm_everything(register)
    checked = 0
    for slug, record in services.items():
        html = client.get(f"/help/{slug}/").content.decode()
        data = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', html)[1])
        text = read(client.get(f"/help/{slug}/")).text
        feed = {
            (day, row["opens_at"], row["closes_at"])
            for row in record.get("schedules", [])
            for day in row.get("byday", "").split(",")
            if "opens_at" in row
        }
        linked = {
            (day.rpartition("/")[2][:2].upper(), row["opens"], row["closes"])
            for point in channels(data)
            for row in point.get("hoursAvailable", [])
            if isinstance(row["dayOfWeek"], list)
            for day in row["dayOfWeek"]
        }
        if slug == "ndah":  # the times of its video line are no phone's
            feed = {row for row in feed if row[1:] != ("10:00", "18:00")}
        if not register.get(slug=slug).emergency:
            assert linked == feed, slug
            checked += bool(feed)
        for _, opens, _ in feed - {(d, "00:00", "23:59") for d, _, _ in feed}:
            hour, minute = opens.split(":")
            assert f"{int(hour) % 12 or 12}{'' if minute == '00' else ':' + minute}" in text
    assert checked >= 8


def channels(data):
    return [
        channel["servicePhone"]
        for channel in data["mainEntity"]["availableChannel"]
        if "servicePhone" in channel
    ]


@pytest.mark.long
@pytest.mark.parametrize("slug", RECORDS)
def test_every_number_of_the_json_ld_is_visible_on_the_page(register, client, slug):
    response = client.get(f"/help/{slug}/")
    html = response.content.decode()
    data = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', html)[1])
    assert data["@type"] == "WebPage"
    shown = re.sub("[^0-9]", "", read(response).text)
    for point in channels(data):
        digits = re.sub(r"^\+44", "0", point["telephone"])
        assert digits in shown
    kinds = {data["mainEntity"]["@type"]}
    assert not kinds & {"EmergencyService", "PoliceStation"}
    assert not {"telephone", "openingHours"} & set(data["mainEntity"])


def test_the_help_page_lists_its_services_in_its_order(register, client):
    page = client.get("/help/")
    html = page.content.decode()
    data = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', html)[1])
    listed = data["mainEntity"]["itemListElement"]
    names = [words for level, words in read(page).headings if level in ("h2", "h3")]
    services = [service["name"] for service in listed]
    assert len(services) == len(ORDER)
    assert [name for name in names if name in services] == services
    links = {href for href, _ in read(page).links}
    assert {urlsplit(service["url"]).path for service in listed} <= links
    kinds = {service["name"]: service["@type"] for service in listed}
    assert kinds["Police, when it is not an emergency"] == "GovernmentService"
    assert kinds["Crimestoppers"] == "Service"
    shown = set(re.findall("[0-9]+", read(page).text))
    assert set(re.findall("[0-9]+", " ".join(kinds))) <= shown


def test_words_cannot_end_the_script_element(register, client):
    Service.objects.filter(slug="juno").update(what="</script><script>alert(1)</script>&")
    agree_all()
    html = client.get("/help/juno/").content.decode()
    data = re.search(r'<script type="application/ld\+json">(.*?)</script>', html)[1]
    said = json.loads(data)["mainEntity"]["description"]
    assert said.startswith("</script><script>alert(1)</script>& ")


def test_the_atom_feed_names_every_service_the_last_changed_first(register, client, settings):
    from xml.etree import ElementTree

    settings.SITE_URL = "https://help.example.org"
    register.filter(slug="galop").update(what="New words.")
    agree_all()
    root = ElementTree.fromstring(client.get("/feed/").content)
    atom = "{http://www.w3.org/2005/Atom}"
    entries = root.findall(f"{atom}entry")
    assert len(entries) == len(on_help_page(timezone.now()))
    assert entries[0].find(f"{atom}title").text == "Galop"
    assert entries[0].find(f"{atom}id").text == "tag:help.example.org,2026:services/galop"
    assert root.find(f"{atom}updated").text == entries[0].find(f"{atom}updated").text
    assert "0800\xa0999\xa05428" in entries[0].find(f"{atom}content").text


def test_the_data_page_says_what_there_is_and_under_which_licence(register, client):
    page = read(client.get("/data/"))
    assert {"/api/open-referral/v3/", "/feed/"} <= {href for href, _ in page.links}
    assert "Open Government Licence" in page.text


def test_the_address_of_the_feed_is_on_no_page_for_one_service(register, client):
    assert 'href="/feed/"' in client.get("/data/").content.decode()
    for path in ("/help/juno/", "/sheet/", "/help/who-to-contact/"):
        assert "/feed/" not in client.get(path).content.decode()


@pytest.mark.long
def test_what_is_over_leaves_the_data(register, get, client):
    today = london_day(timezone.now())
    route = register.get(slug="juno").first_route
    for reason, day in (("over", today - timedelta(1)), ("to come", today + timedelta(1))):
        ExceptionalDay.objects.create(route=route, date=day, reason=reason)
        Closure.objects.create(route=route, first_day=day, last_day=day, reason=reason)
    confirm_everything(register)
    row = next(r for r in get("services", search="juno")["contents"])
    schedules = get(f"services/{row['id']}")["schedules"]
    said = json.dumps(schedules)
    assert said.count("to come") == 2
    assert "over" not in said
    dates = [s.get("validFrom") for s in channels(linked_data(client, "juno"))[0]["hoursAvailable"]]
    assert dates.count(f"{today + timedelta(1)}") == 2
    assert f"{today - timedelta(1)}" not in dates


@pytest.mark.long
def test_a_text_number_is_no_phone_and_no_helpline_is_customer_service(register, client):
    (channel,) = linked_data(client, "emergency-sms")["mainEntity"]["availableChannel"]
    assert channel["serviceSmsNumber"]["telephone"] == "999"
    assert "servicePhone" not in channel
    for service in register.exclude(status="draft"):
        assert "customer" not in json.dumps(linked_data(client, service.slug)), service
    assert channels(linked_data(client, "juno"))[0]["contactType"] == "A partner, an ex or family"


def test_the_atom_feed_keeps_numbers_and_hours_apart(register, client):
    text = " ".join(unescape(client.get("/feed/").content.decode()).split())
    assert re.search(r"Phone: 0808 802 0300\. Monday, Tuesday, Thursday and Friday, 9:30am", text)
    assert not re.search(r"[0-9] 24 hours", text.replace("\xa0", " "))


def test_the_pages_that_the_feed_is_about_link_it(register, client):
    link = '<link rel="alternate" type="application/atom+xml" title="Where to turn" href="/feed/">'
    assert link in client.get("/help/").content.decode()
    assert link in client.get("/data/").content.decode()
