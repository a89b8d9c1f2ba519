"""What is wrong with the address of a cluster, and what of it is never shown?"""

from __future__ import annotations

import pytest

from index import engines
from index.engines import IndexUnavailable
from index.engines.opensearch.address import parse

HOSTS = (("h", 9200),)


@pytest.mark.parametrize(
    ("location", "prefix", "name"),
    [
        ("opensearch://h/presse/", "", "presse"),
        ("opensearch://h//presse", "", "presse"),
        ("opensearch://h/outils/recherche/presse/", "outils/recherche", "presse"),
        ("opensearch://h/presse?", "", "presse"),
        ("opensearch://h:9200/presse", "", "presse"),
    ],
)
def test_what_an_address_may_be(location: str, prefix: str, name: str) -> None:
    address = parse(location, {})
    assert (address.hosts, address.prefix, address.name) == (HOSTS, prefix, name)


def test_hosts_may_be_parted_by_a_space() -> None:
    assert parse("opensearch://n1, n2:9201/presse", {}).hosts == (("n1", 9200), ("n2", 9201))


@pytest.mark.parametrize(
    ("location", "sentence"),
    [
        ("opensearch://h/presse#x", "n’a pas de « # »"),
        ("opensearch://h/presse?shards=3#x", "n’a pas de « # »"),
        ("opensearch://h/presse?shards=3&shards=5", "« shards » est donné deux fois"),
        ("opensearch://h/presse?SHARDS=3", "« SHARDS » : les réglages sont shards, replicas"),
        ("opensearch://h/presse?shards=trois", "« shards=trois » : il y faut un nombre"),
        ("opensearch://h/presse?shards=0", "de 1 à 10000"),
        ("opensearch://h/presse?timeout=0", "de 0.1 à 10000"),
        ("opensearch://h/presse?timeout=nan", "de 0.1 à 10000"),
        ("opensearch://h:0/presse", "il faut un hôte"),
        ("opensearch://[::1/presse", "il faut un hôte"),
        ("opensearch://h,/presse", "il faut un hôte"),
    ],
)
def test_what_an_address_may_not_be(location: str, sentence: str) -> None:
    with pytest.raises(IndexUnavailable, match=sentence):
        parse(location, {})


@pytest.mark.parametrize(
    "location",
    [
        "opensearch://moi:sesame@h/presse",
        # another fault beside, or a password that ends the host
        "opensearch://moi:sesame@h/Presse",
        "opensearch://moi:ses/ame@h:9200/presse",
        "opensearch://moi:ses?ame@h/presse",
        "opensearch://moi:sesame＠h/presse",
        # where other programs take one
        "opensearchs://h/presse?password=sesame",
        "opensearch://h/Presse?password=sesame",
        "opensearch:moi:sesame@h/presse",
        "opensearch+https://moi:ses#ame@h/presse",
        "opensearch://moi:s@e@same@h/presse",
        "opensearch://h/presse?user=moi&password=sesame",
        "opensearch://h/presse?token=sesame&shards=3",
        # no address of ours
        "https://moi:sesame@h:9200/presse",
        "OPENSEARCH://moi:ses/ame@h/presse",
    ],
)
def test_a_password_in_an_address_is_never_shown(location: str) -> None:
    with pytest.raises(IndexUnavailable) as refused:
        engines.open(location)
    assert "ame" not in str(refused.value)
    assert "ses" not in str(refused.value)
