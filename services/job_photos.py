"""Photos of what was found: taken before the job is proposed and kept with the person's draft, then shown with the job."""

from collections import defaultdict
from collections.abc import Collection

from sqlmodel import col, select

from db.models import Attachment, OrderJob, WorkOrder
from services import drafts
from services import permissions as may
from services.extra_work import MOST_PHOTOS, TooManyPhotos
from services.files import put, read
from services.photos import Photo, prepare_photo
from services.work import Work

_ALLOWED = (*may.REPAIRS, *may.RECEIVES)
_PHOTOS = "photos"


def stage(work: Work, order_id: int, data: bytes) -> str:
    """Keep a photo for the job the acting person is about to propose; its SHA-256. The same one is kept once.

    Refuses with TooManyPhotos, and like `photos.prepare_photo`.
    """
    work.needs(*_ALLOWED)
    work.get(WorkOrder, order_id)
    before = staged(work, order_id)
    if len(before) >= MOST_PHOTOS:
        raise TooManyPhotos(most=MOST_PHOTOS)
    sha = put(work.ws.data_dir, prepare_photo(data))
    drafts.keep(work, _kind(order_id), {_PHOTOS: list(dict.fromkeys([*before, sha]))})
    return sha


def staged(work: Work, order_id: int) -> list[str]:
    """The photos kept so far, by SHA-256, in the order they were taken."""
    kept = drafts.take(work, _kind(order_id)).get(_PHOTOS, [])
    return [str(sha) for sha in kept]


def unstage(work: Work, order_id: int, sha: str) -> None:
    """Throw one away again."""
    left = [one for one in staged(work, order_id) if one != sha]
    drafts.keep(work, _kind(order_id), {_PHOTOS: left} if left else {})


def take_staged(work: Work, order_id: int) -> list[Photo]:
    """The pictures themselves, for the job that is proposed now; the next one begins with none."""
    found = [Photo(read(work.ws.data_dir, sha)) for sha in staged(work, order_id)]
    drafts.finish(work, _kind(order_id))
    return found


def photos_of(work: Work, job_ids: Collection[int]) -> dict[int, list[Attachment]]:
    """The photos of jobs, by job, the oldest first. One query, none without jobs."""
    found: dict[int, list[Attachment]] = defaultdict(list)
    mine = (Attachment.subject == OrderJob.__tablename__, Attachment.kind == "photo")
    if job_ids:
        query = select(Attachment).where(*mine, col(Attachment.subject_id).in_(list(job_ids)))
        for row in work.db.exec(query.order_by(col(Attachment.id))):
            found[row.subject_id or 0].append(row)
    return found


def _kind(order_id: int) -> str:
    return f"extra:{order_id}"
