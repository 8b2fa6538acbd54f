"""One claim: who is asked for what, the step that is next, what the workshop found, photos, old parts, money, papers."""

from decimal import Decimal
from functools import partial

import streamlit as st

from db.enums_money import ClaimStatus
from services.addresses import claim_path
from services.claim_fields import photograph
from services.claim_file import ClaimFile, claim_file
from services.claim_moves import CLAIMS
from services.claim_paper import claim_sheet_pdf
from services.i18n import N_
from services.old_part_list import places
from services.old_parts import FLUID, claimed
from services.refusals import NotFound
from ui.act import notices
from ui.addresses import address
from ui.extra_photos import SMALL, job_photos
from ui.here import asked, look, person, show_record, zone
from ui.here import here as at
from ui.history import history
from ui.insurer_claim import accident
from ui.old_part_rows import old_part_rows, put_aside
from ui.papers import in_languages
from ui.payer_claim_fields import PLACE
from ui.payer_claim_steps import next_step
from ui.payer_claim_words import stands
from ui.photos import photo, photo_input
from ui.sums import money
from ui.text import Safe, badge, joined, md, t
from ui.when import moment


def claim_record() -> None:
    """Draw the claim asked for by `?claim=` and stop the page; does nothing when none is asked for."""
    key = asked("claim")
    if key is None:
        return
    try:
        with look() as work:
            file, currency = claim_file(work, key), work.garage.currency
            wanted, known = claimed(work, file.old_parts), places(work)
    except NotFound:
        st.warning(
            t("There is no claim with this number. It may have been typed wrongly."), icon=":material/search_off:"
        )
        st.button(t("Back"), icon=":material/arrow_back:", on_click=show_record, args=("claim", None), key="back")
        st.stop()
    _header(file, currency)
    notices(PLACE)
    left, right = st.columns([3, 2], gap="medium")
    with left:
        next_step(file.facts, currency)
        _found(file)
        _photos(file)
    with right:
        _sums(file, currency)
        _old_parts(file, wanted, known)
        _papers(file)
        _others(file, currency)
        history(file.claim)
    st.stop()


def _header(file: ClaimFile, currency: str) -> None:
    claim = file.claim
    top = st.container(horizontal=True, vertical_alignment="center", gap="small")
    top.button(t("Back"), icon=":material/arrow_back:", on_click=show_record, args=("claim", None), key="back")
    top.markdown(f"## {md(file.car.plate)}", width="content")
    top.markdown(f"#### {md(claim.title)}", width="content")
    top.markdown(stands(file.facts, currency), width="content")
    who = joined(t(claim.payer.label), md(claim.payer_name), by=": ") if claim.payer_name else t(claim.payer.label)
    car = md(f"{file.car.make} {file.car.model}")
    st.caption(joined(md(claim.number), who, md(claim.reference), car, md(file.customer.name), md(file.order.number)))


def _found(file: ClaimFile) -> None:
    """What the claim says once it was handed in, and what the workshop wrote of the job."""
    claim, job = file.claim, file.job
    if claim.status != ClaimStatus.OPEN:
        accident(file.facts)
        _said(t("What failed"), claim.failure)
        _said(t("Cause"), claim.cause)
        _said(t("Part number"), claim.part_code)
        _said(t("Odometer"), f"{claim.odometer_km:,} km" if claim.odometer_km is not None else "")
        _said(t("The payer's words"), claim.reason)
    _said(t("Correction"), job.correction if job else "")
    st.button(
        t("Work order"), icon=":material/open_in_full:", key="claim_order", on_click=_to_order, args=(file.order.id,)
    )


def _said(label: Safe, words: str) -> None:
    if words:
        st.markdown(joined(Safe(f"**{label}**"), md(words), by=": "))


def _to_order(order_id: int) -> None:
    show_record("claim", None)
    show_record("order", order_id)


def _photos(file: ClaimFile) -> None:
    """The claim's own photos and those of the job; taken as long as it was not handed in."""
    key, edit = file.claim.id, CLAIMS.move("edit")
    if file.claim.status in edit.before and person().has(*edit.roles):
        photo_input(f"claim_{key}", lambda work, data: photograph(work, key, data), N_("Photos"), several=True)
    row = st.container(horizontal=True, gap="small", key=f"claim_photos_{key}")
    for one in file.photos:
        with row.container(width=SMALL):
            photo(one, N_("Photo of the claim"), SMALL)
    job_photos(file.job_photos)
    if not file.photos and not file.job_photos and file.claim.status in edit.before:
        st.markdown(badge("orange", "photo_camera", t("no photo yet")))


def _sums(file: ClaimFile, currency: str) -> None:
    claim = file.claim
    facts = file.facts
    with st.grid(2, min_column_width=150, gap="small"):
        _metric(t("Claimed"), claim.asked, currency)
        if claim.approved is not None:
            _metric(t("Approved"), claim.approved, currency)
        if file.receipts:
            _metric(t("Came in"), facts.received, currency)
        if facts.due:
            _metric(t("Still to come"), facts.due, currency)
        if facts.lost:
            _metric(t("Cut or rejected"), facts.lost, currency)
    for receipt in file.receipts:
        when = moment(receipt.at, at().clock(), zone())
        st.caption(joined(when, money(receipt.amount, currency), md(receipt.reference)))


def _metric(label: Safe, amount: Decimal, currency: str) -> None:
    st.metric(label, money(amount, currency), border=True)


def _old_parts(file: ClaimFile, wanted: set[int], known: list[str]) -> None:
    if file.old_parts:
        old_part_rows(file.old_parts, wanted, known, PLACE)
    elif file.line is not None and file.claim.part_code and file.line.unit not in FLUID:
        put_aside(file.order.id, [file.line], known, PLACE)


def _papers(file: ClaimFile) -> None:
    claim = file.claim
    row = st.container(horizontal=True, gap="small", key="claim_sheet")
    with row:
        make = partial(claim_sheet_pdf, claim_id=claim.id, code=address(claim_path(claim.id)))
        in_languages(t("Claim sheet"), make, claim.number)


def _others(file: ClaimFile, currency: str) -> None:
    """The other claims of the same visit, one tap away: they are written up together."""
    if file.others:
        st.markdown(Safe(f"**{t('Of the same visit')}**"))
    for one in file.others:
        with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"other_{one.id}"):
            mark = badge(one.status.color, one.status.icon, t(one.status.label))
            st.markdown(joined(joined(md(one.title), money(one.asked, currency)), mark, by=" "), width="stretch")
            st.button(":material/open_in_full:", key=f"other_claim_{one.id}", help=t("Open"), on_click=show_record,
                      args=("claim", one.id))  # fmt: skip
