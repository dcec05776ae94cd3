"""The shared store of a point as one of its PCs knows it: begun here, joined, opened, passed on."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from msgspec import structs

from station.ports import StoreProblem
from station.reference import Reference
from station.store import schema
from station.store.copying import Tell
from station.store.engine import database_file, open_engine
from station.store.keys import KeySource
from station.store.shared import passes
from station.store.shared.certificate import new_certificate
from station.store.shared.cluster import HERE, Cluster, change_password, new_password
from station.store.shared.moving import moved
from station.store.shared.passes import PassFile, PassKey, SharedPass
from station.store.store import SqlStore, key_of, open_store
from station.store.upkeep import current_engine

SET_ASIDE = "before-sharing"


class SharedPoint:
    """Everything here may take long. `ask` gives a typed password, as for `PassFile`."""

    def __init__(self, data: Path, ask: Callable[[bool], str]) -> None:
        self.passes = PassFile(data / "shared.pass", ask)
        self.cluster = Cluster(data / "shared")

    def is_in_use(self) -> bool:
        """Whether this PC works on a shared store."""
        return self.passes.exists()

    def is_main(self) -> bool:
        """Whether the shared store lies on this PC."""
        return self.is_in_use() and self.cluster.is_founded()

    def begin(self, url: str, keys: KeySource, tell: Tell) -> None:
        """Make this PC the main one: its store moves from its file into a server of its own.

        Until the pass is kept the file is the store, whatever happens; from then on the server is.
        Raises a StoreProblem, MovedWrong, or what `tell` raises to end it.
        """
        source = current_engine(url)
        try:
            certificate = new_certificate()
            founded = self.cluster.found(certificate)
            key = key_of(source, keys)
            shared = SharedPass((HERE,), founded.port, founded.password, certificate.public, key)
            target = open_engine(self._url(shared))
            try:
                with moved(source, target, tell):
                    self.cluster.note_founded()
                    self.passes.keep(shared, new=False)
            finally:
                target.dispose()
        except BaseException:
            self._stop_unused()
            raise
        finally:
            source.dispose()
        set_aside(database_file(url))

    def _stop_unused(self) -> None:
        """A server that nothing moved to needs no memory of this PC."""
        if not self.is_in_use():
            with suppress(StoreProblem):
                self.cluster.stop()

    def open(self, reference: Reference, file: Path | None) -> SqlStore:
        """The shared store; on the main PC its server is started where it does not run.

        `file` is where the store was before it was shared: should a power cut have left it there,
        it is set aside, so that nobody ever goes on with it. Raises a StoreProblem.
        """
        shared = self.passes.read()
        if self.cluster.is_founded():
            self.cluster.start()
            set_aside(file)
            if shared.coming:
                self.lock_others_out()
                shared = self.passes.read()
        return open_store(self._url(shared), PassKey(shared), reference)

    def try_to_reach(self, shared: SharedPass) -> None:
        """Raise what would keep this PC from working with a pass; nothing is kept."""
        schema.existing_engine(self._url(shared)).dispose()

    def join(self, shared: SharedPass, reference: Reference) -> SqlStore:
        """Work on another PC's shared store from now on."""
        store = open_store(self._url(shared), PassKey(shared), reference)
        try:
            self.passes.keep(shared, new=True)
        except BaseException:
            store.close()
            raise
        return store

    def reach_at(self, host: str) -> None:
        """The main PC has another name or address now."""
        shared = self.passes.read()
        others = (known for known in shared.hosts if known != host)
        self.passes.change(structs.replace(shared, hosts=(host, *others)))

    def pass_for_another(self, hosts: Sequence[str]) -> tuple[bytes, str]:
        """The file that brings another PC in, and its passcode, which is kept nowhere."""
        passcode = passes.new_passcode()
        shared = structs.replace(self.passes.read(), hosts=tuple(hosts))
        return passes.sealed(shared, passcode), passcode

    def lock_others_out(self) -> None:
        """Whoever holds a pass must be brought in anew, all but this PC.

        The new password is kept before it holds: a power cut must not lock this PC out, too.
        """
        shared = self.passes.read()
        coming = shared.coming or new_password()
        self.passes.change(structs.replace(shared, coming=coming))
        change_password(shared.port, shared.password, coming)
        self.passes.change(structs.replace(shared, password=coming, coming=""))

    def _url(self, shared: SharedPass) -> str:
        return shared.url(self.passes.certificate_file(shared))


def set_aside(file: Path | None) -> None:
    """Keep a store's file that does not count any more under another name.

    Where another program holds it, a virus scanner say, the next start tries again: nobody opens
    it as long as there is a pass, and the data is safe in its new place.
    """
    if file is None:
        return
    for ending in ("-wal", "-shm", ""):
        part = file.with_name(file.name + ending)
        if part.exists():
            with suppress(OSError):
                part.replace(file.with_name(f"{file.stem}.{SET_ASIDE}{file.suffix}{ending}"))
