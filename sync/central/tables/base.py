"""Where all tables of the service are listed."""

from sqlalchemy import MetaData

metadata = MetaData()
