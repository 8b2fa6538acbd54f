"""First schema

Revision ID: 0001
Revises:
"""

import sqlalchemy as sa
from alembic import op

from db.ddl import rules

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "bay",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("kind", sa.String(30), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bay")),
    )
    op.create_table(
        "closing_day",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(120), nullable=False),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_closing_day")),
    )
    op.create_table(
        "customer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("name_keys", sa.String(300), nullable=False),
        sa.Column("phone", sa.String(20), nullable=True),
        sa.Column("email", sa.String(200), nullable=True),
        sa.Column("language", sa.String(10), nullable=True),
        sa.Column("note", sa.String(2000), nullable=False),
        sa.Column("incomplete", sa.Boolean(), nullable=False),
        sa.Column("call_when", sa.String(120), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_customer")),
    )
    with op.batch_alter_table("customer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_customer_name"), ["name"], unique=False)
        batch_op.create_index(batch_op.f("ix_customer_phone"), ["phone"], unique=False)

    op.create_table(
        "garage",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("address", sa.String(300), nullable=False),
        sa.Column("phone", sa.String(40), nullable=False),
        sa.Column("country", sa.String(2), nullable=False),
        sa.Column("zone", sa.String(60), nullable=False),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.Column("language", sa.String(10), nullable=False),
        sa.Column("tax_percent", sa.BigInteger(), nullable=False),
        sa.Column("tax_included", sa.Boolean(), nullable=False),
        sa.Column("labour_rate", sa.BigInteger(), nullable=False),
        sa.Column("book_days_ahead", sa.Integer(), nullable=False),
        sa.Column("same_day_booking", sa.Boolean(), nullable=False),
        sa.Column("grace_minutes", sa.Integer(), nullable=False),
        sa.Column("greeting_seconds", sa.Integer(), nullable=False),
        sa.Column("follow_up_days", sa.Integer(), nullable=False),
        sa.Column("own_work_checks", sa.Boolean(), nullable=False),
        sa.Column("demo", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_garage")),
    )
    op.create_table(
        "job",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(30), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("group", sa.String(60), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("price", sa.BigInteger(), nullable=False),
        sa.Column("bay_kind", sa.String(30), nullable=False),
        sa.Column("skill", sa.String(30), nullable=False),
        sa.Column("interval_km", sa.Integer(), nullable=True),
        sa.Column("interval_months", sa.Integer(), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job")),
        sa.UniqueConstraint("code", name=op.f("uq_job_code")),
    )
    op.create_table(
        "number_series",
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("period", sa.String(10), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "period", name=op.f("pk_number_series")),
    )
    op.create_table(
        "once",
        sa.Column("token", sa.String(64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("token", name=op.f("pk_once")),
    )
    op.create_table(
        "opening_hours",
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.Column("opens", sa.Integer(), nullable=False),
        sa.Column("closes", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("weekday", name=op.f("pk_opening_hours")),
    )
    op.create_table(
        "part",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(40), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("brand", sa.String(60), nullable=False),
        sa.Column("unit", sa.String(20), nullable=False),
        sa.Column("price", sa.BigInteger(), nullable=False),
        sa.Column("cost", sa.BigInteger(), nullable=False),
        sa.Column("place", sa.String(40), nullable=False),
        sa.Column("minimum", sa.BigInteger(), nullable=False),
        sa.Column("on_hand", sa.BigInteger(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_part")),
        sa.UniqueConstraint("code", name=op.f("uq_part_code")),
    )
    op.create_table(
        "staff",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("pin_hash", sa.String(200), nullable=False),
        sa.Column("language", sa.String(10), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("wrong_pins", sa.Integer(), nullable=False),
        sa.Column("locked_until", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff")),
    )
    op.create_table(
        "absence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.String(120), nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_absence_staff_id_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_absence")),
    )
    with op.batch_alter_table("absence", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_absence_ends_at"), ["ends_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_absence_staff_id"), ["staff_id"], unique=False)

    op.create_table(
        "attachment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("media_type", sa.String(40), nullable=False),
        sa.Column("kind", sa.String(30), nullable=False),
        sa.Column("subject", sa.String(30), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=True),
        sa.Column("strokes", sa.JSON(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["staff.id"], name=op.f("fk_attachment_by_id_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachment")),
    )
    with op.batch_alter_table("attachment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_attachment_sha256"), ["sha256"], unique=False)
        batch_op.create_index("ix_attachment_subject", ["subject", "subject_id"], unique=False)

    op.create_table(
        "contact_consent",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(30), nullable=False),
        sa.Column("allowed", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["staff.id"], name=op.f("fk_contact_consent_by_id_staff")),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.id"], name=op.f("fk_contact_consent_customer_id_customer")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_consent")),
    )
    with op.batch_alter_table("contact_consent", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_contact_consent_by_id"), ["by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_contact_consent_customer_id"), ["customer_id"], unique=False)

    op.create_table(
        "event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(30), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("action", sa.String(40), nullable=False),
        sa.Column("before", sa.String(60), nullable=False),
        sa.Column("after", sa.String(60), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["staff.id"], name=op.f("fk_event_by_id_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
    )
    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_event_at"), ["at"], unique=False)
        batch_op.create_index("ix_event_subject", ["subject", "subject_id"], unique=False)

    op.create_table(
        "job_part",
        sa.Column("job_id", sa.Integer(), nullable=False),
        sa.Column("part_id", sa.Integer(), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["job_id"], ["job.id"], name=op.f("fk_job_part_job_id_job")),
        sa.ForeignKeyConstraint(["part_id"], ["part.id"], name=op.f("fk_job_part_part_id_part")),
        sa.PrimaryKeyConstraint("job_id", "part_id", name=op.f("pk_job_part")),
    )
    op.create_table(
        "message",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(30), nullable=False),
        sa.Column("address", sa.String(200), nullable=False),
        sa.Column("text", sa.String(2000), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("subject", sa.String(30), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(30), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("error", sa.String(500), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.id"], name=op.f("fk_message_customer_id_customer")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message")),
    )
    with op.batch_alter_table("message", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_message_customer_id"), ["customer_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_message_due_at"), ["due_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_message_state"), ["state"], unique=False)

    op.create_table(
        "shift",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.Column("starts", sa.Integer(), nullable=False),
        sa.Column("ends", sa.Integer(), nullable=False),
        sa.Column("break_starts", sa.Integer(), nullable=True),
        sa.Column("break_ends", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_shift_staff_id_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shift")),
    )
    with op.batch_alter_table("shift", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_shift_staff_id"), ["staff_id"], unique=False)

    op.create_table(
        "sign_in_session",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sandbox", sa.String(40), nullable=True),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_sign_in_session_staff_id_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_session")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_sign_in_session_token_hash")),
    )
    with op.batch_alter_table("sign_in_session", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sign_in_session_staff_id"), ["staff_id"], unique=False)

    op.create_table(
        "staff_role",
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(30), nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_staff_role_staff_id_staff")),
        sa.PrimaryKeyConstraint("staff_id", "role", name=op.f("pk_staff_role")),
    )
    op.create_table(
        "staff_skill",
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("skill", sa.String(30), nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_staff_skill_staff_id_staff")),
        sa.PrimaryKeyConstraint("staff_id", "skill", name=op.f("pk_staff_skill")),
    )
    op.create_table(
        "vehicle",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("plate", sa.String(20), nullable=False),
        sa.Column("plate_key", sa.String(20), nullable=True),
        sa.Column("vin", sa.String(17), nullable=True),
        sa.Column("make", sa.String(60), nullable=False),
        sa.Column("model", sa.String(80), nullable=False),
        sa.Column("first_registered", sa.Date(), nullable=True),
        sa.Column("odometer_km", sa.Integer(), nullable=True),
        sa.Column("odometer_on", sa.Date(), nullable=True),
        sa.Column("last_service_on", sa.Date(), nullable=True),
        sa.Column("next_service_on", sa.Date(), nullable=True),
        sa.Column("next_service_km", sa.Integer(), nullable=True),
        sa.Column("warranty_until", sa.Date(), nullable=True),
        sa.Column("note", sa.String(2000), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.id"], name=op.f("fk_vehicle_customer_id_customer")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vehicle")),
        sa.UniqueConstraint("plate_key", name=op.f("uq_vehicle_plate_key")),
    )
    with op.batch_alter_table("vehicle", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_vehicle_customer_id"), ["customer_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_vehicle_vin"), ["vin"], unique=False)

    op.create_table(
        "appointment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(20), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("vehicle_id", sa.Integer(), nullable=False),
        sa.Column("advisor_id", sa.Integer(), nullable=True),
        sa.Column("status", sa.String(30), nullable=False),
        sa.Column("channel", sa.String(30), nullable=False),
        sa.Column("garage_called", sa.Boolean(), nullable=False),
        sa.Column("concern", sa.String(2000), nullable=False),
        sa.Column("clarification", sa.String(2000), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("price", sa.BigInteger(), nullable=False),
        sa.Column("waits", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(300), nullable=False),
        sa.Column("unmet_reason", sa.String(30), nullable=True),
        sa.Column("override_reason", sa.String(300), nullable=False),
        sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["advisor_id"], ["staff.id"], name=op.f("fk_appointment_advisor_id_staff")),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.id"], name=op.f("fk_appointment_customer_id_customer")),
        sa.ForeignKeyConstraint(["vehicle_id"], ["vehicle.id"], name=op.f("fk_appointment_vehicle_id_vehicle")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appointment")),
        sa.UniqueConstraint("number", name=op.f("uq_appointment_number")),
    )
    with op.batch_alter_table("appointment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_appointment_customer_id"), ["customer_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_appointment_starts_at"), ["starts_at"], unique=False)
        batch_op.create_index("ix_appointment_status_starts", ["status", "starts_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_appointment_vehicle_id"), ["vehicle_id"], unique=False)

    op.create_table(
        "appointment_job",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("appointment_id", sa.Integer(), nullable=False),
        sa.Column("job_id", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("price", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["appointment_id"], ["appointment.id"], name=op.f("fk_appointment_job_appointment_id_appointment")
        ),
        sa.ForeignKeyConstraint(["job_id"], ["job.id"], name=op.f("fk_appointment_job_job_id_job")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appointment_job")),
    )
    with op.batch_alter_table("appointment_job", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_appointment_job_appointment_id"), ["appointment_id"], unique=False)

    op.create_table(
        "work_order",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(20), nullable=False),
        sa.Column("appointment_id", sa.Integer(), nullable=True),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("vehicle_id", sa.Integer(), nullable=False),
        sa.Column("advisor_id", sa.Integer(), nullable=True),
        sa.Column("status", sa.String(30), nullable=False),
        sa.Column("concern", sa.String(2000), nullable=False),
        sa.Column("arrived_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("greeted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("promised_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("waits", sa.Boolean(), nullable=False),
        sa.Column("wash", sa.Boolean(), nullable=False),
        sa.Column("old_parts", sa.Boolean(), nullable=False),
        sa.Column("payment_method", sa.String(30), nullable=True),
        sa.Column("key_tag", sa.String(20), nullable=False),
        sa.Column("place", sa.String(60), nullable=False),
        sa.Column("technician_id", sa.Integer(), nullable=True),
        sa.Column("bay_id", sa.Integer(), nullable=True),
        sa.Column("hold_reason", sa.String(30), nullable=True),
        sa.Column("rework_count", sa.Integer(), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("pick_up_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("delivered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("credit_by_id", sa.Integer(), nullable=True),
        sa.Column("credit_reason", sa.String(300), nullable=False),
        sa.Column("advice", sa.String(2000), nullable=False),
        sa.Column("reason", sa.String(300), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["advisor_id"], ["staff.id"], name=op.f("fk_work_order_advisor_id_staff")),
        sa.ForeignKeyConstraint(
            ["appointment_id"], ["appointment.id"], name=op.f("fk_work_order_appointment_id_appointment")
        ),
        sa.ForeignKeyConstraint(["bay_id"], ["bay.id"], name=op.f("fk_work_order_bay_id_bay")),
        sa.ForeignKeyConstraint(["credit_by_id"], ["staff.id"], name=op.f("fk_work_order_credit_by_id_staff")),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.id"], name=op.f("fk_work_order_customer_id_customer")),
        sa.ForeignKeyConstraint(["technician_id"], ["staff.id"], name=op.f("fk_work_order_technician_id_staff")),
        sa.ForeignKeyConstraint(["vehicle_id"], ["vehicle.id"], name=op.f("fk_work_order_vehicle_id_vehicle")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_work_order")),
        sa.UniqueConstraint("number", name=op.f("uq_work_order_number")),
    )
    with op.batch_alter_table("work_order", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_work_order_appointment_id"), ["appointment_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_work_order_arrived_at"), ["arrived_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_work_order_customer_id"), ["customer_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_work_order_delivered_at"), ["delivered_at"], unique=False)
        batch_op.create_index("ix_work_order_status_promised", ["status", "promised_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_work_order_technician_id"), ["technician_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_work_order_vehicle_id"), ["vehicle_id"], unique=False)

    op.create_table(
        "check",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("level", sa.String(30), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("passed", sa.Boolean(), nullable=False),
        sa.Column("items", sa.JSON(), nullable=False),
        sa.Column("note", sa.String(1000), nullable=False),
        sa.Column("own_work", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["staff.id"], name=op.f("fk_check_by_id_staff")),
        sa.ForeignKeyConstraint(["order_id"], ["work_order.id"], name=op.f("fk_check_order_id_work_order")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_check")),
    )
    with op.batch_alter_table("check", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_check_order_id"), ["order_id"], unique=False)

    op.create_table(
        "consent",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("method", sa.String(30), nullable=False),
        sa.Column("person", sa.String(120), nullable=False),
        sa.Column("total", sa.BigInteger(), nullable=False),
        sa.Column("signature_id", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(500), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["staff.id"], name=op.f("fk_consent_by_id_staff")),
        sa.ForeignKeyConstraint(["order_id"], ["work_order.id"], name=op.f("fk_consent_order_id_work_order")),
        sa.ForeignKeyConstraint(["signature_id"], ["attachment.id"], name=op.f("fk_consent_signature_id_attachment")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent")),
    )
    with op.batch_alter_table("consent", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_consent_order_id"), ["order_id"], unique=False)

    op.create_table(
        "damage_mark",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("view", sa.String(10), nullable=False),
        sa.Column("x", sa.Integer(), nullable=False),
        sa.Column("y", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(30), nullable=False),
        sa.Column("note", sa.String(200), nullable=False),
        sa.Column("attachment_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["attachment_id"], ["attachment.id"], name=op.f("fk_damage_mark_attachment_id_attachment")
        ),
        sa.ForeignKeyConstraint(["order_id"], ["work_order.id"], name=op.f("fk_damage_mark_order_id_work_order")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_damage_mark")),
    )
    with op.batch_alter_table("damage_mark", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_damage_mark_order_id"), ["order_id"], unique=False)

    op.create_table(
        "exit_pass",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(20), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["staff.id"], name=op.f("fk_exit_pass_by_id_staff")),
        sa.ForeignKeyConstraint(["order_id"], ["work_order.id"], name=op.f("fk_exit_pass_order_id_work_order")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exit_pass")),
        sa.UniqueConstraint("number", name=op.f("uq_exit_pass_number")),
        sa.UniqueConstraint("order_id", name=op.f("uq_exit_pass_order_id")),
    )
    op.create_table(
        "follow_up",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(30), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recommend", sa.Integer(), nullable=True),
        sa.Column("comment", sa.String(2000), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["staff.id"], name=op.f("fk_follow_up_by_id_staff")),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.id"], name=op.f("fk_follow_up_customer_id_customer")),
        sa.ForeignKeyConstraint(["order_id"], ["work_order.id"], name=op.f("fk_follow_up_order_id_work_order")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follow_up")),
    )
    with op.batch_alter_table("follow_up", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_follow_up_customer_id"), ["customer_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_follow_up_due_at"), ["due_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_follow_up_order_id"), ["order_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_follow_up_status"), ["status"], unique=False)

    op.create_table(
        "inspection",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("covers", sa.Boolean(), nullable=False),
        sa.Column("declined", sa.Boolean(), nullable=False),
        sa.Column("odometer_km", sa.Integer(), nullable=True),
        sa.Column("odometer_reason", sa.String(200), nullable=False),
        sa.Column("fuel_eighths", sa.Integer(), nullable=True),
        sa.Column("valuables", sa.String(500), nullable=False),
        sa.Column("note", sa.String(1000), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["staff.id"], name=op.f("fk_inspection_by_id_staff")),
        sa.ForeignKeyConstraint(["order_id"], ["work_order.id"], name=op.f("fk_inspection_order_id_work_order")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inspection")),
        sa.UniqueConstraint("order_id", name=op.f("uq_inspection_order_id")),
    )
    op.create_table(
        "order_job",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("job_id", sa.Integer(), nullable=True),
        sa.Column("title", sa.String(160), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("skill", sa.String(30), nullable=False),
        sa.Column("bay_kind", sa.String(30), nullable=False),
        sa.Column("extra", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(500), nullable=False),
        sa.Column("urgency", sa.String(30), nullable=True),
        sa.Column("cause", sa.String(1000), nullable=False),
        sa.Column("correction", sa.String(1000), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["job_id"], ["job.id"], name=op.f("fk_order_job_job_id_job")),
        sa.ForeignKeyConstraint(["order_id"], ["work_order.id"], name=op.f("fk_order_job_order_id_work_order")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_order_job")),
    )
    with op.batch_alter_table("order_job", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_order_job_order_id"), ["order_id"], unique=False)

    op.create_table(
        "payment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("method", sa.String(30), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("tendered", sa.BigInteger(), nullable=True),
        sa.Column("change", sa.BigInteger(), nullable=False),
        sa.Column("reverses_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(300), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["staff.id"], name=op.f("fk_payment_by_id_staff")),
        sa.ForeignKeyConstraint(["order_id"], ["work_order.id"], name=op.f("fk_payment_order_id_work_order")),
        sa.ForeignKeyConstraint(["reverses_id"], ["payment.id"], name=op.f("fk_payment_reverses_id_payment")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payment")),
    )
    with op.batch_alter_table("payment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_payment_at"), ["at"], unique=False)
        batch_op.create_index(batch_op.f("ix_payment_order_id"), ["order_id"], unique=False)

    op.create_table(
        "reservation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("appointment_id", sa.Integer(), nullable=True),
        sa.Column("order_id", sa.Integer(), nullable=True),
        sa.Column("bay_id", sa.Integer(), nullable=True),
        sa.Column("staff_id", sa.Integer(), nullable=True),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("(bay_id IS NULL) <> (staff_id IS NULL)", name=op.f("ck_reservation_one_resource")),
        sa.CheckConstraint("starts_at < ends_at", name=op.f("ck_reservation_runs_forward")),
        sa.ForeignKeyConstraint(
            ["appointment_id"], ["appointment.id"], name=op.f("fk_reservation_appointment_id_appointment")
        ),
        sa.ForeignKeyConstraint(["bay_id"], ["bay.id"], name=op.f("fk_reservation_bay_id_bay")),
        sa.ForeignKeyConstraint(["order_id"], ["work_order.id"], name=op.f("fk_reservation_order_id_work_order")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_reservation_staff_id_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reservation")),
    )
    with op.batch_alter_table("reservation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reservation_appointment_id"), ["appointment_id"], unique=False)
        batch_op.create_index("ix_reservation_bay_starts", ["bay_id", "starts_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_reservation_order_id"), ["order_id"], unique=False)
        batch_op.create_index("ix_reservation_staff_starts", ["staff_id", "starts_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_reservation_starts_at"), ["starts_at"], unique=False)

    op.create_table(
        "statement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(20), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("reverses_id", sa.Integer(), nullable=True),
        sa.Column("net", sa.BigInteger(), nullable=False),
        sa.Column("tax", sa.BigInteger(), nullable=False),
        sa.Column("total", sa.BigInteger(), nullable=False),
        sa.Column("customer_share", sa.BigInteger(), nullable=False),
        sa.Column("tax_percent", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.Column("reason", sa.String(300), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["staff.id"], name=op.f("fk_statement_by_id_staff")),
        sa.ForeignKeyConstraint(["order_id"], ["work_order.id"], name=op.f("fk_statement_order_id_work_order")),
        sa.ForeignKeyConstraint(["reverses_id"], ["statement.id"], name=op.f("fk_statement_reverses_id_statement")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_statement")),
        sa.UniqueConstraint("number", name=op.f("uq_statement_number")),
    )
    with op.batch_alter_table("statement", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_statement_order_id"), ["order_id"], unique=False)
        batch_op.create_index(
            "uq_statement_reverses_id",
            ["reverses_id"],
            unique=True,
            sqlite_where=sa.text("reverses_id IS NOT NULL"),
            postgresql_where=sa.text("reverses_id IS NOT NULL"),
        )

    op.create_table(
        "clock_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("order_job_id", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("end_reason", sa.String(30), nullable=False),
        sa.Column("rework", sa.Boolean(), nullable=False),
        sa.CheckConstraint("ended_at IS NULL OR started_at <= ended_at", name=op.f("ck_clock_entry_runs_forward")),
        sa.ForeignKeyConstraint(["order_id"], ["work_order.id"], name=op.f("fk_clock_entry_order_id_work_order")),
        sa.ForeignKeyConstraint(["order_job_id"], ["order_job.id"], name=op.f("fk_clock_entry_order_job_id_order_job")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_clock_entry_staff_id_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clock_entry")),
    )
    with op.batch_alter_table("clock_entry", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_clock_entry_order_id"), ["order_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_clock_entry_staff_id"), ["staff_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_clock_entry_started_at"), ["started_at"], unique=False)
        batch_op.create_index(
            "uq_clock_entry_running",
            ["staff_id"],
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )

    op.create_table(
        "complaint",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=True),
        sa.Column("follow_up_id", sa.Integer(), nullable=True),
        sa.Column("status", sa.String(30), nullable=False),
        sa.Column("kind", sa.String(30), nullable=True),
        sa.Column("text", sa.String(2000), nullable=False),
        sa.Column("responsible_id", sa.Integer(), nullable=True),
        sa.Column("plan", sa.String(2000), nullable=False),
        sa.Column("handling", sa.String(2000), nullable=False),
        sa.Column("answer", sa.String(2000), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.id"], name=op.f("fk_complaint_customer_id_customer")),
        sa.ForeignKeyConstraint(["follow_up_id"], ["follow_up.id"], name=op.f("fk_complaint_follow_up_id_follow_up")),
        sa.ForeignKeyConstraint(["order_id"], ["work_order.id"], name=op.f("fk_complaint_order_id_work_order")),
        sa.ForeignKeyConstraint(["responsible_id"], ["staff.id"], name=op.f("fk_complaint_responsible_id_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_complaint")),
    )
    with op.batch_alter_table("complaint", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_complaint_customer_id"), ["customer_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_complaint_follow_up_id"), ["follow_up_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_complaint_order_id"), ["order_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_complaint_status"), ["status"], unique=False)

    op.create_table(
        "contact_attempt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("appointment_id", sa.Integer(), nullable=True),
        sa.Column("follow_up_id", sa.Integer(), nullable=True),
        sa.Column("order_id", sa.Integer(), nullable=True),
        sa.Column("channel", sa.String(30), nullable=False),
        sa.Column("reached", sa.Boolean(), nullable=False),
        sa.Column("note", sa.String(500), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["appointment_id"], ["appointment.id"], name=op.f("fk_contact_attempt_appointment_id_appointment")
        ),
        sa.ForeignKeyConstraint(["by_id"], ["staff.id"], name=op.f("fk_contact_attempt_by_id_staff")),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.id"], name=op.f("fk_contact_attempt_customer_id_customer")),
        sa.ForeignKeyConstraint(
            ["follow_up_id"], ["follow_up.id"], name=op.f("fk_contact_attempt_follow_up_id_follow_up")
        ),
        sa.ForeignKeyConstraint(["order_id"], ["work_order.id"], name=op.f("fk_contact_attempt_order_id_work_order")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_attempt")),
    )
    with op.batch_alter_table("contact_attempt", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_contact_attempt_appointment_id"), ["appointment_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_contact_attempt_customer_id"), ["customer_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_contact_attempt_follow_up_id"), ["follow_up_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_contact_attempt_order_id"), ["order_id"], unique=False)

    op.create_table(
        "follow_up_answer",
        sa.Column("follow_up_id", sa.Integer(), nullable=False),
        sa.Column("question", sa.String(30), nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["follow_up_id"], ["follow_up.id"], name=op.f("fk_follow_up_answer_follow_up_id_follow_up")
        ),
        sa.PrimaryKeyConstraint("follow_up_id", "question", name=op.f("pk_follow_up_answer")),
    )
    op.create_table(
        "order_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("order_job_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(30), nullable=False),
        sa.Column("part_id", sa.Integer(), nullable=True),
        sa.Column("title", sa.String(160), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("unit_price", sa.BigInteger(), nullable=False),
        sa.Column("discount", sa.BigInteger(), nullable=False),
        sa.Column("payer", sa.String(30), nullable=False),
        sa.Column("answer", sa.String(30), nullable=False),
        sa.Column("issued", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["order_id"], ["work_order.id"], name=op.f("fk_order_line_order_id_work_order")),
        sa.ForeignKeyConstraint(["order_job_id"], ["order_job.id"], name=op.f("fk_order_line_order_job_id_order_job")),
        sa.ForeignKeyConstraint(["part_id"], ["part.id"], name=op.f("fk_order_line_part_id_part")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_order_line")),
    )
    with op.batch_alter_table("order_line", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_order_line_order_id"), ["order_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_order_line_order_job_id"), ["order_job_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_order_line_part_id"), ["part_id"], unique=False)

    op.create_table(
        "consent_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consent_id", sa.Integer(), nullable=False),
        sa.Column("line_id", sa.Integer(), nullable=False),
        sa.Column("answer", sa.String(30), nullable=False),
        sa.Column("title", sa.String(160), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("unit_price", sa.BigInteger(), nullable=False),
        sa.Column("total", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["consent_id"], ["consent.id"], name=op.f("fk_consent_item_consent_id_consent")),
        sa.ForeignKeyConstraint(["line_id"], ["order_line.id"], name=op.f("fk_consent_item_line_id_order_line")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent_item")),
    )
    with op.batch_alter_table("consent_item", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_consent_item_consent_id"), ["consent_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_consent_item_line_id"), ["line_id"], unique=False)

    op.create_table(
        "statement_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("statement_id", sa.Integer(), nullable=False),
        sa.Column("line_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(30), nullable=False),
        sa.Column("title", sa.String(160), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("unit_price", sa.BigInteger(), nullable=False),
        sa.Column("discount", sa.BigInteger(), nullable=False),
        sa.Column("payer", sa.String(30), nullable=False),
        sa.Column("total", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["line_id"], ["order_line.id"], name=op.f("fk_statement_line_line_id_order_line")),
        sa.ForeignKeyConstraint(
            ["statement_id"], ["statement.id"], name=op.f("fk_statement_line_statement_id_statement")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_statement_line")),
    )
    with op.batch_alter_table("statement_line", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_statement_line_statement_id"), ["statement_id"], unique=False)

    op.create_table(
        "stock_movement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("part_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(30), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("unit_cost", sa.BigInteger(), nullable=False),
        sa.Column("line_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["staff.id"], name=op.f("fk_stock_movement_by_id_staff")),
        sa.ForeignKeyConstraint(["line_id"], ["order_line.id"], name=op.f("fk_stock_movement_line_id_order_line")),
        sa.ForeignKeyConstraint(["part_id"], ["part.id"], name=op.f("fk_stock_movement_part_id_part")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stock_movement")),
    )
    with op.batch_alter_table("stock_movement", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_stock_movement_line_id"), ["line_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_stock_movement_part_id"), ["part_id"], unique=False)
    for statement in rules(op.get_bind().dialect.name):
        op.execute(sa.text(statement))


def downgrade() -> None:
    raise NotImplementedError("the first schema has nothing before it; restore a backup")
