"""Adds the catalogue to the app."""

from flask import Flask

from accounts import landing
from accounts.guard import has_role
from accounts.models import Role
from catalog import addresses, first_visits, panels, version  # noqa: F401  (the version listens to every change)
from catalog.api import publishing as publishing_api
from catalog.api import reading as reading_api
from catalog.comparing import views as comparing_views  # noqa: F401
from catalog.eligibility import views as eligibility_views  # noqa: F401
from catalog.equivalence import views as equivalence
from catalog.guide import views as guide_views  # noqa: F401
from catalog.bulk import services as bulk
from catalog.bulk import views as bulk_views
from catalog.importing.cli import catalog as commands
from catalog.institutions import views as institution_views  # noqa: F401
from catalog.joint import views as joint
from catalog.joint import words as joint_words
from catalog.offers import views as offer_views  # noqa: F401
from catalog.offers import revisions, sentences, structured, words  # noqa: F401  (revisions listens to every change)
from catalog.pages import pages
from catalog.plans import api as plan_api  # noqa: F401
from catalog.plans import views as plans
from catalog.places import sentences as places
from catalog.places import views as place_views  # noqa: F401
from catalog.publishing import views as publishing
from catalog.search import snapshot
from catalog.search import views as search_views
from catalog.sitemap import views as sitemap_views  # noqa: F401
from catalog.synonyms import views as synonym_views
from config import menu, tick
from config.api import document
from config.languages import _l, address_by_language


def init_app(app: Flask) -> None:
    panels.init_app(app)
    app.cli.add_command(commands)
    app.jinja_env.globals.update(words=words, sentences=sentences, places=places, structured=structured, canonical=addresses.canonical)
    app.jinja_env.globals.update(joint=joint_words)
    app.jinja_env.globals.update(open_graph_locale=addresses.open_graph_locale, card_picture=addresses.card_picture)
    address_by_language(app, *(f"catalog.{page}" for page in ("home", "course", "module", "offering", "institution", "institutions", "region", "regions")))
    snapshot.init_app(app)
    search_views.init_app(app)
    first_visits.init_app(app)
    app.register_blueprint(pages)
    app.register_blueprint(publishing.pages)
    plans.init_app(app)
    equivalence.init_app(app)
    app.register_blueprint(joint.pages)
    panels.register(app, "publishing_work", joint.asked)
    app.register_blueprint(bulk_views.pages)
    app.register_blueprint(synonym_views.pages)
    tick.add(app, "bulk", bulk.forget_old)
    for views in (reading_api, publishing_api):
        document.of(app).register_blueprint(views.api)
    menu.add(app, _l("Find studies"), "catalog.search", order=10)
    menu.add(app, _l("Publish"), "publishing.show_work_list", order=30, shown=lambda: has_role(Role.EDITOR))
    menu.add(app, _l("Synonyms"), "synonyms.synonyms", order=40, shown=lambda: has_role(Role.AUTHORITY))
    landing.add(app, Role.EDITOR, "publishing.show_work_list")
