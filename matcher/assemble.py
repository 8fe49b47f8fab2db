"""Settings to Engine: the only module that names the concrete parts."""

from collections.abc import Callable

from matcher.engine import Engine, Retrieval
from matcher.errors import EncoderUnavailable
from matcher.home import writing
from matcher.indexing import Indexes
from matcher.ports import Encoder, Store
from matcher.prior import Prior
from matcher.reference.cohort import Cohort, open_cohort
from matcher.settings import Settings
from matcher.storage.open import open_store
from models.encoder import load_encoder
from models.errors import EncoderUnavailableError

Progress = Callable[[str, int, int], None]


def store(settings: Settings) -> Store:
    """Open (and where needed create or migrate) the database of the home."""
    return open_store(settings.database, settings.home)


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
        return open_cohort(folder, encoder, progress=tell)


def engine(settings: Settings, *, progress: Progress | None = None) -> Engine:
    """Put the engine together; nothing is encoded yet beyond the reference cohort, once for each encoder."""
    records = store(settings)
    chosen = encoder(settings, progress=progress)
    references = cohort(settings, chosen, progress=progress)
    indexes = Indexes(settings.home, store=records, encoder=chosen, cohort=references, flat_limit=settings.flat_vectors)
    return Engine(
        home=settings.home,
        store=records,
        encoder=chosen,
        cohort=references,
        indexes=indexes,
        prior=Prior.load(),
        retrieval=Retrieval(exact=settings.exact_pool, keep=settings.retrieve),
    )
