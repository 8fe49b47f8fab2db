"""Records removed for good, the same way from the API and from pages."""

from api.service import Service
from matcher import assemble
from matcher.indexing import forget
from matcher.ingest.originals import forget_original
from matcher.privacy.erasure import ORIGINALS, Proof, erase
from matcher.records import Kind


def remove(service: Service, kind: Kind, id: str) -> None:
    """Remove a posting or an employer from database, index and kept originals; `UnknownId` if there is none."""
    engine = service.engine
    engine.store.get(kind, id)
    forget_original(service.home / ORIGINALS, kind, id)  # first: once the record is gone, nobody can name the file
    try:
        engine.store.delete(kind, id)
    finally:
        forget(service.home, kind, id)


def erase_candidate(service: Service, id: str, account: str) -> Proof:
    """Erase a person everywhere and return the proof; `UnknownId` if nothing was held."""
    store = service.engine.store
    return erase(store, assemble.desk(store), service.home, id, account=account)
