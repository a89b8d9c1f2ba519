"""Is an address that is pasted the one that would be written?"""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from webui.addresses.days import Day
from webui.addresses.links import Links
from webui.addresses.narrowing import STATES, Narrowing, narrowed
from webui.addresses.parameters import ORDERS, PLACES, SearchParams

texts = st.text(max_size=12)
value_lists = st.lists(texts.filter(bool), max_size=3, unique=True).map(tuple)
months = st.sampled_from(["2024-12", "0099-01", "2025-06"])
days = st.none() | months.map(Day.read)
facets = st.one_of(
    st.tuples(st.sampled_from(["category", "author", "commenter"]), texts),
    st.tuples(st.just("month"), months),
    st.tuples(st.just("decade"), st.sampled_from(["1990-1999", "0001-0009"])),
    st.tuples(st.just("day"), st.sampled_from(["2024-02-29", "0099-01-01"])),
    st.tuples(st.just("state"), st.sampled_from(sorted(STATES))),
)


@given(
    st.builds(
        SearchParams,
        q=texts,
        where=st.sampled_from(PLACES),
        category=value_lists,
        author=value_lists,
        commenter=value_lists,
        since=days,
        until=days,
        sort=st.none() | st.sampled_from(ORDERS),
        page=st.integers(1, 3),
        size=st.sampled_from([10, 20]),
        group=st.sampled_from(["article", "none"]),
    ),
    st.sampled_from(["", "/glose"]),
    st.lists(facets, min_size=1, max_size=4),
)
def test_a_narrowed_question_has_the_address_that_writing_it_gives(
    params: SearchParams, root: str, values: list[tuple[str, str]]
) -> None:
    narrowing = Narrowing(params, Links(root))
    for facet, value in values:
        assert narrowing.address(facet, value) == Links(root).search(narrowed(params, facet, value))
