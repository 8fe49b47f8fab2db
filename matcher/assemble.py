"""Settings to Engine: the only module that names the concrete parts."""

from collections.abc import Callable, Collection
from pathlib import Path
from typing import cast

from matcher.accounts.accounts import Accounts
from matcher.accounts.desk import Desk
from matcher.accounts.logged import noted_by
from matcher.competences.linking import Linker
from matcher.competences.schemes import Schemes
from matcher.engine import Engine, Retrieval
from matcher.errors import EncoderUnavailable
from matcher.home import writing
from matcher.indexing import Indexes
from matcher.labour.instruments import open_instruments
from matcher.ledger.log import DecisionLog
from matcher.ports import Encoder, Store
from matcher.prior import Prior
from matcher.reference.cohort import Cohort, open_cohort
from matcher.settings import PACKAGED, Settings
from matcher.storage.desk import SqlDesk
from matcher.storage.open import open_store
from matcher.storage.store import SqlStore
from matcher.taxonomy.store import read_taxonomy
from matcher.trained import made_with, open_trained
from models.encoder import load_encoder
from models.errors import EncoderUnavailableError
from models.packaged import PLAIN

Progress = Callable[[str, int, int], None]


def store(settings: Settings) -> Store:
    """Open (and where needed create or migrate) the database of the home."""
    return open_store(settings.database, settings.home)


def accounts(store: Store, home: Path) -> Accounts:
    """Return the accounts of a home, in the database that `store` has opened; what happens goes to its decision log."""
    log = decision_log(store, home)
    return Accounts.at(Desk(book=cast("SqlStore", store).accounts, note=noted_by(log.append)))


def decision_log(store: Store, home: Path) -> DecisionLog:
    """Return the decision log of a home, in the database that `store` has opened."""
    return DecisionLog(cast("SqlStore", store).ledger, home)


def desk(store: Store) -> SqlDesk:
    """Return what changes and erases records by hand, in the database that `store` has opened."""
    return cast("SqlStore", store).desk


def encoder(settings: Settings, *, progress: Progress | None = None) -> Encoder:
    """Return the encoder the settings name; the packaged one is converted on first use."""
    models = settings.model_folder()
    try:
        with writing(models):
            return load_encoder(settings.encoder, models, threads=settings.threads, progress=progress)
    except EncoderUnavailableError as problem:
        raise EncoderUnavailable(encoder=settings.encoder, why=problem.why) from problem


def cohort(settings: Settings, encoder: Encoder, *, progress: Progress | None = None) -> Cohort:
    """Return the reference cohort for an encoder, built on first use beside the converted model."""
    tell = (lambda done, total: progress("reference", done, total)) if progress else None
    folder = settings.model_folder() / "reference"
    with writing(folder):
        return open_cohort(folder, encoder, Prior.load().cover, progress=tell)


def linker(settings: Settings, *, without: Collection[str] = (), progress: Progress | None = None) -> Linker:
    """Return what links texts to concepts; `without` any of "head", "lexical", "vocabulary", for measuring."""
    chosen = settings
    if "head" in without and settings.encoder == PACKAGED:
        chosen = settings.model_copy(update={"encoder": PLAIN})
    return Linker(
        encoder(chosen, progress=progress),
        head="head" not in without,
        lexical="lexical" not in without,
        vocabulary="vocabulary" not in without,
    )


def schemes(settings: Settings, *, progress: Progress | None = None) -> Schemes:
    """Return what titles and phrases can be linked to in this home."""
    taxonomy = read_taxonomy(settings.home)
    return Schemes(linker(settings, progress=progress), taxonomy, settings.model_folder() / "names")


def engine(settings: Settings, *, shipped: bool = False, progress: Progress | None = None) -> Engine:
    """Put the engine together; nothing is encoded yet beyond the reference cohort, once for each encoder.

    Its ranker is the one trained in the home, where there is one; `shipped` takes the one that comes with the product.
    """
    records = store(settings)
    chosen = encoder(settings, progress=progress)
    references = cohort(settings, chosen, progress=progress)
    indexes = Indexes(settings.home, store=records, encoder=chosen, cohort=references, flat_limit=settings.flat_vectors)
    prior = Prior.load()
    own = None if shipped else open_trained(settings.home, made_with(chosen, references))
    return Engine(
        home=settings.home,
        store=records,
        encoder=chosen,
        cohort=references,
        indexes=indexes,
        prior=own.over(prior) if own else prior,
        retrieval=Retrieval(exact=settings.exact_pool, keep=settings.retrieve),
        instruments=open_instruments(settings.home),
    )
