"""A region's reading before publishing: coordinators remark in line on what an institution has opened to them, and see duplicates and gaps; nothing is ever blocked."""
