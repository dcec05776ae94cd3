"""One store for several PCs of a point: a PostgreSQL of its own, and the pass each PC holds."""
