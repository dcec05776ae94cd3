"""The point's store on SQLite or PostgreSQL: the ledger, its projections and the people rows."""
