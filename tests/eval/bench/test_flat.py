from eval.bench.flat import flat_query


def test_the_bench_reports_a_query_and_a_read_of_the_same_run() -> None:
    found = flat_query(n=600, dimension=16, repeats=3)

    assert (found["vectors"], found["dimension"]) == (600, 16)
    assert found["share_of_read_speed"] == found["read_ms"] / found["query_ms"] > 0
    assert found["query_median_ms"] >= found["query_ms"]
    assert found["read_median_ms"] >= found["read_ms"]
