"""A teacher whose browser runs no script finds a study, gets a seat and gives it up again, just as everybody else."""

import pytest

from tests.browser.offers import open_runs

MODULE = "Vær og klima uten skript"


@pytest.mark.parametrize("width", [1280, 390])
def test_a_seat_is_found_taken_and_given_up(beginning, visit, width):
    title = f"{MODULE} {width}"
    open_runs(beginning, title, 1)
    jonas = visit(beginning, "Jonas Berg", java_script_enabled=False, viewport={"width": width, "height": 900})

    finds_it_among_what_has_free_seats(jonas, title)
    jonas.press("Enrol", "main")
    assert (jonas.heading, jonas.say("Seat confirmed") in jonas.reads()) == (title, True)

    jonas.follow("Withdraw", "main")
    jonas.press("Withdraw", "main")
    assert jonas.say("You have withdrawn.") in jonas.reads()

    jonas.follow("My enrolments")
    assert jonas.reads().startswith(f"{jonas.say('My enrolments')} {jonas.say('Earlier')} {title}")


def finds_it_among_what_has_free_seats(jonas, title):
    jonas.open("/search")
    jonas.types("What would you like to study?", "klima")
    jonas.press("Search")
    if jonas.page.locator(".filters > summary").is_visible():  # on a narrow screen
        jonas.page.locator(".filters > summary").click()
    jonas.page.locator("input[name=seats]").check()
    jonas.page.locator("#filters .actions button").click()
    jonas.follow(title)
    assert jonas.heading == title


def test_the_menus_of_the_head_open_without_script(beginning, visit):
    jonas = visit(beginning, "Jonas Berg", java_script_enabled=False)
    jonas.page.locator(".hat summary").click()
    jonas.follow("What Seksti knows of you", ".top")
    assert jonas.path == "/me/privacy"

    jonas.page.locator(".hat summary").click()
    jonas.press("Sign out", ".top")
    jonas.page.locator(".top details.drop summary").click()
    jonas.follow("Nynorsk", ".top")
    assert jonas.page.locator("html").get_attribute("lang") == "nn"
