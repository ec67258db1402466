"""A region invites institutions to offer what is missing; they accept, which makes a draft, or decline."""
