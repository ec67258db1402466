/* What a page does smoother with script; everything works without. */
