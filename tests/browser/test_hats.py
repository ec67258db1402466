"""Kristin edits for a university and teaches at a school. She changes between the two, and signing out ends both."""


def test_each_role_has_its_page_and_its_menu(beginning, visit):
    kristin = visit(beginning, "Kristin Moen")
    first = kristin.path
    puts_on_her_other_hat(kristin)
    second = kristin.path
    puts_on_her_other_hat(kristin)

    assert {first, second} == {"/publish", "/me/progress"}
    assert kristin.path == first


def test_what_belongs_to_a_role_is_only_there_in_it(beginning, visit):
    kristin = visit(beginning, "Kristin Moen")
    if kristin.path == "/publish":
        puts_on_her_other_hat(kristin)
    entries = {kristin.say(entry) for entry in ("Publish", "My way to 60", "My enrolments")} & set(menu(kristin))
    kristin.open("/publish")

    assert entries == {kristin.say("My way to 60"), kristin.say("My enrolments")}
    assert kristin.refusals == [403]


def test_signing_out_ends_it_also_for_whoever_kept_the_cookie(beginning, visit):
    kristin, somebody_else = visit(beginning, "Kristin Moen"), visit(beginning)
    kept = next(cookie["value"] for cookie in kristin.page.context.cookies() if cookie["name"] == "seksti")
    kristin.page.locator(".hat summary").click()
    kristin.press("Sign out", ".top")
    after = kristin.path
    kristin.page.go_back()
    kristin.page.reload()
    somebody_else.carry(kept)
    somebody_else.open("/me")

    assert after == "/signed-out"
    assert kristin.path.startswith("/sign-in?next=")
    assert somebody_else.path == "/sign-in?next=/me"


def puts_on_her_other_hat(kristin):
    kristin.page.locator(".hat summary").click()
    kristin.page.locator(".hat form[action^='/me/hat/'] button").click()


def menu(visitor):
    return visitor.page.locator("nav.menu a").all_text_contents()
