"""A small invented corpus: four kinds of work, their skills, and a vocabulary with two related concepts."""

from models.training.corpus import Corpus, Entry, Item, Work

SKILLS = tuple(
    Item(key=f"s{place}", da=(da, f"{da} i praksis"), en=(en,), descriptions=(f"At kunne {da} selv.",))
    for place, (da, en) in enumerate(
        [
            ("svejse", "welding"),
            ("bage", "baking"),
            ("male", "painting"),
            ("regne", "arithmetic"),
            ("synge", "singing"),
            ("grave", "digging"),
        ]
    )
)
TITLES = tuple(
    Item(key=f"t{place}", da=(da,), en=(en, f"senior {en}"))
    for place, (da, en) in enumerate(
        [("smed", "smith"), ("bager", "baker"), ("maler", "painter"), ("revisor", "accountant"), ("sanger", "singer")]
    )
)
ENTRIES = tuple(
    Entry(
        key=key,
        labels=(da, en),
        names=(da, en),
        mentions=(f"har {da} hver dag", f"I did {en} daily", f"du kan {da}"),
        near=(f"ser andre {da}",),
        related=frozenset(related),
    )
    for key, da, en, related in [
        ("welding", "svejse", "welding", ()),
        ("baking", "bage", "baking", ("bread",)),
        ("bread", "bage brød", "baking bread", ()),
        ("painting", "male", "painting", ()),
        ("sums", "regne", "arithmetic", ()),
        ("singing", "synge", "singing", ("unknown-concept",)),
    ]
)
WORKS = tuple(
    Work(item=TITLES[place], described={"da": f"En, der kan {skill}."}, skills=((f"s{place}", 2), (f"s{other}", 1)))
    for place, skill, other in [(0, "svejse", 5), (1, "bage", 3), (2, "male", 5), (4, "synge", 3)]
)
CORPUS = Corpus(titles=TITLES, skills=SKILLS, entries=ENTRIES, works=WORKS)
