"""Where an institution writes what it offers: drafts in sections, published when nothing is missing, changed knowingly."""
