"""The work list: everything of one's institution, with what needs doing."""

from flask import render_template, request, url_for

from catalog.publishing import queries, schemas, words
from catalog.publishing.content import kind_of
from catalog.publishing.queries import work_list
from catalog.publishing.views.blueprint import editors_only, mine, pages
from config.clock import today
from config.forms import blank_form, read_query


@pages.get("")
@editors_only
def show_work_list():
    asked = read_query(schemas.WorkListQuery())
    wanted = work_list.Wanted(asked["q"] or "", asked["state"], asked["ended"])
    found = work_list.page_of(mine(), wanted, page=asked["page"], on=today())
    return render_template(
        "publishing/work_list.html", institution=queries.institution(mine()), found=found, wanted=wanted, states=words.STATES, on=today(),
        form=blank_form(q=wanted.text, state=wanted.state, ended="yes" if wanted.ended else None), kind_of=kind_of,
        address_of_page=_address_of_page, drafts=work_list.drafts(mine(), on=today()), queues=work_list.queues(mine(), on=today()),
    )  # fmt: skip


def _address_of_page(number: int) -> str:
    kept = {name: value for name, value in request.args.items() if name in ("q", "state", "ended") and value}
    return url_for("publishing.show_work_list", **kept, page=number)
