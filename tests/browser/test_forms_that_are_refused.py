"""What was typed is still there, the errors have the focus, and each leads to its box."""

from tests.browser.offers import open_runs


def test_a_claim_with_credits_that_do_not_exist_is_put_right(beginning, visit):
    thomas = visit(beginning, "Thomas Lie")
    thomas.follow("Add earlier education")
    thomas.types("What did you take?", "Engelsk årsstudium")
    thomas.types("Where did you study?", "Universitetet i Bergen")
    thomas.chooses("Subject it should count in", "Engelsk")
    thomas.types("How much?", "7,3")
    thomas.press("Send to my school owner")

    assert_summary(thomas, "credits")
    assert [thomas.typed(label) for label in ("What did you take?", "Where did you study?", "Subject it should count in", "How much?")] == [
        "Engelsk årsstudium", "Universitetet i Bergen", "engelsk", "7,3",
    ]  # fmt: skip

    thomas.types("How much?", "7,5")
    thomas.press("Send to my school owner")
    assert "Engelsk årsstudium" in thomas.reads()
    assert thomas.refusals == [422]


def test_a_module_that_takes_the_code_of_another_is_put_right(beginning, visit):
    torunn = visit(beginning, "Torunn Hagen")
    for code in ("SANN1", "SANN1"):
        torunn.open("/publish/modules/new")
        torunn.types("Code", code)
        torunn.types("Title", "Sannsynlighet for alle")
        torunn.types("Credits", "15")
        torunn.ticks("Grades", "5", "6")
        torunn.press("Save the draft")

    assert_summary(torunn, "code")
    assert [torunn.typed(label) for label in ("Code", "Title", "Credits")] == ["SANN1", "Sannsynlighet for alle", "15"]
    assert torunn.page.locator("[name=grades]:checked").evaluate_all("(those) => those.map((one) => one.value)") == ["5", "6"]

    torunn.types("Code", "SANN2")
    torunn.press("Save the draft")
    assert torunn.heading == "Sannsynlighet for alle"
    assert torunn.refusals == [422]


def test_dates_in_the_wrong_order_are_told_at_their_boxes_and_a_line_is_added_without_losing_any(beginning, visit):
    torunn = visit(beginning, "Torunn Hagen")
    open_runs(beginning, "Kjemi uten datoer", 5)
    torunn.open("/publish?q=Kjemi+uten+datoer")
    torunn.page.get_by_role("rowheader").get_by_role("link").last.click()
    torunn.follow(f"{torunn.say('Change')} {torunn.say('First day')}")
    typed = torunn.typed("First day")
    torunn.types("Last day", "2020-01-01")
    torunn.press("Add a gathering")
    assert (torunn.typed("First day"), torunn.typed("Last day")) == (typed, "2020-01-01")

    torunn.press("Save", "main")
    assert_summary(torunn, "ends_on")
    assert torunn.typed("Last day") == "2020-01-01"


def test_a_second_seat_in_the_same_module_is_refused_with_the_way_out(beginning, visit):
    open_runs(beginning, "To gjennomføringer", 5, 5)
    lars = visit(beginning, "Lars Eide")
    lars.open("/search?q=to+gjennomføringer")
    lars.follow("To gjennomføringer", ".results")
    lars.press("Enrol", "main .run >> nth=0")
    lars.page.go_back()
    lars.page.reload()
    lars.press("Enrol", "main .run >> nth=1")

    assert lars.say("You already hold a seat in another run of this module. Withdraw from it first if you want this one instead.") in lars.reads()
    lars.follow("My enrolments")
    assert lars.reads().count("To gjennomføringer") == 1
    assert lars.refusals == [409]


def assert_summary(visitor, name):
    """The errors have the focus, and the link of the first puts it in the box, which says that it is wrong and why."""
    shown = visitor.page.locator(".error-summary")
    assert shown.evaluate("(one) => one === document.activeElement")
    shown.get_by_role("link").first.click()
    box = visitor.page.locator("*:focus")
    told = visitor.page.locator(f"#{box.get_attribute('aria-describedby').split()[-1]}")
    assert (box.get_attribute("name"), box.get_attribute("aria-invalid"), told.is_visible()) == (name, "true", True)
