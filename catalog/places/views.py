"""The pages of the teacher-education regions."""

from flask import render_template

from catalog.pages import pages
from catalog.places import queries
from catalog.search import snapshot
from catalog.search.asked import REGION, Asked
from config import page_cache
from config.clock import today
from config.errors import NotFound
from config.languages import _


@pages.get("/regions")
def regions():
    """Every region with its counties and institutions of today."""
    page_cache.keep()
    counts = snapshot.now().index.find(Asked()).counts[REGION]
    return render_template("catalog/regions.html", regions=queries.regions(), on=today(), counts=counts)


@pages.get("/regions/<code>")
def region(code):
    """One region: what it is made of, from when, and who says so."""
    found = queries.region_by_code(code)
    if found is None:
        raise NotFound(_("There is no such region."))
    page_cache.keep()
    on = today()
    counts = snapshot.now().index.find(Asked(chosen={REGION: (found.code,)})).counts
    return render_template("catalog/region.html", region=found, on=on, counts=counts, subjects=snapshot.now().index.subjects)
