"""The domain of a refurbishment point: codes, the ledger, devices and what people do with them.

No Qt, SQL, HTTP, subprocess or clock in here; `station.store` alone knows the database.
"""
