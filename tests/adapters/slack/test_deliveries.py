from adapters.slack.deliveries import Deliveries


def test_a_delivery_is_first_once_and_again_after_a_failure():
    deliveries = Deliveries()
    for expected in (True, False):
        with deliveries.first("T1/C1/1.2") as first:
            assert first is expected
    try:
        with deliveries.first("T1/C1/1.3"):
            raise ConnectionError
    except ConnectionError:
        pass
    with deliveries.first("T1/C1/1.3") as first:
        assert first
