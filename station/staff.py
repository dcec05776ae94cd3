"""Nhân sự của điểm: the lead names who works here. An id stays with its person for good."""

import secrets

from msgspec import Struct, structs

from station import refusals
from station.ledger import Moment
from station.operators import Operator, Role
from station.people import FIELD_LIMIT, OperatorName
from station.ports import PointStore
from station.text import clean, sort_key

IDS = 10**9


class AddOperator(Struct, frozen=True, kw_only=True):
    """Somebody works here from now on."""

    name: str
    role: Role


class RenameOperator(Struct, frozen=True, kw_only=True):
    """A name was written wrongly, or has changed; id and role stay."""

    operator: OperatorName
    name: str


class ReleaseOperator(Struct, frozen=True, kw_only=True):
    """Somebody works here no more, or again: signs in no longer, or may."""

    operator: OperatorName
    gone: bool


def add_operator(
    command: AddOperator, store: PointStore, by: Operator, _when: Moment
) -> OperatorName:
    """Name somebody who may sign in, under an id that nobody has."""
    by.require()
    id_ = _fresh_id({known.id for known in store.operators()})
    return _kept(OperatorName(id_, command.name, command.role), store)


def rename_operator(
    command: RenameOperator, store: PointStore, by: Operator, _when: Moment
) -> OperatorName:
    """Give an operator another name."""
    by.require()
    return _kept(structs.replace(command.operator, name=command.name), store)


def release_operator(
    command: ReleaseOperator, store: PointStore, by: Operator, _when: Moment
) -> OperatorName:
    """Take a person off the list at sign-in, or put them back. One lead stays, and whoever acts."""
    by.require()
    operator = command.operator
    if command.gone and (operator.id == by.id or _is_last_lead(operator, store)):
        raise refusals.StillNeeded(operator.name)
    return _kept(structs.replace(operator, gone=command.gone), store)


def _is_last_lead(operator: OperatorName, store: PointStore) -> bool:
    here = (known for known in store.operators() if not known.gone and known.id != operator.id)
    return operator.role is Role.LEAD and not any(known.role is Role.LEAD for known in here)


def _kept(operator: OperatorName, store: PointStore) -> OperatorName:
    named = structs.replace(operator, name=clean(operator.name, FIELD_LIMIT))
    if not named.name:
        raise refusals.NothingToRecord
    others = (known.name for known in store.operators() if known.id != named.id)
    if sort_key(named.name) in map(sort_key, others):  # Hoa and Hòa are two persons, Hoà is Hòa
        raise refusals.NameInUse(named.name)
    store.add_operator(named)
    return named


def _fresh_id(known: set[str]) -> str:
    """An id by chance: counting on would give that of a purged row, or the same on two PCs."""
    while True:
        id_ = f"op.{secrets.randbelow(IDS)}"
        if id_ not in known:
            return id_
