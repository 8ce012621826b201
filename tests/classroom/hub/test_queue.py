"""Who starts and who waits, without a hub."""

import asyncio

from classroom.hub.queue import Queue


async def take_turns(queue, logins, ends):
    """Everybody comes; who starts stays until `ends` has the login."""
    began = []

    async def come(login):
        async with queue.turn(login):
            began.append(login)
            await ends[login].wait()

    tasks = {login: asyncio.create_task(come(login)) for login in logins}
    await asyncio.sleep(0)
    return began, tasks


async def settle():
    for _ in range(5):
        await asyncio.sleep(0)


def test_turns_come_in_the_order_of_coming_and_everybody_knows_the_place():
    async def run():
        queue, logins = Queue(2), ["a", "b", "c", "d", "e"]
        queue.seconds = 10
        ends = {login: asyncio.Event() for login in logins}
        began, tasks = await take_turns(queue, logins, ends)

        assert began == ["a", "b"]
        places = [queue.place(login) for login in logins]
        assert [one.before for one in places] == [None, None, 0, 1, 2]
        assert [one.seconds for one in places] == [10, 10, 20, 20, 30]
        assert {one.starting for one in places} == {2}

        tasks["c"].cancel()  # who gives up makes room for those behind
        ends["b"].set()
        await settle()
        assert began == ["a", "b", "d"]
        assert queue.place("e").before == 0
        assert queue.seconds < 10  # as long as the last one took
        assert queue.place("b").before is None  # it is about to be there

        queue.end()
        await settle()
        assert all(tasks[login].cancelled() for login in "acde")
        assert began == ["a", "b", "d"]

    asyncio.run(run())


def test_a_start_that_fails_makes_room():
    async def run():
        queue = Queue(1)
        try:
            async with queue.turn("a"):
                raise OSError
        except OSError:
            pass
        async with asyncio.timeout(5), queue.turn("b"):
            assert queue.place("b").starting == 1

    asyncio.run(run())
