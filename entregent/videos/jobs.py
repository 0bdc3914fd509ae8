"""What videos do later."""

from entregent.ports.jobs import Handlers
from entregent.ports.ports import Ports

from . import actions
from .jobnames import TellAuthor

handlers = Handlers()


@handlers.handle(TellAuthor)
async def tell_the_author(ports: Ports, job: TellAuthor) -> None:
    """Tells how a video is doing, once for many who looked."""
    await ports.db.write(actions.tell_author, (job.author_id, job.video_id))
