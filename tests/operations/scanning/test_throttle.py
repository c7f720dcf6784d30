from __future__ import annotations

import threading

import pytest

from operations.scanning.throttle import Clock, Throttle


class Passing:
    """Time that passes only where something waits for it or takes it."""

    def __init__(self) -> None:
        self.at = 100.0
        self.clock = Clock(lambda: self.at, self.pass_)

    def pass_(self, seconds: float) -> None:
        assert seconds > 0
        self.at += seconds


def answers(throttle: Throttle, time: Passing, count: int, seconds: float) -> None:
    for _ in range(count):
        with throttle.turn():
            time.at += seconds


@pytest.fixture
def time() -> Passing:
    return Passing()


@pytest.fixture
def practised(time):
    """A throttle that has learnt that answers take a tenth of a second."""
    throttle = Throttle(8, clock=time.clock)
    answers(throttle, time, 3001, 0.1)  # three hundred seconds from the first answer on
    return throttle


def test_no_more_are_begun_in_a_second_than_may_be(time):
    throttle = Throttle(4, a_second=10, clock=time.clock)
    answers(throttle, time, 110, 0.0)
    assert time.at - 100 == pytest.approx(10.0, abs=0.2)


def test_a_quiet_hour_is_not_made_up_for_at_once(time):
    throttle = Throttle(4, a_second=10, clock=time.clock)
    time.at += 3600
    began = time.at
    answers(throttle, time, 30, 0.0)
    assert time.at - began == pytest.approx(2.0, abs=0.2)


def test_without_a_rate_nothing_waits(time):
    answers(Throttle(4, clock=time.clock), time, 1000, 0.0)
    assert time.at == 100


def test_a_server_that_slows_down_gets_half_as_many_requests_and_slowly_more_again(practised, time):
    answers(practised, time, 40, 0.25)
    assert practised.at_once == 4
    answers(practised, time, 40, 0.25)
    assert practised.at_once == 2
    answers(practised, time, 40, 0.1)
    assert practised.at_once == 3
    answers(practised, time, 40 * 20, 0.1)
    assert practised.at_once == 8


def test_a_server_that_struggles_gets_a_rest(practised, time):
    answers(practised, time, 40, 0.6)
    before = time.at
    answers(practised, time, 1, 0.0)
    assert time.at - before == 30


def test_reading_after_a_long_listing_is_not_thought_to_be_slow(practised, time):
    for _ in range(400):
        with practised.turn("another kind"):
            time.at += 2.0
    assert practised.at_once == 8
    assert time.at == pytest.approx(100 + 3001 * 0.1 + 400 * 2)


def test_a_server_that_is_always_slow_is_not_thought_to_slow_down(time):
    throttle = Throttle(8, clock=time.clock)
    answers(throttle, time, 400, 2.0)
    assert throttle.at_once == 8


def test_a_server_without_room_gets_a_rest_and_one_request_at_a_time(practised, time):
    practised.refused()
    assert practised.at_once == 1
    before = time.at
    answers(practised, time, 1, 0.0)
    assert time.at - before == 30


def test_no_more_turns_are_taken_at_once_than_may_be():
    throttle, inside, most = Throttle(3), threading.Semaphore(3), []

    def work():
        for _ in range(50):
            with throttle.turn():
                most.append(inside.acquire(blocking=False))
                inside.release()

    threads = [threading.Thread(target=work) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(most) == 600
    assert all(most)


def test_a_turn_that_fails_is_given_back():
    throttle = Throttle(1)
    for _ in range(3):
        with pytest.raises(OSError, match="lost"), throttle.turn():
            raise OSError("lost")
