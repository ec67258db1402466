"""The reader's language: asked for by the browser, changed by a click, kept for the browser and with the person."""

HEADINGS = {"nb": "Seksti studiepoeng, én modul om gangen", "nn": "Seksti studiepoeng, éin modul om gongen", "en": "Sixty credits, one module at a time"}


def test_the_browser_asks_for_a_language(beginning, visit):
    said = {}
    for language in HEADINGS:
        visitor = visit(beginning, locale=language)
        visitor.open("/")
        said[visitor.page.locator("html").get_attribute("lang")] = visitor.heading

    assert said == HEADINGS


def test_a_stranger_changes_it_and_stays_on_the_page(beginning, visit):
    visitor = visit(beginning)
    visitor.open("/search?q=matte&region=vest")
    visitor.follow("Nynorsk", "footer")
    there, language = visitor.path, visitor.page.locator("html").get_attribute("lang")
    visitor.open("/")

    assert (there, language, visitor.heading) == ("/search?q=matte&region=vest", "nn", HEADINGS["nn"])


def test_somebody_signed_in_keeps_it_in_every_browser(beginning, visit):
    marit = visit(beginning, "Marit Utsi")
    marit.press("Nynorsk", "footer")
    at_home = visit(beginning, "Marit Utsi", locale="en")

    assert marit.page.locator("html").get_attribute("lang") == "nn"
    assert at_home.page.locator("html").get_attribute("lang") == "nn"
