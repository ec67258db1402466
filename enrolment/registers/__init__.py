"""The register of schools shipped with the project, and the owners inferred from it."""
