import threading
import time

from nnlib.live.worker import Worker


def test_the_newest_job_wins_and_the_last_is_always_done():
    done, gate = [], threading.Event()

    def work(job, ticket):
        gate.wait(5)
        done.append(job)

    worker = Worker(work)
    for job in range(1, 101):
        worker.submit(job)
    gate.set()
    assert worker.wait(5)
    assert done[-1] == 100
    assert len(done) <= 2 and worker.dropped == 100 - len(done)


def test_no_thread_is_left_at_rest():
    worker = Worker(lambda job, ticket: None)
    for job in range(1, 20):
        worker.submit(job)
        assert worker.wait(5)
    time.sleep(0.05)
    assert not [t for t in threading.enumerate() if t.name == "nnlib-live"]


def test_a_stopped_job_knows_it_and_the_next_job_runs_beside_it():
    seen, gate = [], threading.Event()

    def work(job, ticket):
        if job == "endless":
            gate.wait(5)
        seen.append((job, ticket.stopped))

    worker = Worker(work)
    worker.submit("endless")
    time.sleep(0.05)
    assert worker.stop() and not worker.busy
    worker.submit("next")
    assert worker.wait(5)
    gate.set()
    time.sleep(0.05)
    assert sorted(seen) == [("endless", True), ("next", False)]


def test_a_running_job_sees_that_it_is_superseded():
    seen, gate = [], threading.Event()

    def work(job, ticket):
        if job == 1:
            gate.wait(5)
        seen.append((job, ticket.superseded))

    worker = Worker(work)
    worker.submit(1)
    time.sleep(0.05)
    worker.submit(2)
    gate.set()
    assert worker.wait(5)
    assert seen == [(1, True), (2, False)]
