"""The editor's pages. A view turns a request into one call and the result into a page."""

from catalog.publishing.history import views as history  # noqa: F401
from catalog.publishing.rollover import views as rollover  # noqa: F401
from catalog.publishing.ticked import views as ticked  # noqa: F401
from catalog.publishing.views import copying, courses, deleting, modules, offerings, work_list  # noqa: F401  (each adds its routes)
from catalog.publishing.views.blueprint import pages

__all__ = ["pages"]
