import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnlib.live.outbox import Outbox


def outbox(**options):
    sent = []
    return Outbox(lambda number, frame: sent.append((number, frame)), **options), sent


def test_at_most_two_frames_are_under_way_and_the_newest_follows():
    box, sent = outbox()
    for frame in "abcdef":
        box.offer(frame)
    assert sent == [(1, "a"), (2, "b")] and box.replaced == 3
    box.acknowledge(1)
    assert sent[-1] == (3, "f")


def test_an_acknowledgement_covers_older_frames():
    box, sent = outbox()
    for frame in "abc":
        box.offer(frame)
    box.acknowledge(2)
    box.offer("d")
    assert [f for _, f in sent] == ["a", "b", "c", "d"]


def test_a_silent_view_blocks_nothing():
    box, sent = outbox(patience=0.0)
    for frame in range(10):
        box.offer(frame)
    assert [f for _, f in sent] == list(range(10))


def test_a_new_view_gets_what_waited():
    box, sent = outbox()
    for frame in "abc":
        box.offer(frame)
    box.restart()
    assert sent[-1] == (3, "c")


def test_waiting_for_room_ends():
    box, _ = outbox(patience=60)
    box.offer("a"), box.offer("b")
    assert not box.wait_for_room(0.01)
    box.acknowledge(1)
    assert box.wait_for_room(0.01)


@pytest.mark.parametrize("room", [1, 2, 3])
@given(events=st.lists(st.one_of(st.just("offer"), st.integers(0, 40)), max_size=60))
def test_whatever_the_order_of_acknowledgements(room, events):
    """Late, doubled, unknown and out-of-order acknowledgements: never more than `room` under way, nothing lost."""
    box, sent = outbox(room=room, patience=60)
    offered, acknowledged = 0, 0
    for event in events:
        if event == "offer":
            offered += 1
            box.offer(offered)
        else:
            box.acknowledge(event)
            acknowledged = max(acknowledged, event)
        assert len(box._in_flight) <= room
    box.acknowledge(10**6)
    assert not offered or sent[-1][1] == offered
    assert [n for n, _ in sent] == list(range(1, len(sent) + 1))
