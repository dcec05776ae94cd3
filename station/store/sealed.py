"""Everything a store keeps under its key: people rows, files, and the keys of its chains."""

from station.store.attachments import Attachments
from station.store.chain_keys import ChainKeys
from station.store.sealing import PeopleRows, Sealer


class Sealed:
    """One for each kind of thing."""

    def __init__(self, sealer: Sealer) -> None:
        self.people, self.attachments = PeopleRows(sealer), Attachments(sealer)
        self.keys = ChainKeys(sealer)
