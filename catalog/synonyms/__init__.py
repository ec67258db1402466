"""Other names for the same: what a question says, and what else it means. Data that the national authority keeps."""
