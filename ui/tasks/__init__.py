"""What people must settle: two records that cannot both be."""
