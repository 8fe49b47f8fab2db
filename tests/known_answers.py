"""A made-up home in which anybody can see who fits: two candidates share the words of each trade's postings."""

from matcher.engine import Engine
from matcher.features import FEATURES
from matcher.records import Judgement
from matcher.trained import Lessons, Trained, made_with
from models.ranker import AdditiveRanker, Curve
from tests.builders import a_candidate, a_posting, bare

TRADES = (
    "svejsning stålrammer", "bogføring årsregnskab", "sygepleje sårbehandling", "webudvikling javascript",
    "undervisning matematik", "laboratorium mikrobiologi", "arkitektur byggesager", "markedsføring kampagner",
    "statistik spørgeskemaer", "jura kontrakter", "logistik lagerstyring", "oversættelse tysk",
)  # fmt: skip
STRONG, SOME, NOBODY = 3, 2, 0


def posting_id(trade: int, round_: int = 0) -> str:
    return f"p{trade:02}-{round_}"


def fill(engine: Engine, *, rounds: int = 1, trades: int = len(TRADES)) -> None:
    """Store two candidates a trade, one who has done it and one who knows a part of it, and postings in rounds."""
    for trade, words in enumerate(TRADES[:trades]):
        first, second = words.split()
        engine.store.save(
            bare(
                a_candidate(f"c{trade:02}-strong", f"Erfaring\nJeg har arbejdet med {first} og {second} i tre år.\n"),
                a_candidate(f"c{trade:02}-some", f"Erfaring\nJeg har hjulpet til med {first} i en sommer.\n"),
                *(
                    a_posting(posting_id(trade, turn), first.title(), f"Opgaver\n- Du arbejder med {first} og {second}")
                    for turn in range(rounds)
                ),
            )
        )
    engine.refresh()


def answers(trade: int) -> dict[str, int]:
    """Grades of the candidates that are judged, or proposed, for a trade: its own two, and four of other trades."""
    others = {f"c{(trade + step) % len(TRADES):02}-strong": NOBODY for step in (1, 2, 3, 4)}
    return {f"c{trade:02}-strong": STRONG, f"c{trade:02}-some": SOME, **others}


def judgements(*, trades: int = len(TRADES)) -> list[Judgement]:
    return [
        Judgement(posting=posting_id(trade), candidate=candidate, grade=grade)
        for trade in range(trades)
        for candidate, grade in answers(trade).items()
    ]


def a_blind_ranker() -> AdditiveRanker:
    """A ranker to which every pair is alike, so that ids decide the order."""
    return AdditiveRanker(
        features=FEATURES, curves=tuple(Curve(knots=(0.0,), values=(0.0,)) for _ in FEATURES), intercept=-1.0
    )


def trained_here(engine: Engine, ranker: AdditiveRanker, *postings: str, last: str | None = None) -> Trained:
    """A ranker as `matcher train` stores it."""
    return Trained(
        ranker=ranker,
        made_with=made_with(engine.encoder, engine.cohort),
        lessons=Lessons(
            file="løn.jsonl", sha256="0" * 64, pairs=7, postings=postings, outcome="grade>=2", first=last, last=last
        ),
        lead={"measure": "ndcg@10", "difference": 0.1, "low": 0.05, "high": 0.15, "p_value": 0.01, "n": 30},
    )
