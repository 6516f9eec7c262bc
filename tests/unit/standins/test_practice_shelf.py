"""Things that the practice provider remembers for a while."""

import threading

import pytest

from mahis.standins.openid.shelf import Shelf


class Clock:
    seconds = 0.0

    def __call__(self):
        return self.seconds


@pytest.fixture
def clock():
    return Clock()


def test_a_thing_ends_by_itself(clock):
    shelf = Shelf[int](seconds=10, now=clock)
    shelf.put("one", 1)
    clock.seconds = 9.9
    assert shelf.get("one") == 1
    clock.seconds = 10
    assert shelf.get("one") is None
    assert shelf.take("one") is None


def test_a_thing_may_have_an_end_of_its_own(clock):
    shelf = Shelf[int](seconds=10, now=clock)
    shelf.put("one", 1, seconds=20)
    clock.seconds = 15
    assert shelf.get("one") == 1


def test_only_the_first_of_a_name_is_put_first(clock):
    shelf = Shelf[int](seconds=10, now=clock)
    assert shelf.put_first("one", 1)
    assert not shelf.put_first("one", 2)
    clock.seconds = 10
    assert shelf.put_first("one", 3)
    assert shelf.get("one") == 3


def test_the_ended_and_then_the_oldest_make_room(clock):
    shelf = Shelf[int](seconds=10, now=clock, most=2)
    shelf.put("brief", 0, seconds=1)
    shelf.put("old", 1)
    clock.seconds = 2
    shelf.put("new", 2)
    assert shelf.get("old") == 1
    shelf.put("newest", 3)
    assert (shelf.get("old"), shelf.get("new"), shelf.get("newest")) == (None, 2, 3)


def test_only_one_of_many_takers_gets_a_thing(clock):
    shelf = Shelf[int](seconds=10, now=clock)
    shelf.put("one", 1)
    taken = []
    takers = [threading.Thread(target=lambda: taken.append(shelf.take("one"))) for _ in range(20)]
    for taker in takers:
        taker.start()
    for taker in takers:
        taker.join()
    assert sorted(taken, key=str) == [1] + [None] * 19
