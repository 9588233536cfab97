"""Memory goes back to the system after every compilation, and now and then while a piece is moved."""

from types import SimpleNamespace

from nnlib.live import Note, live, memory, slider


def test_it_is_given_back_now_and_then(monkeypatch):
    given, clock = [], SimpleNamespace(now=100.0)
    monkeypatch.setattr(memory, "_libc", SimpleNamespace(malloc_trim=given.append))
    monkeypatch.setattr(memory, "_given", 0.0)
    monkeypatch.setattr(memory, "time", SimpleNamespace(monotonic=lambda: clock.now))
    memory.give_back(5.0)
    memory.give_back(5.0)
    assert len(given) == 1
    clock.now += 5.0
    memory.give_back(5.0)
    memory.give_back()  # what has compiled does not wait
    assert len(given) == 3


def test_a_moved_piece_gives_back_seldom(monkeypatch):
    given = []
    monkeypatch.setattr(memory, "_libc", SimpleNamespace(malloc_trim=given.append))
    monkeypatch.setattr(memory, "_given", 0.0)
    monkeypatch.setattr(memory, "time", SimpleNamespace(monotonic=lambda: 100.0))

    @live(a=slider(0, 100, 1))
    def piece(a):
        return Note(f"{a}")

    for a in range(50):
        piece.set(a=a)
    assert len(given) == 1 and not piece.error and piece.stats["computations"] >= 50
