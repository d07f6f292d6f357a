"""Publish, schedule, cancel, withdraw, revert, discard: by the rules of releases."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from django.db.models import ProtectedError
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from awareness import editing
from awareness.models import Callout, NotAllowedError, Page, Quotation, Release, Text
from publishing import sources

from .conftest import begin, uk, write

pytestmark = pytest.mark.django_db


PATH = "/advice/page/"


class TestInForce:
    def test_a_release_shows_from_its_first_instant_to_before_its_last(self, backdated, read):
        begin(backdated.releases.get(), uk(2024, 4, 22, 9), uk(2024, 4, 26, 17))
        shown = {
            uk(2024, 4, 22, 8, 59, 59): 404,
            uk(2024, 4, 22, 9): 200,
            uk(2024, 4, 26, 16, 59, 59): 200,
        }
        assert {moment: read(PATH, moment).status_code for moment in shown} == shown
        assert b"First." in read(PATH, uk(2024, 4, 22, 9)).content
        assert b"This page has been taken down" in read(PATH, uk(2024, 4, 26, 17)).content

    def test_the_latest_to_begin_wins_and_the_earlier_returns_when_it_ends(
        self, backdated, text_of
    ):
        write(backdated, "Second.")
        second = editing.publish(backdated)
        begin(second, uk(2024, 3, 1), uk(2024, 4, 1))
        assert "First." in text_of(PATH, uk(2024, 2, 1))
        assert "Second." in text_of(PATH, uk(2024, 3, 15))
        assert "First." in text_of(PATH, uk(2024, 4, 15))

    def test_of_two_that_begin_together_the_higher_number_wins(self, backdated, text_of):
        write(backdated, "Second.")
        begin(editing.publish(backdated), uk(2024, 1, 1))
        assert "Second." in text_of(PATH, uk(2024, 1, 1))

    def test_a_cancelled_one_never_shows(self, backdated, text_of):
        write(backdated, "Second.")
        soon = timezone.now() + timedelta(days=1)
        second = editing.publish(backdated, live_from=soon)
        assert "Second." in text_of(PATH, soon)
        second.cancel()
        assert "First." in text_of(PATH, soon)

    @pytest.mark.long
    @given(
        st.lists(
            st.tuples(st.integers(0, 9), st.none() | st.integers(1, 9), st.booleans()), max_size=6
        ),
        st.integers(0, 12),
    )
    def test_the_rule_in_sql_is_the_rule_in_words(self, spans, hour):
        with transaction.atomic():
            page = Page.objects.create(kind="advice", slug="any", title="Any", summary="Any.")
            for number, (start, length, cancelled) in enumerate(spans, start=1):
                live_from = uk(2024, 1, 1, start)
                Release.objects.create(
                    page=page,
                    number=number,
                    kind="advice",
                    slug="any",
                    live_from=live_from,
                    live_until=live_from + timedelta(hours=length) if length else None,
                    cancelled_at=live_from - timedelta(hours=1) if cancelled else None,
                )
            candidates = [
                (start, number)
                for number, (start, length, cancelled) in enumerate(spans, start=1)
                if not cancelled and start <= hour and (length is None or hour < start + length)
            ]
            found = page.releases.in_force(uk(2024, 1, 1, hour)).values_list("number", flat=True)
            assert list(found) == [max(candidates)[1]] if candidates else not found
            transaction.set_rollback(True)


class TestFrozen:
    def test_nothing_changes_or_deletes_a_release(self, publish):
        release = publish("page").releases.get()
        release.title = "Other"
        attempts = [
            release.save,
            release.delete,
            lambda: Release.objects.update(title="Other"),
            lambda: Release.objects.all().delete(),
            lambda: Release.objects.bulk_update([release], ["title"]),
            lambda: release.page.releases.update(title="Other"),
        ]
        for attempt in attempts:
            with pytest.raises(NotAllowedError):
                attempt()
        assert Release.objects.get().title == "Page"

    def test_the_database_refuses_too(self, publish):
        publish("page")
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("UPDATE awareness_release SET title = 'Other'")
        assert Release.objects.get().title == "Page"

    def test_editing_the_page_leaves_its_releases_as_they_were(self, publish, text_of):
        page = publish("page", words="First.")
        write(page, "Draft.")
        page.title = "Draft title"
        page.save()
        assert "First." in text_of(PATH)
        assert "Draft" not in text_of(PATH)

    def test_a_page_once_published_cannot_be_deleted(self, publish):
        page = publish("page")
        with pytest.raises(ProtectedError):
            page.delete()

    def test_a_page_once_published_keeps_its_kind(self, publish):
        page = publish("page")
        page.kind = "campaign"
        page.first_day = page.last_day = date(2027, 4, 19)
        with pytest.raises(ValidationError, match="so its kind stays"):
            page.full_clean()


class TestCancel:
    def test_one_that_has_begun_cannot_be_cancelled(self, publish):
        release = publish("page").releases.get()
        with pytest.raises(NotAllowedError, match="begun"):
            release.cancel()

    def test_twice_is_refused(self, publish):
        release = publish("page", live_from=timezone.now() + timedelta(days=1)).releases.get()
        release.cancel()
        with pytest.raises(NotAllowedError, match="cancelled already"):
            release.cancel()

    def test_the_database_lets_no_cancelled_release_have_begun(self, publish):
        publish("page")
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("UPDATE awareness_release SET cancelled_at = live_from")


class TestWithdraw:
    @pytest.mark.parametrize(("kind", "path"), [("advice", PATH), ("campaign", "/campaigns/page/")])
    def test_the_address_still_helps_and_no_list_names_it(self, publish, read, text_of, kind, path):
        page = publish("page", kind=kind)
        lists = ["/", "/advice/", "/campaigns/"]
        assert any(path in text_of(address) for address in lists)
        editing.withdraw(page)
        answer = read(path)
        assert answer.status_code == 200
        text = answer.content.decode()
        assert "What to do first." not in text
        assert 'href="tel:999"' in text
        assert 'href="/help/"' in text
        assert '<meta name="robots" content="noindex">' in text
        assert not any(path in text_of(address) for address in lists)
        found = {
            a.path: a.listed for a in sources.registered["awareness"].addresses(timezone.now())
        }
        assert found[path] is False

    def test_a_page_never_published_has_nothing_to_withdraw(self, make_page):
        with pytest.raises(NotAllowedError, match="never been published"):
            editing.withdraw(make_page("page"))

    def test_home_withdrawn_still_answers(self, publish, read):
        page = publish("home", kind="site", title="Welcome")
        assert b"Welcome" in read("/").content
        editing.withdraw(page)
        assert read("/").status_code == 200
        assert b"Are you being stalked?" in read("/").content


class TestRevertAndDiscard:
    def test_reverting_makes_a_new_release_of_old_words(self, publish, text_of):
        page = publish("page", words="First.")
        write(page, "Second.")
        editing.publish(page)
        again = editing.revert(page.releases.get(number=1), author="jo")
        assert (again.number, again.author, again.note) == (3, "jo", "Back to release 1")
        assert "First." in text_of(PATH)
        assert not editing.has_changes(page)

    def test_reverting_keeps_a_working_copy_that_somebody_is_writing(self, publish, text_of):
        page = publish("page", words="First.")
        write(page, "Second.")
        editing.publish(page)
        write(page, "Third, half done.")
        editing.revert(page.releases.get(number=1))
        assert "First." in text_of(PATH)
        assert "Third" in Text.objects.get(parent=page).html

    def test_a_withdrawal_is_nothing_to_go_back_to(self, publish):
        page = publish("page")
        withdrawal = editing.withdraw(page)
        with pytest.raises(NotAllowedError, match="withdrawal"):
            editing.revert(withdrawal)

    def test_what_no_reader_has_seen_is_nothing_to_go_back_to(self, publish):
        page = publish("page")
        waiting = editing.publish(page, live_from=timezone.now() + timedelta(days=1))
        for _ in range(2):
            with pytest.raises(NotAllowedError, match="never saw that release"):
                editing.revert(page.releases.get(number=2))
            waiting.cancelled_at or waiting.cancel()
        assert page.releases.count() == 2

    def test_a_release_from_before_a_field_was_there_can_be_gone_back_to(self, every_block):
        release = editing.publish(every_block)
        for words in release.blocks:
            words.pop("said_on", None)
            words.pop("level", None)
        editing.restore(every_block, release)
        assert Quotation.objects.get().said_on == ""
        assert Callout.objects.get().level == "information"

    def test_discarding_restores_every_kind_of_block(self, every_block):
        page = every_block
        editing.publish(page)
        before = page.freeze()
        page.title = "Draft"
        page.save()
        write(page, "Draft.")
        assert editing.has_changes(page)
        editing.discard_changes(page)
        after = Page.objects.get().freeze()
        assert editing.same_words(before, after)
        assert not editing.has_changes(page)

    def test_a_page_never_published_has_nothing_to_go_back_to(self, make_page):
        with pytest.raises(NotAllowedError, match="never been published"):
            editing.discard_changes(make_page("page"))


class TestPublish:
    def test_a_time_that_has_passed_is_refused(self, make_page):
        with pytest.raises(NotAllowedError, match="passed"):
            editing.publish(make_page("page"), live_from=timezone.now() - timedelta(minutes=1))

    def test_an_end_before_the_beginning_is_refused(self, make_page):
        soon = timezone.now() + timedelta(days=1)
        with pytest.raises(ValidationError, match="end after it begins"):
            editing.publish(make_page("page"), live_from=soon, live_until=soon)

    def test_what_a_script_put_in_is_sanitised_at_publishing(self, make_page, text_of):
        page = make_page("page")
        # Past save(), as a dump or another program would.
        Text.objects.filter(parent=page).update(html="<p>Kept.</p><script>alert(1)</script>")
        editing.publish(page)
        assert Release.objects.get().blocks == [{"type": "text", "html": "<p>Kept.</p>"}]
        assert "alert(1)" not in text_of(PATH)

    @pytest.mark.parametrize(
        ("html", "why"),
        [
            ('<p><a href="tel:0800">x</a></p>', "link to a number"),
            ('<p><a href="//evil.example">x</a></p>', "https: in front"),
            ('<p><a href="javascript:alert(1)">x</a></p>', "does not open a page"),
            ('<p><a href="https:/\\evil.example/../help/">x</a></p>', "No address has"),
            ('<p><a href="https://evil.example/[[owner]]">x</a></p>', "No address has"),
            ("<p>0808\u202e802 0300</p>", "invisible character"),
            ("<p>Call [[nobody]].</p>", r"no service called \[\[nobody\]\]"),
        ],
    )
    def test_words_that_could_go_wrong_are_refused_with_their_block(self, make_page, html, why):
        page = make_page("page")
        Text.objects.filter(parent=page).update(html=html)
        with pytest.raises(ValidationError, match=why) as refused:
            editing.publish(page)
        assert refused.value.messages[0].startswith("Block 1 (text): ")
        assert not Release.objects.exists()


class TestNothingLeaks:
    """What is typed and not published reaches no reader, wherever it could show."""

    def test_not_in_a_list_the_sitemap_or_another_page(self, publish, make_page, text_of, client):
        publish("shown", title="Shown page")
        publish("2024", kind="campaign", title="Shown week")
        make_page("unseen", title="Unseen page")
        make_page("2025", kind="campaign", title="Unseen week")
        paths = ["/", "/advice/", "/campaigns/", "/advice/shown/", "/campaigns/2024/"]
        text = "".join(map(text_of, paths)) + client.get("/sitemap.xml").content.decode()
        assert "Shown page" in text
        assert "Shown week" in text
        assert "/advice/shown/" in client.get("/sitemap.xml").content.decode()
        assert "nseen" not in text
        for path in ("/advice/unseen/", "/campaigns/2025/"):
            assert client.get(path).status_code == 404

    def test_not_what_waits_for_its_time(self, publish, text_of, client):
        soon = timezone.now() + timedelta(days=1)
        publish("waiting", title="Waiting page", live_from=soon)
        assert "Waiting page" in text_of("/advice/", soon)
        assert (
            "Waiting page" not in text_of("/advice/") + client.get("/sitemap.xml").content.decode()
        )
        assert client.get("/advice/waiting/").status_code == 404

    def test_a_preview_shows_it(self, make_page, text_of):
        chosen = make_page("unseen", title="Unseen page").freeze()
        assert "Unseen page" in text_of("/advice/", chosen=chosen)
        assert "Unseen page" in text_of("/advice/unseen/", chosen=chosen)


class TestNextMoment:
    def next_moment(self, after):
        return sources.registered["awareness"].next_moment(after)

    def test_nothing_to_come(self, publish):
        publish("page")
        assert self.next_moment(timezone.now()) is None

    def test_the_next_beginning_or_end_that_was_not_cancelled(self, publish):
        now = timezone.now()
        first, second, third = (now + timedelta(days=days) for days in (1, 2, 3))
        page = publish("page", live_from=second, live_until=third)
        editing.publish(page, live_from=first).cancel()
        assert self.next_moment(now) == second
        assert self.next_moment(second) == third
        assert self.next_moment(third) is None

    def test_a_campaign_begins_and_is_over_at_midnight_in_the_united_kingdom(self, backdated):
        campaign = Page.objects.create(
            kind="campaign",
            slug="week",
            title="Week",
            summary="A week over the change of the clocks.",
            first_day=date(2024, 3, 29),
            last_day=date(2024, 3, 31),
        )
        begin(editing.publish(campaign), uk(2024, 1, 1))
        # Clocks go forward on 31 March: the first midnight is GMT, the second is not.
        assert self.next_moment(uk(2024, 2, 1)) == uk(2024, 3, 29)
        over = self.next_moment(uk(2024, 3, 29))
        assert over == uk(2024, 4, 1)
        assert over.astimezone(timezone.get_fixed_timezone(0)).hour == 23
