"""Batches: opened, closed once, and exported the same way for ever."""

import hashlib
import io
import re
from datetime import date, timedelta

import openpyxl
import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.exc import DBAPIError

from accounts import audit
from accounts.models import Event, Role
from catalog.values import Strand
from config.errors import BadInput, NotAllowed, NotFound
from enrolment.money import services as ledger
from enrolment.money.models import MoneyEntry, RepaymentRule
from enrolment.money.values import Reason
from enrolment.participation import services as participation
from enrolment.payouts import filing, queries, services
from enrolment.payouts.models import AccountCoding, BatchEntry, BatchOwner, ExportColumn, MoneyBatch
from enrolment.payouts.services import BatchStands, NotCoded, NothingToPay, OpenAlready
from enrolment.payouts.values import Column
from tests import factories as f
from tests.enrolment.money import scene
from tests.enrolment.money.scene import HALF, IN_SPRING, SPRING, adviser, both_confirm, seat_of, taking_part

FACTS = {"name": "Spring 2027", "voucher_on": date(2027, 6, 15)}
LATER = IN_SPRING + timedelta(days=90)
WANTED = (
    ("Bilag", Column.VOUCHER, None), ("Periode", Column.PERIOD, None), ("Konto", Column.ACCOUNT, None), ("Koststed", Column.COST_CENTRE, None), ("Mva", Column.VAT_CODE, None),
    ("Orgnr", Column.ORGANISATION_NUMBER, None), ("Eier", Column.OWNER, None), ("Beløp", Column.AMOUNT, None), ("Valuta", Column.FIXED, "NOK"),
)  # fmt: skip


@pytest.fixture
def eva(db):
    return f.acting(f.member(f.organisation(f.OrganisationKind.AUTHORITY, "The directorate").id, Role.AUTHORITY, "Eva"))


@pytest.fixture
def place(db):
    """A teacher both have vouched for, rules of repayment, an account and the columns of the file."""
    db.session.add(RepaymentRule(code="not", reason=Reason.NOT_TAKING_PART, percent=100, source="test"))
    db.session.add(AccountCoding(code="all", account="8700", counter_account="2400", cost_centre="12", valid_from=date(2012, 1, 1), source="test"))
    for number, (heading, what, fixed) in enumerate(WANTED, 1):
        db.session.add(ExportColumn(code=heading, position=number, heading=heading, what=what, fixed=fixed, valid_from=date(2012, 1, 1), source="test"))
    scene.work_year()
    case = taking_part("Anna", scene.module())
    case.owner.organisation.number = "964965226"
    both_confirm(case)
    ledger.book_due(IN_SPRING)
    return case


def retract(case, at=IN_SPRING + timedelta(days=30)):
    participation.retract(seat_of(case).uuid, SPRING, "Never began.", actor=adviser(case), at=at)
    ledger.book_due(at)


def closed(eva, at=LATER, **facts):
    return close(services.begin(FACTS | facts, actor=eva, at=at).number, eva, at)


def close(number, eva, at=LATER):
    """Closes a batch as it would be seen now."""
    return services.close(number, seen(), actor=eva, at=at)


def seen():
    waiting = queries.waiting()
    return services.Seen(len(waiting), sum(one.oere for one in waiting))


def owners(batch):
    return [(one.brought_oere, one.entries_oere, one.paid_oere, one.carried_oere) for one in batch.owners]


def test_closing_takes_in_what_waits_and_later_entries_go_to_the_next(eva, place):
    first = closed(eva)
    retract(place)
    second = closed(eva, name="Later")

    assert [owners(one) for one in (first, second)] == [[(0, HALF, HALF, 0)], [(0, -HALF, 0, -HALF)]]
    held = f.db.session.execute(select(BatchEntry.batch_id, MoneyEntry.oere).join(BatchEntry.entry).order_by(BatchEntry.id)).all()
    assert [tuple(one) for one in held] == [(first.id, HALF), (second.id, -HALF)]


def test_what_an_owner_owes_is_taken_from_its_next_payment(eva, place):
    closed(eva)
    retract(place)
    closed(eva, name="Second")
    for name in ("Bo", "Cecilie"):
        both_confirm(taking_part(name, f.module(place.choices[0].runs[0].offering.module.course), like=place))
    ledger.book_due(LATER)

    assert owners(closed(eva, name="Third")) == [(-HALF, 2 * HALF, HALF, 0)]
    assert queries.carried() == {}


def test_the_file_has_the_columns_that_the_data_say_and_names_nobody(eva, place):
    text = filing.as_csv(closed(eva)).decode()

    assert text == (
        "\ufeffBilag;Periode;Konto;Koststed;Mva;Orgnr;Eier;Beløp;Valuta\r\n"
        "SEKSTI-0001-0001;202706;8700;12;;964965226;Stavanger kommune;100000.00;NOK\r\n"
    )  # fmt: skip
    assert "Anna" not in text


def test_a_claim_is_a_line_of_its_own_with_a_minus(eva, place):
    other = taking_part("Bo", f.module(place.choices[0].runs[0].offering.module.course), like=place)
    both_confirm(other)
    retract(place)
    rows = filing.rows(closed(eva))[1:]

    assert [(row[0], str(row[7])) for row in rows] == [("SEKSTI-0001-0001", "200000.00"), ("SEKSTI-0001-0001", "-100000.00")]
    assert ";-100000.00;" in filing.as_csv(queries.batch(1)).decode()


def test_the_same_batch_gives_the_same_bytes_whatever_becomes_of_the_data(app, eva, place):
    browser = f.signed_in(app.test_client(), f.db.session.get(f.Person, eva.person_id), LATER)
    app.config["CLOCK"] = lambda: LATER
    digest = closed(eva).digest
    before = [browser.get(f"/national/payouts/1.{kind}").data for kind in ("csv", "xlsx")]
    place.owner.organisation.name = "Another name"
    f.db.session.scalars(select(AccountCoding)).one().account = "1"
    f.db.session.delete(f.db.session.scalars(select(ExportColumn)).first())
    f.db.session.commit()
    browser.set_cookie("language", "nb")
    after = [browser.get(f"/national/payouts/1.{kind}").data for kind in ("csv", "xlsx")]

    assert (before, hashlib.sha256(after[0]).hexdigest()) == (after, digest)
    sheet = openpyxl.load_workbook(io.BytesIO(after[1])).worksheets[0]
    assert [cell.value for cell in sheet[2]][7:] == [100000, "NOK"]


@pytest.mark.parametrize(
    "statement",
    [
        update(MoneyBatch).values(digest="x"), update(MoneyBatch).values(name="x"), update(MoneyBatch).values(lines=[]), delete(MoneyBatch),
        update(BatchOwner).values(paid_oere=1), delete(BatchOwner), update(BatchEntry).values(batch_id=1), delete(BatchEntry),
    ],
    ids=["digest", "name", "lines", "batch", "paid", "owner", "moved", "entry"],
)  # fmt: skip
def test_a_closed_batch_is_changed_by_no_statement(eva, place, statement):
    closed(eva)
    with pytest.raises(DBAPIError, match="never changes"):
        f.db.session.execute(statement)
    f.db.session.rollback()


def test_who_closed_it_may_be_erased(eva, place):
    number = closed(eva).number
    f.db.session.delete(f.db.session.get(f.Person, eva.person_id))
    f.db.session.commit()

    assert queries.batch(number).closed_by is None


def test_one_batch_is_open_at_a_time_and_a_closed_one_stands(eva, place):
    batch = services.begin(FACTS, actor=eva, at=LATER)
    with pytest.raises(OpenAlready):
        services.begin(FACTS, actor=eva, at=LATER)
    services.change(batch.number, {"name": "Spring", "voucher_on": date(2027, 7, 1)}, actor=eva, at=LATER)
    close(batch.number, eva)
    with pytest.raises(BatchStands):
        close(batch.number, eva)
    with pytest.raises(BatchStands):
        services.change(batch.number, FACTS, actor=eva, at=LATER)

    assert (batch.name, batch.lines[0]["period"]) == ("Spring", "202707")


def test_what_was_entered_after_the_page_was_opened_is_not_paid_unseen(app, eva, place):
    number, known = services.begin(FACTS, actor=eva, at=LATER).number, seen()
    browser = f.signed_in(app.test_client(), f.db.session.get(f.Person, eva.person_id), LATER)
    sent = {name: value for name, value in re.findall(r'name="(entries|oere)" value="(-?\d+)"', browser.get(f"/national/payouts/{number}").text)}
    retract(place)
    more = browser.post(f"/national/payouts/{number}/closing", data=sent, follow_redirects=True)
    without = browser.post(f"/national/payouts/{number}/closing")

    assert sent == {"entries": "1", "oere": str(known.oere)}
    assert ("More has been entered since you looked at the batch." in more.text, queries.batch(number).closed_at, without.status_code) == (True, None, 422)
    assert close(number, eva).closed_at == LATER


def test_nothing_is_closed_without_entries_or_an_account(eva, place):
    closed(eva)
    with pytest.raises(NothingToPay):
        closed(eva)
    retract(place)
    f.db.session.scalars(select(AccountCoding)).one().valid_to = date(2020, 1, 1)
    f.db.session.commit()
    with pytest.raises(NotCoded, match="scheme of Anna"):
        close(2, eva)

    assert queries.batch(2).closed_at is None


def test_the_account_that_names_most_goes_before_and_then_the_newest(eva, place):
    scheme = place.choices[0].scheme
    known = {"counter_account": "2400", "cost_centre": None, "project": None, "vat_code": None, "valid_to": None, "source": "The accounting office"}
    for account, code, day in (("8720", None, date(2027, 1, 1)), ("8710", scheme.code, date(2013, 1, 1))):
        services.add_coding({"strand": None, "scheme": code, "account": account, "valid_from": day, **known}, actor=eva, at=IN_SPRING)
    entry = f.db.session.scalars(select(MoneyEntry)).one()
    all_of_them, others = queries.codings(date(2027, 6, 1)), [one for one in queries.codings(date(2027, 6, 1)) if one.scheme_id is None]

    assert [filing.coding_of(entry, many).account for many in (all_of_them, others)] == ["8710", "8720"]
    added = {(one.subject_uuid, one.facts["account"]) for one in f.db.session.scalars(select(Event).where(Event.kind == "account coding"))}
    assert added == {(audit.known_as(one.code), one.account) for one in all_of_them if one.code != "all"}
    with pytest.raises(BadInput):
        services.add_coding({"strand": Strand.FURTHER, "scheme": "none such", "account": "1", "valid_from": date(2027, 1, 1), **known}, actor=eva, at=IN_SPRING)


def test_an_owner_reads_its_own_payouts_and_nobody_but_the_authority_makes_them(app, eva, place):
    closed(eva)
    retract(place)
    owner = adviser(place)
    page = f.signed_in(app.test_client(), f.db.session.get(f.Person, owner.person_id), LATER).get("/owner/money").text
    stranger = f.acting(f.member(f.owner(f.municipality("0301", "Oslo")).organisation_id, Role.OWNER))
    with pytest.raises(NotAllowed):
        services.begin(FACTS, actor=owner, at=LATER)

    assert all(words in page for words in ("Spring 2027", "kr 100,000", "kr -100,000 is entered"))
    assert queries.owners_payouts(stranger) == []


def test_the_list_asks_as_often_for_three_batches_as_for_one_and_reads_no_lines_of_theirs(app, eva, place, count_queries):
    app.config["CLOCK"] = lambda: LATER
    browser = f.signed_in(app.test_client(), f.db.session.get(f.Person, eva.person_id), LATER)

    def asked() -> tuple[int, str]:
        f.db.session.expire_all()
        with count_queries() as seen:
            page = browser.get("/national/payouts").text
        assert not any("money_batches.lines" in one for one in seen)
        return len(seen), page

    closed(eva)
    asked()
    few, _page = asked()
    retract(place)
    closed(eva, name="Second")
    both_confirm(taking_part("Bo", f.module(place.choices[0].runs[0].offering.module.course), like=place))
    ledger.book_due(LATER)
    closed(eva, name="Third")
    again, page = asked()

    assert again == few
    assert [page.count(words) for words in ("Spring 2027", "Second", "Third", "kr 100,000", "kr 0")] == [1, 1, 1, 1, 3]


def test_what_waits_is_counted_and_summed(app, eva, place):
    both_confirm(taking_part("Bo", f.module(place.choices[0].runs[0].offering.module.course), like=place))
    ledger.book_due(IN_SPRING)
    services.begin(FACTS, actor=eva, at=LATER)
    browser = f.signed_in(app.test_client(), f.db.session.get(f.Person, eva.person_id))

    assert [(one.owner_id, one.entries, one.oere) for one in queries.waiting_by_owner()] == [(place.owner_id, 2, 2 * HALF)]
    assert queries.owners_waiting(adviser(place)) == 2 * HALF
    assert "kr 200,000" in browser.get("/national/payouts").text


def test_there_is_no_file_before_it_is_closed(app, eva, place):
    services.begin(FACTS, actor=eva, at=LATER)
    browser = f.signed_in(app.test_client(), f.db.session.get(f.Person, eva.person_id))

    assert [browser.get(f"/national/payouts/1.{kind}").status_code for kind in ("csv", "xlsx")] == [404, 404]
    assert "kr 100,000" in browser.get("/national/payouts/1").text
    with pytest.raises(NotFound):
        queries.batch(9)
