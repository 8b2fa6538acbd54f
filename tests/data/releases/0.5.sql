BEGIN TRANSACTION;
CREATE TABLE absence (
	id INTEGER NOT NULL, 
	staff_id INTEGER NOT NULL, 
	starts_at DATETIME NOT NULL, 
	ends_at DATETIME NOT NULL, 
	reason VARCHAR(120) NOT NULL, 
	CONSTRAINT pk_absence PRIMARY KEY (id), 
	CONSTRAINT fk_absence_staff_id_staff FOREIGN KEY(staff_id) REFERENCES staff (id)
);
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0005');
CREATE TABLE appointment (
	id INTEGER NOT NULL, 
	number VARCHAR(20) NOT NULL, 
	customer_id INTEGER NOT NULL, 
	vehicle_id INTEGER NOT NULL, 
	advisor_id INTEGER, 
	status VARCHAR(30) NOT NULL, 
	channel VARCHAR(30) NOT NULL, 
	garage_called BOOLEAN NOT NULL, 
	concern VARCHAR(2000) NOT NULL, 
	clarification VARCHAR(2000) NOT NULL, 
	starts_at DATETIME, 
	minutes INTEGER NOT NULL, 
	price BIGINT NOT NULL, 
	waits BOOLEAN NOT NULL, 
	reason VARCHAR(300) NOT NULL, 
	unmet_reason VARCHAR(30), 
	override_reason VARCHAR(300) NOT NULL, 
	reminded_at DATETIME, 
	created_at DATETIME NOT NULL, 
	version INTEGER NOT NULL, wished_at DATETIME, answers JSON, stock_question VARCHAR(300), returns VARCHAR(30), 
	CONSTRAINT pk_appointment PRIMARY KEY (id), 
	CONSTRAINT fk_appointment_advisor_id_staff FOREIGN KEY(advisor_id) REFERENCES staff (id), 
	CONSTRAINT fk_appointment_customer_id_customer FOREIGN KEY(customer_id) REFERENCES customer (id), 
	CONSTRAINT fk_appointment_vehicle_id_vehicle FOREIGN KEY(vehicle_id) REFERENCES vehicle (id), 
	CONSTRAINT uq_appointment_number UNIQUE (number)
);
CREATE TABLE appointment_job (
	id INTEGER NOT NULL, 
	appointment_id INTEGER NOT NULL, 
	job_id INTEGER NOT NULL, 
	minutes INTEGER NOT NULL, 
	price BIGINT NOT NULL, 
	CONSTRAINT pk_appointment_job PRIMARY KEY (id), 
	CONSTRAINT fk_appointment_job_appointment_id_appointment FOREIGN KEY(appointment_id) REFERENCES appointment (id), 
	CONSTRAINT fk_appointment_job_job_id_job FOREIGN KEY(job_id) REFERENCES job (id)
);
CREATE TABLE attachment (
	id INTEGER NOT NULL, 
	sha256 VARCHAR(64) NOT NULL, 
	media_type VARCHAR(40) NOT NULL, 
	kind VARCHAR(30) NOT NULL, 
	subject VARCHAR(30) NOT NULL, 
	subject_id INTEGER, 
	strokes JSON, 
	at DATETIME NOT NULL, 
	by_id INTEGER, 
	CONSTRAINT pk_attachment PRIMARY KEY (id), 
	CONSTRAINT fk_attachment_by_id_staff FOREIGN KEY(by_id) REFERENCES staff (id)
);
CREATE TABLE bay (
	id INTEGER NOT NULL, 
	name VARCHAR(40) NOT NULL, 
	kind VARCHAR(30) NOT NULL, 
	position INTEGER NOT NULL, 
	active BOOLEAN NOT NULL, 
	CONSTRAINT pk_bay PRIMARY KEY (id)
);
CREATE TABLE campaign (
	id INTEGER NOT NULL, 
	code VARCHAR(40) NOT NULL, 
	kind VARCHAR(30) NOT NULL, 
	title VARCHAR(160) NOT NULL, 
	text VARCHAR(2000) NOT NULL, 
	make VARCHAR(60) NOT NULL, 
	model VARCHAR(80) NOT NULL, 
	registered_from DATE, 
	registered_to DATE, 
	vins JSON NOT NULL, 
	job_id INTEGER, 
	starts_on DATE NOT NULL, 
	ends_on DATE, 
	active BOOLEAN NOT NULL, 
	created_at DATETIME NOT NULL, 
	version INTEGER NOT NULL, 
	CONSTRAINT pk_campaign PRIMARY KEY (id), 
	CONSTRAINT fk_campaign_job_id_job FOREIGN KEY(job_id) REFERENCES job (id), 
	CONSTRAINT uq_campaign_code UNIQUE (code)
);
CREATE TABLE campaign_answer (
	id INTEGER NOT NULL, 
	order_id INTEGER NOT NULL, 
	campaign_id INTEGER NOT NULL, 
	accepted BOOLEAN NOT NULL, 
	reason VARCHAR(300) NOT NULL, 
	order_job_id INTEGER, 
	at DATETIME NOT NULL, 
	by_id INTEGER, 
	CONSTRAINT pk_campaign_answer PRIMARY KEY (id), 
	CONSTRAINT fk_campaign_answer_by_id_staff FOREIGN KEY(by_id) REFERENCES staff (id), 
	CONSTRAINT fk_campaign_answer_campaign_id_campaign FOREIGN KEY(campaign_id) REFERENCES campaign (id), 
	CONSTRAINT fk_campaign_answer_order_id_work_order FOREIGN KEY(order_id) REFERENCES work_order (id)
);
CREATE TABLE campaign_car (
	campaign_id INTEGER NOT NULL, 
	vehicle_id INTEGER NOT NULL, 
	order_id INTEGER, 
	done_at DATETIME NOT NULL, 
	by_id INTEGER, 
	CONSTRAINT pk_campaign_car PRIMARY KEY (campaign_id, vehicle_id), 
	CONSTRAINT fk_campaign_car_by_id_staff FOREIGN KEY(by_id) REFERENCES staff (id), 
	CONSTRAINT fk_campaign_car_campaign_id_campaign FOREIGN KEY(campaign_id) REFERENCES campaign (id), 
	CONSTRAINT fk_campaign_car_order_id_work_order FOREIGN KEY(order_id) REFERENCES work_order (id), 
	CONSTRAINT fk_campaign_car_vehicle_id_vehicle FOREIGN KEY(vehicle_id) REFERENCES vehicle (id)
);
CREATE TABLE campaign_range (
	id INTEGER NOT NULL, 
	campaign_id INTEGER NOT NULL, 
	own BOOLEAN NOT NULL, 
	make_key VARCHAR(60) NOT NULL, 
	model_key VARCHAR(80) NOT NULL, 
	year_from INTEGER, 
	year_to INTEGER, 
	registered_from DATE, 
	registered_to DATE, 
	vin_key VARCHAR(17) NOT NULL, 
	vin_from VARCHAR(17) NOT NULL, 
	vin_to VARCHAR(17) NOT NULL, 
	CONSTRAINT pk_campaign_range PRIMARY KEY (id), 
	CONSTRAINT fk_campaign_range_campaign_id_campaign FOREIGN KEY(campaign_id) REFERENCES campaign (id)
);
CREATE TABLE car_due (
	vehicle_id INTEGER NOT NULL, 
	reason VARCHAR(30) NOT NULL, 
	about VARCHAR(40) NOT NULL, 
	due_on DATE NOT NULL, 
	until DATE, 
	at_km INTEGER, 
	what VARCHAR(300) NOT NULL, 
	CONSTRAINT pk_car_due PRIMARY KEY (vehicle_id, reason, about), 
	CONSTRAINT fk_car_due_vehicle_id_vehicle FOREIGN KEY(vehicle_id) REFERENCES vehicle (id)
);
PRAGMA writable_schema=ON;
INSERT INTO sqlite_master(type,name,tbl_name,rootpage,sql)VALUES('table','case_index','case_index',0,'CREATE VIRTUAL TABLE case_index USING fts5(tokens, content=''case_text'', content_rowid=''order_id'', detail=''none'', tokenize=''unicode61'')');
CREATE TABLE 'case_index_config'(k PRIMARY KEY, v) WITHOUT ROWID;
INSERT INTO "case_index_config" VALUES('version',4);
CREATE TABLE 'case_index_data'(id INTEGER PRIMARY KEY, block BLOB);
INSERT INTO "case_index_data" VALUES(1,X'');
INSERT INTO "case_index_data" VALUES(10,X'00000000000000');
CREATE TABLE 'case_index_docsize'(id INTEGER PRIMARY KEY, sz BLOB);
CREATE TABLE 'case_index_idx'(segid, term, pgno, PRIMARY KEY(segid, term)) WITHOUT ROWID;
CREATE TABLE case_text (
	order_id INTEGER NOT NULL, 
	tokens VARCHAR NOT NULL, 
	CONSTRAINT pk_case_text PRIMARY KEY (order_id), 
	CONSTRAINT fk_case_text_order_id_work_order FOREIGN KEY(order_id) REFERENCES work_order (id)
);
CREATE TABLE cash_drawer (
	id INTEGER NOT NULL, 
	open BOOLEAN NOT NULL, 
	opened_at DATETIME NOT NULL, 
	opened_by_id INTEGER, 
	closed_at DATETIME, 
	closed_by_id INTEGER, 
	closing VARCHAR(20), 
	expected BIGINT, 
	counted BIGINT, 
	difference_reason VARCHAR(300) NOT NULL, 
	CONSTRAINT pk_cash_drawer PRIMARY KEY (id), 
	CONSTRAINT fk_cash_drawer_closed_by_id_staff FOREIGN KEY(closed_by_id) REFERENCES staff (id), 
	CONSTRAINT fk_cash_drawer_opened_by_id_staff FOREIGN KEY(opened_by_id) REFERENCES staff (id), 
	CONSTRAINT uq_cash_drawer_closing UNIQUE (closing)
);
CREATE TABLE "check" (
	id INTEGER NOT NULL, 
	order_id INTEGER NOT NULL, 
	level VARCHAR(30) NOT NULL, 
	round INTEGER NOT NULL, 
	passed BOOLEAN NOT NULL, 
	items JSON NOT NULL, 
	note VARCHAR(1000) NOT NULL, 
	own_work BOOLEAN NOT NULL, 
	at DATETIME NOT NULL, 
	by_id INTEGER NOT NULL, cause VARCHAR(30), order_job_id INTEGER, staff_id INTEGER, 
	CONSTRAINT pk_check PRIMARY KEY (id), 
	CONSTRAINT fk_check_by_id_staff FOREIGN KEY(by_id) REFERENCES staff (id), 
	CONSTRAINT fk_check_order_id_work_order FOREIGN KEY(order_id) REFERENCES work_order (id)
);
CREATE TABLE check_template (
	id INTEGER NOT NULL, 
	kind VARCHAR(30) NOT NULL, 
	name VARCHAR(80) NOT NULL, 
	standard VARCHAR(30) NOT NULL, 
	position INTEGER NOT NULL, 
	active BOOLEAN NOT NULL, skill VARCHAR(30), 
	CONSTRAINT pk_check_template PRIMARY KEY (id)
);
CREATE TABLE "check_template_item" (
	id INTEGER NOT NULL, 
	template_id INTEGER NOT NULL, 
	"group" VARCHAR(30) NOT NULL, 
	point VARCHAR(30) NOT NULL, 
	title VARCHAR(120) NOT NULL, 
	measure VARCHAR(30) NOT NULL, 
	soon_below BIGINT, 
	now_below BIGINT, 
	safety BOOLEAN NOT NULL, 
	job_id INTEGER, 
	position INTEGER NOT NULL, 
	active BOOLEAN NOT NULL, 
	photo BOOLEAN DEFAULT (false) NOT NULL, 
	CONSTRAINT pk_check_template_item PRIMARY KEY (id), 
	CONSTRAINT fk_check_template_item_template_id_check_template FOREIGN KEY(template_id) REFERENCES check_template (id), 
	CONSTRAINT fk_check_template_item_job_id_job FOREIGN KEY(job_id) REFERENCES job (id)
);
CREATE TABLE claim_receipt (
	id INTEGER NOT NULL, 
	claim_id INTEGER NOT NULL, 
	amount BIGINT NOT NULL, 
	reference VARCHAR(120) NOT NULL, 
	at DATETIME NOT NULL, 
	by_id INTEGER, 
	CONSTRAINT pk_claim_receipt PRIMARY KEY (id), 
	CONSTRAINT fk_claim_receipt_by_id_staff FOREIGN KEY(by_id) REFERENCES staff (id), 
	CONSTRAINT fk_claim_receipt_claim_id_payer_claim FOREIGN KEY(claim_id) REFERENCES payer_claim (id)
);
CREATE TABLE claim_supplement (
	id INTEGER NOT NULL, 
	claim_id INTEGER NOT NULL, 
	reason VARCHAR(500) NOT NULL, 
	amount BIGINT NOT NULL, 
	asked_at DATETIME NOT NULL, 
	answered_at DATETIME, 
	agreed_sum BIGINT, 
	answered_by VARCHAR(120) NOT NULL, 
	by_id INTEGER, 
	CONSTRAINT pk_claim_supplement PRIMARY KEY (id), 
	CONSTRAINT fk_claim_supplement_by_id_staff FOREIGN KEY(by_id) REFERENCES staff (id), 
	CONSTRAINT fk_claim_supplement_claim_id_insurance_claim FOREIGN KEY(claim_id) REFERENCES insurance_claim (id)
);
CREATE TABLE clock_correction (
	id INTEGER NOT NULL, 
	clock_id INTEGER NOT NULL, 
	started_was DATETIME NOT NULL, 
	ended_was DATETIME, 
	started_at DATETIME NOT NULL, 
	ended_at DATETIME, 
	reason VARCHAR(200) NOT NULL, 
	at DATETIME NOT NULL, 
	by_id INTEGER, 
	CONSTRAINT pk_clock_correction PRIMARY KEY (id), 
	CONSTRAINT fk_clock_correction_by_id_staff FOREIGN KEY(by_id) REFERENCES staff (id), 
	CONSTRAINT fk_clock_correction_clock_id_clock_entry FOREIGN KEY(clock_id) REFERENCES clock_entry (id)
);
CREATE TABLE "clock_entry" (
	id INTEGER NOT NULL, 
	order_id INTEGER NOT NULL, 
	order_job_id INTEGER NOT NULL, 
	staff_id INTEGER NOT NULL, 
	started_at DATETIME NOT NULL, 
	ended_at DATETIME, 
	end_reason VARCHAR(30) NOT NULL, 
	rework BOOLEAN NOT NULL, 
	beside BOOLEAN DEFAULT (false) NOT NULL, 
	CONSTRAINT pk_clock_entry PRIMARY KEY (id), 
	CONSTRAINT fk_clock_entry_order_id_work_order FOREIGN KEY(order_id) REFERENCES work_order (id), 
	CONSTRAINT fk_clock_entry_order_job_id_order_job FOREIGN KEY(order_job_id) REFERENCES order_job (id), 
	CONSTRAINT ck_clock_entry_runs_forward CHECK (ended_at IS NULL OR started_at <= ended_at), 
	CONSTRAINT fk_clock_entry_staff_id_staff FOREIGN KEY(staff_id) REFERENCES staff (id)
);
CREATE TABLE "closing_day" (
	day DATE NOT NULL, 
	reason VARCHAR(120) NOT NULL, 
	open BOOLEAN DEFAULT (false) NOT NULL, 
	opens INTEGER, 
	closes INTEGER, 
	CONSTRAINT pk_closing_day PRIMARY KEY (day)
);
CREATE TABLE complaint (
	id INTEGER NOT NULL, 
	customer_id INTEGER NOT NULL, 
	order_id INTEGER, 
	follow_up_id INTEGER, 
	status VARCHAR(30) NOT NULL, 
	kind VARCHAR(30), 
	text VARCHAR(2000) NOT NULL, 
	responsible_id INTEGER, 
	"plan" VARCHAR(2000) NOT NULL, 
	handling VARCHAR(2000) NOT NULL, 
	answer VARCHAR(2000) NOT NULL, 
	due_at DATETIME, 
	received_at DATETIME NOT NULL, 
	closed_at DATETIME, 
	version INTEGER NOT NULL, 
	CONSTRAINT pk_complaint PRIMARY KEY (id), 
	CONSTRAINT fk_complaint_customer_id_customer FOREIGN KEY(customer_id) REFERENCES customer (id), 
	CONSTRAINT fk_complaint_follow_up_id_follow_up FOREIGN KEY(follow_up_id) REFERENCES follow_up (id), 
	CONSTRAINT fk_complaint_order_id_work_order FOREIGN KEY(order_id) REFERENCES work_order (id), 
	CONSTRAINT fk_complaint_responsible_id_staff FOREIGN KEY(responsible_id) REFERENCES staff (id)
);
CREATE TABLE "consent" (
	id INTEGER NOT NULL, 
	order_id INTEGER NOT NULL, 
	method VARCHAR(30) NOT NULL, 
	person VARCHAR(120) NOT NULL, 
	total BIGINT NOT NULL, 
	signature_id INTEGER, 
	note VARCHAR(500) NOT NULL, 
	at DATETIME NOT NULL, 
	by_id INTEGER, 
	version INTEGER DEFAULT 1 NOT NULL, 
	ask_over BIGINT, 
	warned JSON, 
	language VARCHAR(10) DEFAULT ('') NOT NULL, 
	CONSTRAINT pk_consent PRIMARY KEY (id), 
	CONSTRAINT fk_consent_order_id_work_order FOREIGN KEY(order_id) REFERENCES work_order (id), 
	CONSTRAINT fk_consent_by_id_staff FOREIGN KEY(by_id) REFERENCES staff (id), 
	CONSTRAINT fk_consent_signature_id_attachment FOREIGN KEY(signature_id) REFERENCES attachment (id)
);
CREATE TABLE "consent_item" (
	id INTEGER NOT NULL, 
	consent_id INTEGER NOT NULL, 
	line_id INTEGER NOT NULL, 
	answer VARCHAR(30) NOT NULL, 
	title VARCHAR(160) NOT NULL, 
	quantity BIGINT NOT NULL, 
	unit_price BIGINT NOT NULL, 
	total BIGINT NOT NULL, 
	payer VARCHAR(30), 
	payer_percent INTEGER DEFAULT (100) NOT NULL, 
	unpriced BOOLEAN DEFAULT (false) NOT NULL, 
	up_to BIGINT, 
	CONSTRAINT pk_consent_item PRIMARY KEY (id), 
	CONSTRAINT fk_consent_item_consent_id_consent FOREIGN KEY(consent_id) REFERENCES consent (id), 
	CONSTRAINT fk_consent_item_line_id_order_line FOREIGN KEY(line_id) REFERENCES order_line (id)
);
CREATE TABLE contact_attempt (
	id INTEGER NOT NULL, 
	customer_id INTEGER NOT NULL, 
	appointment_id INTEGER, 
	follow_up_id INTEGER, 
	order_id INTEGER, 
	channel VARCHAR(30) NOT NULL, 
	reached BOOLEAN NOT NULL, 
	note VARCHAR(500) NOT NULL, 
	at DATETIME NOT NULL, 
	by_id INTEGER, answer VARCHAR(30), 
	CONSTRAINT pk_contact_attempt PRIMARY KEY (id), 
	CONSTRAINT fk_contact_attempt_appointment_id_appointment FOREIGN KEY(appointment_id) REFERENCES appointment (id), 
	CONSTRAINT fk_contact_attempt_by_id_staff FOREIGN KEY(by_id) REFERENCES staff (id), 
	CONSTRAINT fk_contact_attempt_customer_id_customer FOREIGN KEY(customer_id) REFERENCES customer (id), 
	CONSTRAINT fk_contact_attempt_follow_up_id_follow_up FOREIGN KEY(follow_up_id) REFERENCES follow_up (id), 
	CONSTRAINT fk_contact_attempt_order_id_work_order FOREIGN KEY(order_id) REFERENCES work_order (id)
);
CREATE TABLE contact_consent (
	id INTEGER NOT NULL, 
	customer_id INTEGER NOT NULL, 
	channel VARCHAR(30) NOT NULL, 
	allowed BOOLEAN NOT NULL, 
	at DATETIME NOT NULL, 
	by_id INTEGER, 
	CONSTRAINT pk_contact_consent PRIMARY KEY (id), 
	CONSTRAINT fk_contact_consent_by_id_staff FOREIGN KEY(by_id) REFERENCES staff (id), 
	CONSTRAINT fk_contact_consent_customer_id_customer FOREIGN KEY(customer_id) REFERENCES customer (id)
);
CREATE TABLE "customer" (
	id INTEGER NOT NULL, 
	name VARCHAR(120) NOT NULL, 
	name_keys VARCHAR(300) NOT NULL, 
	phone VARCHAR(20), 
	email VARCHAR(200), 
	language VARCHAR(10), 
	note VARCHAR(2000) NOT NULL, 
	incomplete BOOLEAN NOT NULL, 
	call_when VARCHAR(120) NOT NULL, 
	created_at DATETIME NOT NULL, 
	version INTEGER NOT NULL, 
	no_calls BOOLEAN DEFAULT (false) NOT NULL, address VARCHAR(300) DEFAULT '' NOT NULL, tax_number VARCHAR(40) DEFAULT '' NOT NULL, account_limit BIGINT, account_days INTEGER, 
	CONSTRAINT pk_customer PRIMARY KEY (id)
);
CREATE TABLE "damage_mark" (
	id INTEGER NOT NULL, 
	order_id INTEGER NOT NULL, 
	"view" VARCHAR(10) NOT NULL, 
	x INTEGER NOT NULL, 
	y INTEGER NOT NULL, 
	kind VARCHAR(30) NOT NULL, 
	note VARCHAR(200) NOT NULL, 
	attachment_id INTEGER, 
	at DATETIME NOT NULL, 
	removed_at DATETIME, 
	gone_order_id INTEGER, 
	CONSTRAINT pk_damage_mark PRIMARY KEY (id), 
	CONSTRAINT fk_damage_mark_order_id_work_order FOREIGN KEY(order_id) REFERENCES work_order (id), 
	CONSTRAINT fk_damage_mark_attachment_id_attachment FOREIGN KEY(attachment_id) REFERENCES attachment (id), 
	CONSTRAINT fk_damage_mark_gone_order_id_work_order FOREIGN KEY(gone_order_id) REFERENCES work_order (id)
);
CREATE TABLE day_limit (
	"group" VARCHAR(60) NOT NULL, 
	most INTEGER NOT NULL, 
	CONSTRAINT pk_day_limit PRIMARY KEY ("group")
);
CREATE TABLE delay (
	id INTEGER NOT NULL, 
	order_id INTEGER NOT NULL, 
	reason VARCHAR(30) NOT NULL, 
	minutes INTEGER NOT NULL, 
	note VARCHAR(300) NOT NULL, 
	promised_was DATETIME, 
	proposed_at DATETIME NOT NULL, 
	at DATETIME NOT NULL, 
	by_id INTEGER, 
	told_at DATETIME, 
	told_by_id INTEGER, 
	channel VARCHAR(30), 
	person VARCHAR(120) NOT NULL, 
	answer VARCHAR(30), 
	answer_note VARCHAR(500) NOT NULL, 
	agreed_at DATETIME, 
	CONSTRAINT pk_delay PRIMARY KEY (id), 
	CONSTRAINT fk_delay_by_id_staff FOREIGN KEY(by_id) REFERENCES staff (id), 
	CONSTRAINT fk_delay_order_id_work_order FOREIGN KEY(order_id) REFERENCES work_order (id), 
	CONSTRAINT fk_delay_told_by_id_staff FOREIGN KEY(told_by_id) REFERENCES staff (id)
);
CREATE TABLE discount (
	id INTEGER NOT NULL, 
	order_id INTEGER NOT NULL, 
	line_id INTEGER, 
	title VARCHAR(160) NOT NULL, 
	amount BIGINT NOT NULL, 
	percent BIGINT, 
	parts JSON, 
	reason VARCHAR(30) NOT NULL, 
	note VARCHAR(300) NOT NULL, 
	state VARCHAR(30) NOT NULL, 
	asked_at DATETIME NOT NULL, 
	asked_by_id INTEGER, 
	answered_at DATETIME, 
	approver_id INTEGER, 
	answer VARCHAR(300) NOT NULL, 
	withdrawn_at DATETIME, 
	CONSTRAINT pk_discount PRIMARY KEY (id), 
	CONSTRAINT fk_discount_approver_id_staff FOREIGN KEY(approver_id) REFERENCES staff (id), 
	CONSTRAINT fk_discount_asked_by_id_staff FOREIGN KEY(asked_by_id) REFERENCES staff (id), 
	CONSTRAINT fk_discount_line_id_order_line FOREIGN KEY(line_id) REFERENCES order_line (id) ON DELETE SET NULL, 
	CONSTRAINT fk_discount_order_id_work_order FOREIGN KEY(order_id) REFERENCES work_order (id)
);
CREATE TABLE draft (
	staff_id INTEGER NOT NULL, 
	kind VARCHAR(30) NOT NULL, 
	data JSON NOT NULL, 
	saved_at DATETIME NOT NULL, 
	CONSTRAINT pk_draft PRIMARY KEY (staff_id, kind), 
	CONSTRAINT fk_draft_staff_id_staff FOREIGN KEY(staff_id) REFERENCES staff (id)
);
CREATE TABLE drawer_entry (
	id INTEGER NOT NULL, 
	drawer_id INTEGER NOT NULL, 
	kind VARCHAR(30) NOT NULL, 
	method VARCHAR(30) NOT NULL, 
	amount BIGINT NOT NULL, 
	payment_id INTEGER, 
	reason VARCHAR(300) NOT NULL, 
	at DATETIME NOT NULL, 
	by_id INTEGER, 
	CONSTRAINT pk_drawer_entry PRIMARY KEY (id), 
	CONSTRAINT fk_drawer_entry_by_id_staff FOREIGN KEY(by_id) REFERENCES staff (id), 
	CONSTRAINT fk_drawer_entry_drawer_id_cash_drawer FOREIGN KEY(drawer_id) REFERENCES cash_drawer (id), 
	CONSTRAINT fk_drawer_entry_payment_id_payment FOREIGN KEY(payment_id) REFERENCES payment (id), 
	CONSTRAINT uq_drawer_entry_payment_id UNIQUE (payment_id)
);
CREATE TABLE event (
	id INTEGER NOT NULL, 
	subject VARCHAR(30) NOT NULL, 
	subject_id INTEGER NOT NULL, 
	action VARCHAR(40) NOT NULL, 
	"before" VARCHAR(60) NOT NULL, 
	"after" VARCHAR(60) NOT NULL, 
	details JSON NOT NULL, 
	at DATETIME NOT NULL, 
	by_id INTEGER, 
	CONSTRAINT pk_event PRIMARY KEY (id), 
	CONSTRAINT fk_event_by_id_staff FOREIGN KEY(by_id) REFERENCES staff (id)
);
CREATE TABLE exit_pass (
	id INTEGER NOT NULL, 
	order_id INTEGER NOT NULL, 
	number VARCHAR(20) NOT NULL, 
	at DATETIME NOT NULL, 
	by_id INTEGER, 
	used_at DATETIME, used_by_id INTEGER, 
	CONSTRAINT pk_exit_pass PRIMARY KEY (id), 
	CONSTRAINT fk_exit_pass_by_id_staff FOREIGN KEY(by_id) REFERENCES staff (id), 
	CONSTRAINT fk_exit_pass_order_id_work_order FOREIGN KEY(order_id) REFERENCES work_order (id), 
	CONSTRAINT uq_exit_pass_number UNIQUE (number), 
	CONSTRAINT uq_exit_pass_order_id UNIQUE (order_id)
);
CREATE TABLE follow_up (
	id INTEGER NOT NULL, 
	order_id INTEGER NOT NULL, 
	customer_id INTEGER NOT NULL, 
	status VARCHAR(30) NOT NULL, 
	due_at DATETIME NOT NULL, 
	recommend INTEGER, 
	comment VARCHAR(2000) NOT NULL, 
	finished_at DATETIME, 
	by_id INTEGER, 
	version INTEGER NOT NULL, 
	CONSTRAINT pk_follow_up PRIMARY KEY (id), 
	CONSTRAINT fk_follow_up_by_id_staff FOREIGN KEY(by_id) REFERENCES staff (id), 
	CONSTRAINT fk_follow_up_customer_id_customer FOREIGN KEY(customer_id) REFERENCES customer (id), 
	CONSTRAINT fk_follow_up_order_id_work_order FOREIGN KEY(order_id) REFERENCES work_order (id)
);
CREATE TABLE follow_up_answer (
	follow_up_id INTEGER NOT NULL, 
	question VARCHAR(30) NOT NULL, 
	score INTEGER NOT NULL, 
	CONSTRAINT pk_follow_up_answer PRIMARY KEY (follow_up_id, question), 
	CONSTRAINT fk_follow_up_answer_follow_up_id_follow_up FOREIGN KEY(follow_up_id) REFERENCES follow_up (id)
);
CREATE TABLE free_service (
	make VARCHAR(60) NOT NULL, 
	months INTEGER, 
	km INTEGER, 
	CONSTRAINT pk_free_service PRIMARY KEY (make)
);
CREATE TABLE "garage" (
	id INTEGER NOT NULL, 
	name VARCHAR(120) NOT NULL, 
	address VARCHAR(300) NOT NULL, 
	phone VARCHAR(40) NOT NULL, 
	country VARCHAR(2) NOT NULL, 
	zone VARCHAR(60) NOT NULL, 
	currency VARCHAR(3) NOT NULL, 
	language VARCHAR(10) NOT NULL, 
	tax_percent BIGINT NOT NULL, 
	tax_included BOOLEAN NOT NULL, 
	labour_rate BIGINT NOT NULL, 
	book_days_ahead INTEGER NOT NULL, 
	same_day_booking BOOLEAN NOT NULL, 
	grace_minutes INTEGER NOT NULL, 
	greeting_seconds INTEGER NOT NULL, 
	follow_up_days INTEGER NOT NULL, 
	own_work_checks BOOLEAN NOT NULL, 
	demo BOOLEAN NOT NULL, 
	buffer_minutes INTEGER DEFAULT 0 NOT NULL, 
	walk_in_percent INTEGER DEFAULT 0 NOT NULL, 
	keeps_holidays BOOLEAN DEFAULT (false) NOT NULL, 
	warranty_near_days INTEGER DEFAULT 0 NOT NULL, 
	warranty_near_km INTEGER DEFAULT 0 NOT NULL, 
	clocks_beside BOOLEAN DEFAULT (false) NOT NULL, tax_number VARCHAR(40) DEFAULT '' NOT NULL, bank VARCHAR(200) DEFAULT '' NOT NULL, busy_hours VARCHAR(100) DEFAULT '' NOT NULL, claim_days INTEGER DEFAULT '30' NOT NULL, remind_days INTEGER DEFAULT '14' NOT NULL, 
	CONSTRAINT pk_garage PRIMARY KEY (id)
);
INSERT INTO "garage" VALUES(1,'Harbour Lane Motors','','','GB','Europe/London','GBP','en',20000,0,78000,7,0,15,60,3,0,0,0,0,0,0,0,0,'','','',30,14);
CREATE TABLE guarantee (
	id INTEGER NOT NULL, 
	order_id INTEGER NOT NULL, 
	order_job_id INTEGER NOT NULL, 
	vehicle_id INTEGER NOT NULL, 
	title VARCHAR(160) NOT NULL, 
	until DATE, 
	until_km INTEGER, 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_guarantee PRIMARY KEY (id), 
	CONSTRAINT fk_guarantee_order_id_work_order FOREIGN KEY(order_id) REFERENCES work_order (id), 
	CONSTRAINT fk_guarantee_order_job_id_order_job FOREIGN KEY(order_job_id) REFERENCES order_job (id), 
	CONSTRAINT fk_guarantee_vehicle_id_vehicle FOREIGN KEY(vehicle_id) REFERENCES vehicle (id)
);
CREATE TABLE guarantee_term (
	"group" VARCHAR(60) NOT NULL, 
	days INTEGER, 
	km INTEGER, 
	CONSTRAINT pk_guarantee_term PRIMARY KEY ("group")
);
CREATE TABLE handover (
	order_id INTEGER NOT NULL, 
	moment VARCHAR(20) NOT NULL, 
	points JSON NOT NULL, 
	taken_by VARCHAR(120) NOT NULL, 
	next_on DATE, 
	next_km INTEGER, 
	next_reason VARCHAR(300) NOT NULL, 
	safety_signature_id INTEGER, 
	signature_id INTEGER, 
	started_at DATETIME NOT NULL, 
	ended_at DATETIME, 
	version INTEGER NOT NULL, 
	CONSTRAINT pk_handover PRIMARY KEY (order_id), 
	CONSTRAINT fk_handover_order_id_work_order FOREIGN KEY(order_id) REFERENCES work_order (id), 
	CONSTRAINT fk_handover_safety_signature_id_attachment FOREIGN KEY(safety_signature_id) REFERENCES attachment (id), 
	CONSTRAINT fk_handover_signature_id_attachment FOREIGN KEY(signature_id) REFERENCES attachment (id)
);
CREATE TABLE health_result (
	id INTEGER NOT NULL, 
	order_id INTEGER NOT NULL, 
	item_id INTEGER NOT NULL, 
	point VARCHAR(30) NOT NULL, 
	title VARCHAR(120) NOT NULL, 
	grade VARCHAR(30), 
	value BIGINT, 
	note VARCHAR(200) NOT NULL, 
	attachment_id INTEGER, 
	order_job_id INTEGER, 
	at DATETIME NOT NULL, 
	by_id INTEGER, 
	CONSTRAINT pk_health_result PRIMARY KEY (id), 
	CONSTRAINT fk_health_result_attachment_id_attachment FOREIGN KEY(attachment_id) REFERENCES attachment (id), 
	CONSTRAINT fk_health_result_by_id_staff FOREIGN KEY(by_id) REFERENCES staff (id), 
	CONSTRAINT fk_health_result_item_id_check_template_item FOREIGN KEY(item_id) REFERENCES check_template_item (id), 
	CONSTRAINT fk_health_result_order_id_work_order FOREIGN KEY(order_id) REFERENCES work_order (id), 
	CONSTRAINT fk_health_result_order_job_id_order_job FOREIGN KEY(order_job_id) REFERENCES order_job (id) ON DELETE SET NULL, 
	CONSTRAINT uq_health_result_order_id_item_id UNIQUE (order_id, item_id)
);
CREATE TABLE "inspection" (
	id INTEGER NOT NULL, 
	order_id INTEGER NOT NULL, 
	covers BOOLEAN NOT NULL, 
	declined BOOLEAN NOT NULL, 
	odometer_km INTEGER, 
	odometer_reason VARCHAR(200) NOT NULL, 
	fuel_eighths INTEGER, 
	valuables VARCHAR(500) NOT NULL, 
	note VARCHAR(1000) NOT NULL, 
	at DATETIME NOT NULL, 
	by_id INTEGER, 
	reminded BOOLEAN DEFAULT (false) NOT NULL, 
	stays JSON, 
	lights JSON, 
	places JSON, 
	equipment JSON, 
	template_id INTEGER, 
	signature_id INTEGER, 
	CONSTRAINT pk_inspection PRIMARY KEY (id), 
	CONSTRAINT fk_inspection_order_id_work_order FOREIGN KEY(order_id) REFERENCES work_order (id), 
	CONSTRAINT fk_inspection_by_id_staff FOREIGN KEY(by_id) REFERENCES staff (id), 
	CONSTRAINT uq_inspection_order_id UNIQUE (order_id), 
	CONSTRAINT fk_inspection_signature_id_attachment FOREIGN KEY(signature_id) REFERENCES attachment (id), 
	CONSTRAINT fk_inspection_template_id_check_template FOREIGN KEY(template_id) REFERENCES check_template (id)
);
CREATE TABLE insurance_claim (
	id INTEGER NOT NULL, 
	order_id INTEGER NOT NULL, 
	insurer VARCHAR(120) NOT NULL, 
	policy_number VARCHAR(60) NOT NULL, 
	claim_number VARCHAR(60) NOT NULL, 
	happened_at DATETIME, 
	story VARCHAR(2000) NOT NULL, 
	assessor VARCHAR(120) NOT NULL, 
	assessor_phone VARCHAR(40) NOT NULL, 
	assessed_at DATETIME, 
	assessed_sum BIGINT, 
	excess BIGINT NOT NULL, 
	agreed JSON NOT NULL, 
	papers JSON NOT NULL, 
	created_at DATETIME NOT NULL, 
	version INTEGER NOT NULL, 
	CONSTRAINT pk_insurance_claim PRIMARY KEY (id), 
	CONSTRAINT fk_insurance_claim_order_id_work_order FOREIGN KEY(order_id) REFERENCES work_order (id), 
	CONSTRAINT uq_insurance_claim_order_id UNIQUE (order_id)
);
CREATE TABLE "job" (
	id INTEGER NOT NULL, 
	code VARCHAR(30) NOT NULL, 
	name VARCHAR(120) NOT NULL, 
	"group" VARCHAR(60) NOT NULL, 
	minutes INTEGER NOT NULL, 
	price BIGINT NOT NULL, 
	bay_kind VARCHAR(30) NOT NULL, 
	skill VARCHAR(30) NOT NULL, 
	interval_km INTEGER, 
	interval_months INTEGER, 
	active BOOLEAN NOT NULL, 
	people INTEGER DEFAULT 1 NOT NULL, 
	by_hours BOOLEAN DEFAULT (false) NOT NULL, 
	safety BOOLEAN DEFAULT (false) NOT NULL, tax_percent BIGINT, 
	CONSTRAINT pk_job PRIMARY KEY (id), 
	CONSTRAINT uq_job_code UNIQUE (code)
);
CREATE TABLE job_package (
	id INTEGER NOT NULL, 
	name VARCHAR(120) NOT NULL, 
	active BOOLEAN NOT NULL, 
	CONSTRAINT pk_job_package PRIMARY KEY (id), 
	CONSTRAINT uq_job_package_name UNIQUE (name)
);
CREATE TABLE job_package_item (
	package_id INTEGER NOT NULL, 
	job_id INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	CONSTRAINT pk_job_package_item PRIMARY KEY (package_id, job_id), 
	CONSTRAINT fk_job_package_item_job_id_job FOREIGN KEY(job_id) REFERENCES job (id), 
	CONSTRAINT fk_job_package_item_package_id_job_package FOREIGN KEY(package_id) REFERENCES job_package (id)
);
CREATE TABLE job_part (
	job_id INTEGER NOT NULL, 
	part_id INTEGER NOT NULL, 
	quantity BIGINT NOT NULL, 
	CONSTRAINT pk_job_part PRIMARY KEY (job_id, part_id), 
	CONSTRAINT fk_job_part_job_id_job FOREIGN KEY(job_id) REFERENCES job (id), 
	CONSTRAINT fk_job_part_part_id_part FOREIGN KEY(part_id) REFERENCES part (id)
);
CREATE TABLE kind_tax (
	kind VARCHAR(30) NOT NULL, 
	percent BIGINT NOT NULL, 
	CONSTRAINT pk_kind_tax PRIMARY KEY (kind)
);
CREATE TABLE message (
	id INTEGER NOT NULL, 
	customer_id INTEGER NOT NULL, 
	channel VARCHAR(30) NOT NULL, 
	address VARCHAR(200) NOT NULL, 
	text VARCHAR(2000) NOT NULL, 
	kind VARCHAR(40) NOT NULL, 
	subject VARCHAR(30) NOT NULL, 
	subject_id INTEGER, 
	state VARCHAR(30) NOT NULL, 
	tries INTEGER NOT NULL, 
	error VARCHAR(500) NOT NULL, 
	created_at DATETIME NOT NULL, 
	due_at DATETIME NOT NULL, 
	sent_at DATETIME, 
	CONSTRAINT pk_message PRIMARY KEY (id), 
	CONSTRAINT fk_message_customer_id_customer FOREIGN KEY(customer_id) REFERENCES customer (id)
);
CREATE TABLE money_reminder (
	id INTEGER NOT NULL, 
	order_id INTEGER NOT NULL, 
	level INTEGER NOT NULL, 
	channel VARCHAR(30) NOT NULL, 
	promised_on DATE, 
	note VARCHAR(300) NOT NULL, 
	at DATETIME NOT NULL, 
	by_id INTEGER, 
	CONSTRAINT pk_money_reminder PRIMARY KEY (id), 
	CONSTRAINT fk_money_reminder_by_id_staff FOREIGN KEY(by_id) REFERENCES staff (id), 
	CONSTRAINT fk_money_reminder_order_id_work_order FOREIGN KEY(order_id) REFERENCES work_order (id)
);
CREATE TABLE number_series (
	kind VARCHAR(20) NOT NULL, 
	period VARCHAR(10) NOT NULL, 
	last INTEGER NOT NULL, 
	CONSTRAINT pk_number_series PRIMARY KEY (kind, period)
);
CREATE TABLE old_part (
	id INTEGER NOT NULL, 
	order_id INTEGER NOT NULL, 
	line_id INTEGER, 
	claim_id INTEGER, 
	title VARCHAR(160) NOT NULL, 
	quantity BIGINT NOT NULL, 
	place VARCHAR(60) NOT NULL, 
	state VARCHAR(30) NOT NULL, 
	keep_until DATE, 
	note VARCHAR(300) NOT NULL, 
	at DATETIME NOT NULL, 
	by_id INTEGER, 
	ended_at DATETIME, 
	version INTEGER NOT NULL, 
	CONSTRAINT pk_old_part PRIMARY KEY (id), 
	CONSTRAINT fk_old_part_by_id_staff FOREIGN KEY(by_id) REFERENCES staff (id), 
	CONSTRAINT fk_old_part_claim_id_payer_claim FOREIGN KEY(claim_id) REFERENCES payer_claim (id), 
	CONSTRAINT fk_old_part_line_id_order_line FOREIGN KEY(line_id) REFERENCES order_line (id) ON DELETE SET NULL, 
	CONSTRAINT fk_old_part_order_id_work_order FOREIGN KEY(order_id) REFERENCES work_order (id)
);
CREATE TABLE once (
	token VARCHAR(64) NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_once PRIMARY KEY (token)
);
CREATE TABLE opening_hours (
	weekday INTEGER NOT NULL, 
	opens INTEGER NOT NULL, 
	closes INTEGER NOT NULL, 
	CONSTRAINT pk_opening_hours PRIMARY KEY (weekday)
);
CREATE TABLE "order_job" (
	id INTEGER NOT NULL, 
	order_id INTEGER NOT NULL, 
	job_id INTEGER, 
	title VARCHAR(160) NOT NULL, 
	minutes INTEGER NOT NULL, 
	skill VARCHAR(30) NOT NULL, 
	bay_kind VARCHAR(30) NOT NULL, 
	extra BOOLEAN NOT NULL, 
	reason VARCHAR(500) NOT NULL, 
	urgency VARCHAR(30), 
	cause VARCHAR(1000) NOT NULL, 
	correction VARCHAR(1000) NOT NULL, 
	done_at DATETIME, 
	alternative INTEGER, 
	safety BOOLEAN DEFAULT (false) NOT NULL, 
	dismantling BOOLEAN DEFAULT (false) NOT NULL, 
	cover VARCHAR(30), 
	cover_reason VARCHAR(300) DEFAULT ('') NOT NULL, 
	complaint VARCHAR(1000) DEFAULT ('') NOT NULL, 
	CONSTRAINT pk_order_job PRIMARY KEY (id), 
	CONSTRAINT fk_order_job_job_id_job FOREIGN KEY(job_id) REFERENCES job (id), 
	CONSTRAINT fk_order_job_order_id_work_order FOREIGN KEY(order_id) REFERENCES work_order (id)
);
CREATE TABLE "order_line" (
	id INTEGER NOT NULL, 
	order_id INTEGER NOT NULL, 
	order_job_id INTEGER NOT NULL, 
	kind VARCHAR(30) NOT NULL, 
	part_id INTEGER, 
	title VARCHAR(160) NOT NULL, 
	quantity BIGINT NOT NULL, 
	unit_price BIGINT NOT NULL, 
	discount BIGINT NOT NULL, 
	payer VARCHAR(30) NOT NULL, 
	answer VARCHAR(30) NOT NULL, 
	issued BIGINT NOT NULL, 
	unit VARCHAR(20) DEFAULT ('') NOT NULL, 
	payer_percent INTEGER DEFAULT (100) NOT NULL, 
	unpriced BOOLEAN DEFAULT (false) NOT NULL, 
	up_to BIGINT, 
	supplier VARCHAR(120) DEFAULT ('') NOT NULL, 
	cost BIGINT, 
	due_at DATETIME, 
	sent_at DATETIME, 
	back_at DATETIME, tax_percent BIGINT, 
	CONSTRAINT pk_order_line PRIMARY KEY (id), 
	CONSTRAINT fk_order_line_part_id_part FOREIGN KEY(part_id) REFERENCES part (id), 
	CONSTRAINT fk_order_line_order_id_work_order FOREIGN KEY(order_id) REFERENCES work_order (id), 
	CONSTRAINT fk_order_line_order_job_id_order_job FOREIGN KEY(order_job_id) REFERENCES order_job (id)
);
CREATE TABLE order_task (
	id INTEGER NOT NULL, 
	order_id INTEGER NOT NULL, 
	order_job_id INTEGER, 
	kind VARCHAR(30) NOT NULL, 
	role VARCHAR(30) NOT NULL, 
	asked VARCHAR(1000) NOT NULL, 
	answer VARCHAR(1000) NOT NULL, 
	created_at DATETIME NOT NULL, 
	by_id INTEGER, 
	done_at DATETIME, 
	done_by_id INTEGER, 
	CONSTRAINT pk_order_task PRIMARY KEY (id), 
	CONSTRAINT fk_order_task_by_id_staff FOREIGN KEY(by_id) REFERENCES staff (id), 
	CONSTRAINT fk_order_task_done_by_id_staff FOREIGN KEY(done_by_id) REFERENCES staff (id), 
	CONSTRAINT fk_order_task_order_id_work_order FOREIGN KEY(order_id) REFERENCES work_order (id), 
	CONSTRAINT fk_order_task_order_job_id_order_job FOREIGN KEY(order_job_id) REFERENCES order_job (id) ON DELETE SET NULL
);
CREATE TABLE outreach_call (
	id INTEGER NOT NULL, 
	customer_id INTEGER NOT NULL, 
	vehicle_id INTEGER NOT NULL, 
	reason VARCHAR(30) NOT NULL, 
	about VARCHAR(40) NOT NULL, 
	result VARCHAR(30) NOT NULL, 
	note VARCHAR(500) NOT NULL, 
	again_on DATE, 
	appointment_id INTEGER, 
	at DATETIME NOT NULL, 
	by_id INTEGER, 
	CONSTRAINT pk_outreach_call PRIMARY KEY (id), 
	CONSTRAINT fk_outreach_call_appointment_id_appointment FOREIGN KEY(appointment_id) REFERENCES appointment (id), 
	CONSTRAINT fk_outreach_call_by_id_staff FOREIGN KEY(by_id) REFERENCES staff (id), 
	CONSTRAINT fk_outreach_call_customer_id_customer FOREIGN KEY(customer_id) REFERENCES customer (id), 
	CONSTRAINT fk_outreach_call_vehicle_id_vehicle FOREIGN KEY(vehicle_id) REFERENCES vehicle (id)
);
CREATE TABLE "part" (
	id INTEGER NOT NULL, 
	code VARCHAR(40) NOT NULL, 
	name VARCHAR(120) NOT NULL, 
	brand VARCHAR(60) NOT NULL, 
	unit VARCHAR(20) NOT NULL, 
	price BIGINT NOT NULL, 
	cost BIGINT NOT NULL, 
	place VARCHAR(40) NOT NULL, 
	minimum BIGINT NOT NULL, 
	on_hand BIGINT NOT NULL, 
	active BOOLEAN NOT NULL, 
	grade VARCHAR(30), 
	interchange VARCHAR(40) DEFAULT ('') NOT NULL, tax_percent BIGINT, 
	CONSTRAINT pk_part PRIMARY KEY (id), 
	CONSTRAINT uq_part_code UNIQUE (code)
);
CREATE TABLE part_fit (
	id INTEGER NOT NULL, 
	part_id INTEGER NOT NULL, 
	make VARCHAR(60) NOT NULL, 
	model VARCHAR(60) NOT NULL, 
	year_from INTEGER, 
	year_to INTEGER, 
	CONSTRAINT pk_part_fit PRIMARY KEY (id), 
	CONSTRAINT fk_part_fit_part_id_part FOREIGN KEY(part_id) REFERENCES part (id)
);
CREATE TABLE "part_reservation" (
	id INTEGER NOT NULL, 
	part_id INTEGER NOT NULL, 
	appointment_id INTEGER, 
	quantity BIGINT NOT NULL, 
	picked_at DATETIME, 
	picked_by_id INTEGER, 
	created_at DATETIME NOT NULL, 
	order_id INTEGER, 
	CONSTRAINT pk_part_reservation PRIMARY KEY (id), 
	CONSTRAINT fk_part_reservation_appointment_id_appointment FOREIGN KEY(appointment_id) REFERENCES appointment (id), 
	CONSTRAINT uq_part_reservation_appointment_id_part_id UNIQUE (appointment_id, part_id), 
	CONSTRAINT fk_part_reservation_part_id_part FOREIGN KEY(part_id) REFERENCES part (id), 
	CONSTRAINT fk_part_reservation_picked_by_id_staff FOREIGN KEY(picked_by_id) REFERENCES staff (id), 
	CONSTRAINT uq_part_reservation_order_id_part_id UNIQUE (order_id, part_id), 
	CONSTRAINT fk_part_reservation_order_id_work_order FOREIGN KEY(order_id) REFERENCES work_order (id)
);
CREATE TABLE part_supplier (
	part_id INTEGER NOT NULL, 
	supplier_id INTEGER NOT NULL, 
	code VARCHAR(60) NOT NULL, 
	cost BIGINT, 
	preferred BOOLEAN NOT NULL, 
	updated_at DATETIME NOT NULL, 
	CONSTRAINT pk_part_supplier PRIMARY KEY (part_id, supplier_id), 
	CONSTRAINT fk_part_supplier_part_id_part FOREIGN KEY(part_id) REFERENCES part (id), 
	CONSTRAINT fk_part_supplier_supplier_id_supplier FOREIGN KEY(supplier_id) REFERENCES supplier (id)
);
CREATE TABLE pay_way (
	method VARCHAR(30) NOT NULL, 
	taken BOOLEAN NOT NULL, 
	picture VARCHAR(64) NOT NULL, 
	CONSTRAINT pk_pay_way PRIMARY KEY (method)
);
CREATE TABLE payer_claim (
	id INTEGER NOT NULL, 
	number VARCHAR(20) NOT NULL, 
	order_id INTEGER NOT NULL, 
	line_id INTEGER, 
	payer VARCHAR(30) NOT NULL, 
	status VARCHAR(30) NOT NULL, 
	title VARCHAR(160) NOT NULL, 
	payer_name VARCHAR(120) NOT NULL, 
	reference VARCHAR(60) NOT NULL, 
	part_code VARCHAR(60) NOT NULL, 
	failure VARCHAR(500) NOT NULL, 
	cause VARCHAR(500) NOT NULL, 
	odometer_km INTEGER, 
	asked BIGINT NOT NULL, 
	approved BIGINT, 
	rejection VARCHAR(30), 
	reason VARCHAR(300) NOT NULL, 
	limit_on DATE, 
	created_at DATETIME NOT NULL, 
	sent_at DATETIME, 
	answered_at DATETIME, 
	ended_at DATETIME, 
	version INTEGER NOT NULL, 
	CONSTRAINT pk_payer_claim PRIMARY KEY (id), 
	CONSTRAINT fk_payer_claim_line_id_order_line FOREIGN KEY(line_id) REFERENCES order_line (id), 
	CONSTRAINT fk_payer_claim_order_id_work_order FOREIGN KEY(order_id) REFERENCES work_order (id), 
	CONSTRAINT uq_payer_claim_number UNIQUE (number)
);
CREATE TABLE payment (
	id INTEGER NOT NULL, 
	order_id INTEGER NOT NULL, 
	method VARCHAR(30) NOT NULL, 
	amount BIGINT NOT NULL, 
	tendered BIGINT, 
	change BIGINT NOT NULL, 
	reverses_id INTEGER, 
	reason VARCHAR(300) NOT NULL, 
	at DATETIME NOT NULL, 
	by_id INTEGER, kind VARCHAR(30) DEFAULT 'payment' NOT NULL, number VARCHAR(20) DEFAULT '' NOT NULL, 
	CONSTRAINT pk_payment PRIMARY KEY (id), 
	CONSTRAINT fk_payment_by_id_staff FOREIGN KEY(by_id) REFERENCES staff (id), 
	CONSTRAINT fk_payment_order_id_work_order FOREIGN KEY(order_id) REFERENCES work_order (id), 
	CONSTRAINT fk_payment_reverses_id_payment FOREIGN KEY(reverses_id) REFERENCES payment (id)
);
CREATE TABLE price_change (
	id INTEGER NOT NULL, 
	part_id INTEGER NOT NULL, 
	source VARCHAR(30) NOT NULL, 
	price_was BIGINT NOT NULL, 
	price BIGINT NOT NULL, 
	cost_was BIGINT NOT NULL, 
	cost BIGINT NOT NULL, 
	note VARCHAR(200) NOT NULL, 
	at DATETIME NOT NULL, 
	by_id INTEGER, 
	CONSTRAINT pk_price_change PRIMARY KEY (id), 
	CONSTRAINT fk_price_change_by_id_staff FOREIGN KEY(by_id) REFERENCES staff (id), 
	CONSTRAINT fk_price_change_part_id_part FOREIGN KEY(part_id) REFERENCES part (id)
);
CREATE TABLE private_link (
	id INTEGER NOT NULL, 
	token VARCHAR(64) NOT NULL, 
	purpose VARCHAR(30) NOT NULL, 
	subject_id INTEGER, 
	created_at DATETIME NOT NULL, 
	expires_at DATETIME, 
	ended_at DATETIME, 
	by_id INTEGER, 
	CONSTRAINT pk_private_link PRIMARY KEY (id), 
	CONSTRAINT fk_private_link_by_id_staff FOREIGN KEY(by_id) REFERENCES staff (id), 
	CONSTRAINT uq_private_link_token UNIQUE (token)
);
CREATE TABLE "purchase_line" (
	id INTEGER NOT NULL, 
	part_id INTEGER, 
	appointment_id INTEGER, 
	what VARCHAR(160) NOT NULL, 
	quantity BIGINT NOT NULL, 
	status VARCHAR(30) NOT NULL, 
	supplier VARCHAR(120) NOT NULL, 
	expected_on DATE, 
	reason VARCHAR(300) NOT NULL, 
	created_at DATETIME NOT NULL, 
	arrived_at DATETIME, 
	by_id INTEGER, 
	version INTEGER NOT NULL, 
	order_id INTEGER, 
	purchase_order_id INTEGER, 
	supplier_id INTEGER, 
	unit_cost BIGINT, 
	CONSTRAINT pk_purchase_line PRIMARY KEY (id), 
	CONSTRAINT fk_purchase_line_order_id_work_order FOREIGN KEY(order_id) REFERENCES work_order (id), 
	CONSTRAINT fk_purchase_line_part_id_part FOREIGN KEY(part_id) REFERENCES part (id), 
	CONSTRAINT fk_purchase_line_appointment_id_appointment FOREIGN KEY(appointment_id) REFERENCES appointment (id), 
	CONSTRAINT fk_purchase_line_by_id_staff FOREIGN KEY(by_id) REFERENCES staff (id), 
	CONSTRAINT fk_purchase_line_supplier_id_supplier FOREIGN KEY(supplier_id) REFERENCES supplier (id), 
	CONSTRAINT fk_purchase_line_purchase_order_id_purchase_order FOREIGN KEY(purchase_order_id) REFERENCES purchase_order (id)
);
CREATE TABLE purchase_order (
	id INTEGER NOT NULL, 
	number VARCHAR(20) NOT NULL, 
	supplier_id INTEGER NOT NULL, 
	ordered_at DATETIME NOT NULL, 
	by_id INTEGER, 
	note VARCHAR(300) NOT NULL, 
	CONSTRAINT pk_purchase_order PRIMARY KEY (id), 
	CONSTRAINT fk_purchase_order_by_id_staff FOREIGN KEY(by_id) REFERENCES staff (id), 
	CONSTRAINT fk_purchase_order_supplier_id_supplier FOREIGN KEY(supplier_id) REFERENCES supplier (id), 
	CONSTRAINT uq_purchase_order_number UNIQUE (number)
);
CREATE TABLE recommendation (
	id INTEGER NOT NULL, 
	vehicle_id INTEGER NOT NULL, 
	order_id INTEGER NOT NULL, 
	job_id INTEGER, 
	text VARCHAR(300) NOT NULL, 
	urgency VARCHAR(30) NOT NULL, 
	safety BOOLEAN NOT NULL, 
	due_on DATE, 
	due_km INTEGER, 
	at DATETIME NOT NULL, 
	by_id INTEGER, 
	ended VARCHAR(30), 
	ended_at DATETIME, 
	ended_order_id INTEGER, 
	ended_by_id INTEGER, 
	CONSTRAINT pk_recommendation PRIMARY KEY (id), 
	CONSTRAINT fk_recommendation_by_id_staff FOREIGN KEY(by_id) REFERENCES staff (id), 
	CONSTRAINT fk_recommendation_ended_by_id_staff FOREIGN KEY(ended_by_id) REFERENCES staff (id), 
	CONSTRAINT fk_recommendation_ended_order_id_work_order FOREIGN KEY(ended_order_id) REFERENCES work_order (id), 
	CONSTRAINT fk_recommendation_job_id_job FOREIGN KEY(job_id) REFERENCES job (id), 
	CONSTRAINT fk_recommendation_order_id_work_order FOREIGN KEY(order_id) REFERENCES work_order (id), 
	CONSTRAINT fk_recommendation_vehicle_id_vehicle FOREIGN KEY(vehicle_id) REFERENCES vehicle (id)
);
CREATE TABLE requisition (
	id INTEGER NOT NULL, 
	number VARCHAR(20) NOT NULL, 
	order_id INTEGER NOT NULL, 
	status VARCHAR(30) NOT NULL, 
	note VARCHAR(200) NOT NULL, 
	asked_at DATETIME NOT NULL, 
	asked_by_id INTEGER, 
	picked_at DATETIME, 
	picked_by_id INTEGER, 
	issued_at DATETIME, 
	issued_by_id INTEGER, 
	taken_by_id INTEGER, 
	signature_id INTEGER, 
	version INTEGER NOT NULL, 
	CONSTRAINT pk_requisition PRIMARY KEY (id), 
	CONSTRAINT fk_requisition_asked_by_id_staff FOREIGN KEY(asked_by_id) REFERENCES staff (id), 
	CONSTRAINT fk_requisition_issued_by_id_staff FOREIGN KEY(issued_by_id) REFERENCES staff (id), 
	CONSTRAINT fk_requisition_order_id_work_order FOREIGN KEY(order_id) REFERENCES work_order (id), 
	CONSTRAINT fk_requisition_picked_by_id_staff FOREIGN KEY(picked_by_id) REFERENCES staff (id), 
	CONSTRAINT fk_requisition_signature_id_attachment FOREIGN KEY(signature_id) REFERENCES attachment (id), 
	CONSTRAINT fk_requisition_taken_by_id_staff FOREIGN KEY(taken_by_id) REFERENCES staff (id), 
	CONSTRAINT uq_requisition_number UNIQUE (number)
);
CREATE TABLE requisition_line (
	id INTEGER NOT NULL, 
	requisition_id INTEGER NOT NULL, 
	line_id INTEGER NOT NULL, 
	quantity BIGINT NOT NULL, 
	picked BIGINT NOT NULL, 
	issued BIGINT NOT NULL, 
	CONSTRAINT pk_requisition_line PRIMARY KEY (id), 
	CONSTRAINT fk_requisition_line_line_id_order_line FOREIGN KEY(line_id) REFERENCES order_line (id), 
	CONSTRAINT fk_requisition_line_requisition_id_requisition FOREIGN KEY(requisition_id) REFERENCES requisition (id), 
	CONSTRAINT uq_requisition_line_requisition_id_line_id UNIQUE (requisition_id, line_id)
);
CREATE TABLE reservation (
	id INTEGER NOT NULL, 
	appointment_id INTEGER, 
	order_id INTEGER, 
	bay_id INTEGER, 
	staff_id INTEGER, 
	starts_at DATETIME NOT NULL, 
	ends_at DATETIME NOT NULL, 
	CONSTRAINT pk_reservation PRIMARY KEY (id), 
	CONSTRAINT ck_reservation_one_resource CHECK ((bay_id IS NULL) <> (staff_id IS NULL)), 
	CONSTRAINT ck_reservation_runs_forward CHECK (starts_at < ends_at), 
	CONSTRAINT fk_reservation_appointment_id_appointment FOREIGN KEY(appointment_id) REFERENCES appointment (id), 
	CONSTRAINT fk_reservation_bay_id_bay FOREIGN KEY(bay_id) REFERENCES bay (id), 
	CONSTRAINT fk_reservation_order_id_work_order FOREIGN KEY(order_id) REFERENCES work_order (id), 
	CONSTRAINT fk_reservation_staff_id_staff FOREIGN KEY(staff_id) REFERENCES staff (id)
);
CREATE TABLE role_limit (
	role VARCHAR(30) NOT NULL, 
	discount_percent INTEGER NOT NULL, 
	CONSTRAINT pk_role_limit PRIMARY KEY (role)
);
CREATE TABLE search_line (
	id INTEGER NOT NULL, 
	customer_id INTEGER NOT NULL, 
	vehicle_id INTEGER, 
	visited_at DATETIME, 
	keys VARCHAR(450) NOT NULL, 
	CONSTRAINT pk_search_line PRIMARY KEY (id), 
	CONSTRAINT fk_search_line_customer_id_customer FOREIGN KEY(customer_id) REFERENCES customer (id), 
	CONSTRAINT fk_search_line_vehicle_id_vehicle FOREIGN KEY(vehicle_id) REFERENCES vehicle (id)
);
CREATE TABLE shift (
	id INTEGER NOT NULL, 
	staff_id INTEGER NOT NULL, 
	weekday INTEGER NOT NULL, 
	starts INTEGER NOT NULL, 
	ends INTEGER NOT NULL, 
	break_starts INTEGER, 
	break_ends INTEGER, 
	CONSTRAINT pk_shift PRIMARY KEY (id), 
	CONSTRAINT fk_shift_staff_id_staff FOREIGN KEY(staff_id) REFERENCES staff (id)
);
CREATE TABLE sign_in_session (
	id INTEGER NOT NULL, 
	staff_id INTEGER NOT NULL, 
	token_hash VARCHAR(64) NOT NULL, 
	created_at DATETIME NOT NULL, 
	seen_at DATETIME NOT NULL, 
	expires_at DATETIME NOT NULL, 
	ended_at DATETIME, 
	sandbox VARCHAR(40), 
	CONSTRAINT pk_sign_in_session PRIMARY KEY (id), 
	CONSTRAINT fk_sign_in_session_staff_id_staff FOREIGN KEY(staff_id) REFERENCES staff (id), 
	CONSTRAINT uq_sign_in_session_token_hash UNIQUE (token_hash)
);
CREATE TABLE staff (
	id INTEGER NOT NULL, 
	name VARCHAR(80) NOT NULL, 
	pin_hash VARCHAR(200) NOT NULL, 
	language VARCHAR(10), 
	active BOOLEAN NOT NULL, 
	wrong_pins INTEGER NOT NULL, 
	locked_until DATETIME, 
	CONSTRAINT pk_staff PRIMARY KEY (id)
);
CREATE TABLE staff_role (
	staff_id INTEGER NOT NULL, 
	role VARCHAR(30) NOT NULL, 
	CONSTRAINT pk_staff_role PRIMARY KEY (staff_id, role), 
	CONSTRAINT fk_staff_role_staff_id_staff FOREIGN KEY(staff_id) REFERENCES staff (id)
);
CREATE TABLE staff_skill (
	staff_id INTEGER NOT NULL, 
	skill VARCHAR(30) NOT NULL, 
	CONSTRAINT pk_staff_skill PRIMARY KEY (staff_id, skill), 
	CONSTRAINT fk_staff_skill_staff_id_staff FOREIGN KEY(staff_id) REFERENCES staff (id)
);
CREATE TABLE statement (
	id INTEGER NOT NULL, 
	number VARCHAR(20) NOT NULL, 
	order_id INTEGER NOT NULL, 
	reverses_id INTEGER, 
	net BIGINT NOT NULL, 
	tax BIGINT NOT NULL, 
	total BIGINT NOT NULL, 
	customer_share BIGINT NOT NULL, 
	tax_percent BIGINT NOT NULL, 
	currency VARCHAR(3) NOT NULL, 
	reason VARCHAR(300) NOT NULL, 
	at DATETIME NOT NULL, 
	by_id INTEGER, issued_for JSON, 
	CONSTRAINT pk_statement PRIMARY KEY (id), 
	CONSTRAINT fk_statement_by_id_staff FOREIGN KEY(by_id) REFERENCES staff (id), 
	CONSTRAINT fk_statement_order_id_work_order FOREIGN KEY(order_id) REFERENCES work_order (id), 
	CONSTRAINT fk_statement_reverses_id_statement FOREIGN KEY(reverses_id) REFERENCES statement (id), 
	CONSTRAINT uq_statement_number UNIQUE (number)
);
CREATE TABLE "statement_line" (
	id INTEGER NOT NULL, 
	statement_id INTEGER NOT NULL, 
	line_id INTEGER, 
	kind VARCHAR(30) NOT NULL, 
	title VARCHAR(160) NOT NULL, 
	quantity BIGINT NOT NULL, 
	unit_price BIGINT NOT NULL, 
	discount BIGINT NOT NULL, 
	payer VARCHAR(30) NOT NULL, 
	total BIGINT NOT NULL, 
	payer_percent INTEGER DEFAULT (100) NOT NULL, tax_percent BIGINT, agreed BIGINT, difference VARCHAR(30), difference_words VARCHAR(300) DEFAULT '' NOT NULL, 
	CONSTRAINT pk_statement_line PRIMARY KEY (id), 
	CONSTRAINT fk_statement_line_line_id_order_line FOREIGN KEY(line_id) REFERENCES order_line (id), 
	CONSTRAINT fk_statement_line_statement_id_statement FOREIGN KEY(statement_id) REFERENCES statement (id)
);
CREATE TABLE statement_share (
	id INTEGER NOT NULL, 
	statement_id INTEGER NOT NULL, 
	payer VARCHAR(30) NOT NULL, 
	tax_percent BIGINT NOT NULL, 
	net BIGINT NOT NULL, 
	tax BIGINT NOT NULL, 
	total BIGINT NOT NULL, 
	CONSTRAINT pk_statement_share PRIMARY KEY (id), 
	CONSTRAINT fk_statement_share_statement_id_statement FOREIGN KEY(statement_id) REFERENCES statement (id), 
	CONSTRAINT uq_statement_share_statement_id_payer_tax_percent UNIQUE (statement_id, payer, tax_percent)
);
CREATE TABLE stock_movement (
	id INTEGER NOT NULL, 
	part_id INTEGER NOT NULL, 
	kind VARCHAR(30) NOT NULL, 
	quantity BIGINT NOT NULL, 
	unit_cost BIGINT NOT NULL, 
	line_id INTEGER, 
	reason VARCHAR(200) NOT NULL, 
	at DATETIME NOT NULL, 
	by_id INTEGER, requisition_id INTEGER, purchase_line_id INTEGER, 
	CONSTRAINT pk_stock_movement PRIMARY KEY (id), 
	CONSTRAINT fk_stock_movement_by_id_staff FOREIGN KEY(by_id) REFERENCES staff (id), 
	CONSTRAINT fk_stock_movement_line_id_order_line FOREIGN KEY(line_id) REFERENCES order_line (id), 
	CONSTRAINT fk_stock_movement_part_id_part FOREIGN KEY(part_id) REFERENCES part (id)
);
CREATE TABLE supplier (
	id INTEGER NOT NULL, 
	name VARCHAR(120) NOT NULL, 
	contact VARCHAR(80) NOT NULL, 
	phone VARCHAR(40) NOT NULL, 
	email VARCHAR(120) NOT NULL, 
	note VARCHAR(300) NOT NULL, 
	delivery_days INTEGER, 
	active BOOLEAN NOT NULL, 
	CONSTRAINT pk_supplier PRIMARY KEY (id), 
	CONSTRAINT uq_supplier_name UNIQUE (name)
);
CREATE TABLE task_result (
	id INTEGER NOT NULL, 
	appointment_id INTEGER NOT NULL, 
	kind VARCHAR(30) NOT NULL, 
	about_at DATETIME, 
	outcome VARCHAR(30) NOT NULL, 
	note VARCHAR(500) NOT NULL, 
	at DATETIME NOT NULL, 
	by_id INTEGER, 
	CONSTRAINT pk_task_result PRIMARY KEY (id), 
	CONSTRAINT fk_task_result_appointment_id_appointment FOREIGN KEY(appointment_id) REFERENCES appointment (id), 
	CONSTRAINT fk_task_result_by_id_staff FOREIGN KEY(by_id) REFERENCES staff (id)
);
CREATE TABLE "vehicle" (
	id INTEGER NOT NULL, 
	customer_id INTEGER NOT NULL, 
	plate VARCHAR(20) NOT NULL, 
	plate_key VARCHAR(20), 
	vin VARCHAR(17), 
	make VARCHAR(60) NOT NULL, 
	model VARCHAR(80) NOT NULL, 
	first_registered DATE, 
	odometer_km INTEGER, 
	odometer_on DATE, 
	last_service_on DATE, 
	next_service_on DATE, 
	next_service_km INTEGER, 
	warranty_until DATE, 
	note VARCHAR(2000) NOT NULL, 
	created_at DATETIME NOT NULL, 
	version INTEGER NOT NULL, 
	inspection_until DATE, 
	insurance_until DATE, 
	visited_at DATETIME, 
	reckoned BOOLEAN DEFAULT (false) NOT NULL, body VARCHAR(30), 
	CONSTRAINT pk_vehicle PRIMARY KEY (id), 
	CONSTRAINT uq_vehicle_plate_key UNIQUE (plate_key), 
	CONSTRAINT fk_vehicle_customer_id_customer FOREIGN KEY(customer_id) REFERENCES customer (id)
);
CREATE TABLE verification (
	id INTEGER NOT NULL, 
	order_id INTEGER NOT NULL, 
	differences VARCHAR(1000) NOT NULL, 
	symptom VARCHAR(30), 
	note VARCHAR(1000) NOT NULL, 
	road_from_km INTEGER, 
	road_to_km INTEGER, 
	at DATETIME NOT NULL, 
	by_id INTEGER, 
	version INTEGER NOT NULL, 
	CONSTRAINT pk_verification PRIMARY KEY (id), 
	CONSTRAINT fk_verification_by_id_staff FOREIGN KEY(by_id) REFERENCES staff (id), 
	CONSTRAINT fk_verification_order_id_work_order FOREIGN KEY(order_id) REFERENCES work_order (id), 
	CONSTRAINT uq_verification_order_id UNIQUE (order_id)
);
CREATE TABLE warranty_term (
	id INTEGER NOT NULL, 
	make VARCHAR(60) NOT NULL, 
	"group" VARCHAR(60) NOT NULL, 
	months INTEGER, 
	km INTEGER, 
	CONSTRAINT pk_warranty_term PRIMARY KEY (id), 
	CONSTRAINT uq_warranty_term_make_group UNIQUE (make, "group")
);
CREATE TABLE "work_order" (
	id INTEGER NOT NULL, 
	number VARCHAR(20) NOT NULL, 
	appointment_id INTEGER, 
	customer_id INTEGER NOT NULL, 
	vehicle_id INTEGER NOT NULL, 
	advisor_id INTEGER, 
	status VARCHAR(30) NOT NULL, 
	concern VARCHAR(2000) NOT NULL, 
	arrived_at DATETIME NOT NULL, 
	greeted_at DATETIME, 
	promised_at DATETIME, 
	waits BOOLEAN NOT NULL, 
	wash BOOLEAN NOT NULL, 
	old_parts BOOLEAN NOT NULL, 
	payment_method VARCHAR(30), 
	key_tag VARCHAR(20) NOT NULL, 
	place VARCHAR(60) NOT NULL, 
	technician_id INTEGER, 
	bay_id INTEGER, 
	hold_reason VARCHAR(30), 
	rework_count INTEGER NOT NULL, 
	told_at DATETIME, 
	pick_up_at DATETIME, 
	delivered_at DATETIME, 
	closed_at DATETIME, 
	credit_by_id INTEGER, 
	credit_reason VARCHAR(300) NOT NULL, 
	advice VARCHAR(2000) NOT NULL, 
	reason VARCHAR(300) NOT NULL, 
	version INTEGER NOT NULL, 
	answers JSON, 
	estimate_version INTEGER DEFAULT 0 NOT NULL, 
	promise_reason VARCHAR(300) DEFAULT ('') NOT NULL, 
	ask_over BIGINT, 
	reach_by VARCHAR(30), 
	reach_at VARCHAR(120) DEFAULT ('') NOT NULL, 
	stay VARCHAR(30), 
	requests VARCHAR(500) DEFAULT ('') NOT NULL, 
	papers JSON, 
	handed_at DATETIME, 
	accepted_at DATETIME, 
	moment VARCHAR(20) DEFAULT ('') NOT NULL, 
	due_on DATE, 
	on_account BOOLEAN DEFAULT (false) NOT NULL, 
	CONSTRAINT pk_work_order PRIMARY KEY (id), 
	CONSTRAINT fk_work_order_appointment_id_appointment FOREIGN KEY(appointment_id) REFERENCES appointment (id), 
	CONSTRAINT fk_work_order_advisor_id_staff FOREIGN KEY(advisor_id) REFERENCES staff (id), 
	CONSTRAINT fk_work_order_vehicle_id_vehicle FOREIGN KEY(vehicle_id) REFERENCES vehicle (id), 
	CONSTRAINT fk_work_order_customer_id_customer FOREIGN KEY(customer_id) REFERENCES customer (id), 
	CONSTRAINT uq_work_order_number UNIQUE (number), 
	CONSTRAINT fk_work_order_bay_id_bay FOREIGN KEY(bay_id) REFERENCES bay (id), 
	CONSTRAINT fk_work_order_credit_by_id_staff FOREIGN KEY(credit_by_id) REFERENCES staff (id), 
	CONSTRAINT fk_work_order_technician_id_staff FOREIGN KEY(technician_id) REFERENCES staff (id)
);
CREATE INDEX ix_absence_ends_at ON absence (ends_at);
CREATE INDEX ix_absence_staff_id ON absence (staff_id);
CREATE INDEX ix_attachment_sha256 ON attachment (sha256);
CREATE INDEX ix_attachment_subject ON attachment (subject, subject_id);
CREATE INDEX ix_contact_consent_by_id ON contact_consent (by_id);
CREATE INDEX ix_contact_consent_customer_id ON contact_consent (customer_id);
CREATE INDEX ix_event_at ON event (at);
CREATE INDEX ix_event_subject ON event (subject, subject_id);
CREATE INDEX ix_message_customer_id ON message (customer_id);
CREATE INDEX ix_message_due_at ON message (due_at);
CREATE INDEX ix_message_state ON message (state);
CREATE INDEX ix_shift_staff_id ON shift (staff_id);
CREATE INDEX ix_sign_in_session_staff_id ON sign_in_session (staff_id);
CREATE INDEX ix_appointment_customer_id ON appointment (customer_id);
CREATE INDEX ix_appointment_starts_at ON appointment (starts_at);
CREATE INDEX ix_appointment_status_starts ON appointment (status, starts_at);
CREATE INDEX ix_appointment_vehicle_id ON appointment (vehicle_id);
CREATE INDEX ix_appointment_job_appointment_id ON appointment_job (appointment_id);
CREATE INDEX ix_check_order_id ON "check" (order_id);
CREATE INDEX ix_follow_up_customer_id ON follow_up (customer_id);
CREATE INDEX ix_follow_up_due_at ON follow_up (due_at);
CREATE INDEX ix_follow_up_order_id ON follow_up (order_id);
CREATE INDEX ix_follow_up_status ON follow_up (status);
CREATE INDEX ix_payment_at ON payment (at);
CREATE INDEX ix_payment_order_id ON payment (order_id);
CREATE INDEX ix_reservation_appointment_id ON reservation (appointment_id);
CREATE INDEX ix_reservation_bay_starts ON reservation (bay_id, starts_at);
CREATE INDEX ix_reservation_order_id ON reservation (order_id);
CREATE INDEX ix_reservation_staff_starts ON reservation (staff_id, starts_at);
CREATE INDEX ix_reservation_starts_at ON reservation (starts_at);
CREATE INDEX ix_statement_order_id ON statement (order_id);
CREATE UNIQUE INDEX uq_statement_reverses_id ON statement (reverses_id) WHERE reverses_id IS NOT NULL;
CREATE INDEX ix_complaint_customer_id ON complaint (customer_id);
CREATE INDEX ix_complaint_follow_up_id ON complaint (follow_up_id);
CREATE INDEX ix_complaint_order_id ON complaint (order_id);
CREATE INDEX ix_complaint_status ON complaint (status);
CREATE INDEX ix_contact_attempt_appointment_id ON contact_attempt (appointment_id);
CREATE INDEX ix_contact_attempt_customer_id ON contact_attempt (customer_id);
CREATE INDEX ix_contact_attempt_follow_up_id ON contact_attempt (follow_up_id);
CREATE INDEX ix_contact_attempt_order_id ON contact_attempt (order_id);
CREATE INDEX ix_stock_movement_line_id ON stock_movement (line_id);
CREATE INDEX ix_stock_movement_part_id ON stock_movement (part_id);
CREATE TRIGGER reservation_bay_id_INSERT BEFORE INSERT ON reservation WHEN NEW.bay_id IS NOT NULL
BEGIN
  SELECT RAISE(ABORT, 'reservation overlaps') WHERE (
    SELECT ends_at FROM reservation
    WHERE bay_id = NEW.bay_id AND starts_at < NEW.ends_at AND id IS NOT NEW.id
    ORDER BY starts_at DESC LIMIT 1
  ) > NEW.starts_at;
END;
CREATE TRIGGER reservation_bay_id_UPDATE BEFORE UPDATE ON reservation WHEN NEW.bay_id IS NOT NULL
BEGIN
  SELECT RAISE(ABORT, 'reservation overlaps') WHERE (
    SELECT ends_at FROM reservation
    WHERE bay_id = NEW.bay_id AND starts_at < NEW.ends_at AND id IS NOT NEW.id
    ORDER BY starts_at DESC LIMIT 1
  ) > NEW.starts_at;
END;
CREATE TRIGGER reservation_staff_id_INSERT BEFORE INSERT ON reservation WHEN NEW.staff_id IS NOT NULL
BEGIN
  SELECT RAISE(ABORT, 'reservation overlaps') WHERE (
    SELECT ends_at FROM reservation
    WHERE staff_id = NEW.staff_id AND starts_at < NEW.ends_at AND id IS NOT NEW.id
    ORDER BY starts_at DESC LIMIT 1
  ) > NEW.starts_at;
END;
CREATE TRIGGER reservation_staff_id_UPDATE BEFORE UPDATE ON reservation WHEN NEW.staff_id IS NOT NULL
BEGIN
  SELECT RAISE(ABORT, 'reservation overlaps') WHERE (
    SELECT ends_at FROM reservation
    WHERE staff_id = NEW.staff_id AND starts_at < NEW.ends_at AND id IS NOT NEW.id
    ORDER BY starts_at DESC LIMIT 1
  ) > NEW.starts_at;
END;
CREATE TRIGGER frozen_event_UPDATE BEFORE UPDATE ON "event"
BEGIN SELECT RAISE(ABORT, 'event is append-only'); END;
CREATE TRIGGER frozen_event_DELETE BEFORE DELETE ON "event"
BEGIN SELECT RAISE(ABORT, 'event is append-only'); END;
CREATE TRIGGER frozen_stock_movement_UPDATE BEFORE UPDATE ON "stock_movement"
BEGIN SELECT RAISE(ABORT, 'stock_movement is append-only'); END;
CREATE TRIGGER frozen_stock_movement_DELETE BEFORE DELETE ON "stock_movement"
BEGIN SELECT RAISE(ABORT, 'stock_movement is append-only'); END;
CREATE TRIGGER frozen_check_UPDATE BEFORE UPDATE ON "check"
BEGIN SELECT RAISE(ABORT, 'check is append-only'); END;
CREATE TRIGGER frozen_check_DELETE BEFORE DELETE ON "check"
BEGIN SELECT RAISE(ABORT, 'check is append-only'); END;
CREATE TRIGGER frozen_statement_UPDATE BEFORE UPDATE ON "statement"
BEGIN SELECT RAISE(ABORT, 'statement is append-only'); END;
CREATE TRIGGER frozen_statement_DELETE BEFORE DELETE ON "statement"
BEGIN SELECT RAISE(ABORT, 'statement is append-only'); END;
CREATE TRIGGER frozen_payment_UPDATE BEFORE UPDATE ON "payment"
BEGIN SELECT RAISE(ABORT, 'payment is append-only'); END;
CREATE TRIGGER frozen_payment_DELETE BEFORE DELETE ON "payment"
BEGIN SELECT RAISE(ABORT, 'payment is append-only'); END;
CREATE TRIGGER frozen_attachment_UPDATE BEFORE UPDATE ON "attachment"
BEGIN SELECT RAISE(ABORT, 'attachment is append-only'); END;
CREATE TRIGGER frozen_attachment_DELETE BEFORE DELETE ON "attachment"
BEGIN SELECT RAISE(ABORT, 'attachment is append-only'); END;
CREATE TRIGGER frozen_contact_attempt_UPDATE BEFORE UPDATE ON "contact_attempt"
BEGIN SELECT RAISE(ABORT, 'contact_attempt is append-only'); END;
CREATE TRIGGER frozen_contact_attempt_DELETE BEFORE DELETE ON "contact_attempt"
BEGIN SELECT RAISE(ABORT, 'contact_attempt is append-only'); END;
CREATE INDEX ix_private_link_subject_id ON private_link (subject_id);
CREATE INDEX ix_car_due_reason_due_on ON car_due (reason, due_on, vehicle_id);
CREATE INDEX ix_search_line_customer_id ON search_line (customer_id);
CREATE INDEX ix_search_line_newest ON search_line (visited_at, customer_id, vehicle_id, keys);
CREATE INDEX ix_search_line_vehicle_id ON search_line (vehicle_id);
CREATE INDEX ix_outreach_call_appointment_id ON outreach_call (appointment_id);
CREATE INDEX ix_outreach_call_at ON outreach_call (at);
CREATE INDEX ix_outreach_call_customer_id ON outreach_call (customer_id);
CREATE INDEX ix_outreach_call_vehicle_reason ON outreach_call (vehicle_id, reason);
CREATE INDEX ix_task_result_appointment_kind ON task_result (appointment_id, kind);
CREATE INDEX ix_task_result_at ON task_result (at);
CREATE INDEX ix_campaign_car_order_id ON campaign_car (order_id);
CREATE INDEX ix_appointment_created_at ON appointment (created_at);
CREATE INDEX ix_customer_phone ON customer (phone);
CREATE INDEX ix_customer_name ON customer (name);
CREATE INDEX ix_message_subject ON message (subject, subject_id);
CREATE INDEX ix_vehicle_customer_id ON vehicle (customer_id);
CREATE INDEX ix_vehicle_vin ON vehicle (vin);
CREATE INDEX ix_vehicle_inspection_until ON vehicle (inspection_until);
CREATE INDEX ix_vehicle_insurance_until ON vehicle (insurance_until);
CREATE INDEX ix_vehicle_not_reckoned ON vehicle (id) WHERE NOT reckoned;
CREATE TRIGGER frozen_task_result_UPDATE BEFORE UPDATE ON "task_result"
BEGIN SELECT RAISE(ABORT, 'task_result is append-only'); END;
CREATE TRIGGER frozen_task_result_DELETE BEFORE DELETE ON "task_result"
BEGIN SELECT RAISE(ABORT, 'task_result is append-only'); END;
CREATE TRIGGER frozen_outreach_call_UPDATE BEFORE UPDATE ON "outreach_call"
BEGIN SELECT RAISE(ABORT, 'outreach_call is append-only'); END;
CREATE TRIGGER frozen_outreach_call_DELETE BEFORE DELETE ON "outreach_call"
BEGIN SELECT RAISE(ABORT, 'outreach_call is append-only'); END;
CREATE TRIGGER customer_line_new AFTER INSERT ON customer BEGIN 
INSERT INTO search_line (customer_id, vehicle_id, visited_at, keys)
SELECT customer.id, vehicle.id, vehicle.visited_at, lower(' ' || customer.name_keys
  || coalesce(' ' || vehicle.plate_key || ' ' || substr(vehicle.plate_key, 2), '')
  || coalesce(' ' || nullif(vehicle.plate, vehicle.plate_key), '')
  || coalesce(' ' || customer.phone, '') || coalesce(' ' || vehicle.vin, ''))
FROM customer LEFT JOIN vehicle ON vehicle.customer_id = customer.id WHERE customer.id = NEW.id; END;
CREATE TRIGGER customer_line AFTER UPDATE OF name_keys, phone ON customer BEGIN DELETE FROM search_line WHERE customer_id = NEW.id; 
INSERT INTO search_line (customer_id, vehicle_id, visited_at, keys)
SELECT customer.id, vehicle.id, vehicle.visited_at, lower(' ' || customer.name_keys
  || coalesce(' ' || vehicle.plate_key || ' ' || substr(vehicle.plate_key, 2), '')
  || coalesce(' ' || nullif(vehicle.plate, vehicle.plate_key), '')
  || coalesce(' ' || customer.phone, '') || coalesce(' ' || vehicle.vin, ''))
FROM customer LEFT JOIN vehicle ON vehicle.customer_id = customer.id WHERE customer.id = NEW.id; END;
CREATE TRIGGER vehicle_line_new AFTER INSERT ON vehicle BEGIN DELETE FROM search_line WHERE customer_id = NEW.customer_id AND coalesce(vehicle_id, 0) = 0; 
INSERT INTO search_line (customer_id, vehicle_id, visited_at, keys)
SELECT customer.id, vehicle.id, vehicle.visited_at, lower(' ' || customer.name_keys
  || coalesce(' ' || vehicle.plate_key || ' ' || substr(vehicle.plate_key, 2), '')
  || coalesce(' ' || nullif(vehicle.plate, vehicle.plate_key), '')
  || coalesce(' ' || customer.phone, '') || coalesce(' ' || vehicle.vin, ''))
FROM customer LEFT JOIN vehicle ON vehicle.customer_id = customer.id WHERE vehicle.id = NEW.id; END;
CREATE TRIGGER vehicle_line AFTER UPDATE OF customer_id, plate, plate_key, vin, visited_at ON vehicle BEGIN DELETE FROM search_line WHERE vehicle_id = NEW.id; DELETE FROM search_line WHERE customer_id = NEW.customer_id AND coalesce(vehicle_id, 0) = 0; 
INSERT INTO search_line (customer_id, vehicle_id, visited_at, keys)
SELECT customer.id, vehicle.id, vehicle.visited_at, lower(' ' || customer.name_keys
  || coalesce(' ' || vehicle.plate_key || ' ' || substr(vehicle.plate_key, 2), '')
  || coalesce(' ' || nullif(vehicle.plate, vehicle.plate_key), '')
  || coalesce(' ' || customer.phone, '') || coalesce(' ' || vehicle.vin, ''))
FROM customer LEFT JOIN vehicle ON vehicle.customer_id = customer.id WHERE vehicle.id = NEW.id; 
INSERT INTO search_line (customer_id, vehicle_id, visited_at, keys)
SELECT customer.id, vehicle.id, vehicle.visited_at, lower(' ' || customer.name_keys
  || coalesce(' ' || vehicle.plate_key || ' ' || substr(vehicle.plate_key, 2), '')
  || coalesce(' ' || nullif(vehicle.plate, vehicle.plate_key), '')
  || coalesce(' ' || customer.phone, '') || coalesce(' ' || vehicle.vin, ''))
FROM customer LEFT JOIN vehicle ON vehicle.customer_id = customer.id WHERE customer.id = OLD.customer_id AND vehicle.id IS NULL; END;
CREATE INDEX ix_campaign_range_campaign_id ON campaign_range (campaign_id);
CREATE INDEX ix_campaign_range_car ON campaign_range (vin_key, make_key, model_key);
CREATE INDEX ix_campaign_answer_order_id ON campaign_answer (order_id);
CREATE INDEX ix_claim_supplement_claim_id ON claim_supplement (claim_id);
CREATE INDEX ix_health_result_order_job_id ON health_result (order_job_id);
CREATE INDEX ix_order_task_open ON order_task (role) WHERE done_at IS NULL;
CREATE INDEX ix_order_task_order_id ON order_task (order_id);
CREATE INDEX ix_order_task_order_job_id ON order_task (order_job_id);
CREATE INDEX ix_consent_order_id ON consent (order_id);
CREATE INDEX ix_consent_item_consent_id ON consent_item (consent_id);
CREATE INDEX ix_consent_item_line_id ON consent_item (line_id);
CREATE INDEX ix_damage_mark_order_id ON damage_mark (order_id);
CREATE INDEX ix_order_line_order_id ON order_line (order_id);
CREATE INDEX ix_order_line_order_job_id ON order_line (order_job_id);
CREATE INDEX ix_order_line_part_id ON order_line (part_id);
CREATE INDEX ix_statement_line_statement_id ON statement_line (statement_id);
CREATE INDEX ix_vehicle_make_model ON vehicle (make, model);
CREATE TRIGGER frozen_campaign_answer_UPDATE BEFORE UPDATE ON "campaign_answer"
BEGIN SELECT RAISE(ABORT, 'campaign_answer is append-only'); END;
CREATE TRIGGER frozen_campaign_answer_DELETE BEFORE DELETE ON "campaign_answer"
BEGIN SELECT RAISE(ABORT, 'campaign_answer is append-only'); END;
CREATE TRIGGER frozen_consent_UPDATE BEFORE UPDATE ON "consent"
BEGIN SELECT RAISE(ABORT, 'consent is append-only'); END;
CREATE TRIGGER frozen_consent_DELETE BEFORE DELETE ON "consent"
BEGIN SELECT RAISE(ABORT, 'consent is append-only'); END;
CREATE TRIGGER frozen_consent_item_UPDATE BEFORE UPDATE ON "consent_item"
BEGIN SELECT RAISE(ABORT, 'consent_item is append-only'); END;
CREATE TRIGGER frozen_consent_item_DELETE BEFORE DELETE ON "consent_item"
BEGIN SELECT RAISE(ABORT, 'consent_item is append-only'); END;
CREATE TRIGGER frozen_statement_line_UPDATE BEFORE UPDATE ON "statement_line"
BEGIN SELECT RAISE(ABORT, 'statement_line is append-only'); END;
CREATE TRIGGER frozen_statement_line_DELETE BEFORE DELETE ON "statement_line"
BEGIN SELECT RAISE(ABORT, 'statement_line is append-only'); END;
CREATE INDEX ix_part_fit_make_model ON part_fit (make, model);
CREATE INDEX ix_part_fit_part_id ON part_fit (part_id);
CREATE INDEX ix_part_supplier_supplier_id ON part_supplier (supplier_id);
CREATE INDEX ix_price_change_part_id ON price_change (part_id);
CREATE INDEX ix_purchase_order_supplier_id ON purchase_order (supplier_id);
CREATE INDEX ix_delay_order_id ON delay (order_id);
CREATE INDEX ix_recommendation_order_id ON recommendation (order_id);
CREATE INDEX ix_recommendation_vehicle_id ON recommendation (vehicle_id);
CREATE INDEX ix_requisition_issued_at ON requisition (issued_at);
CREATE INDEX ix_requisition_order_id ON requisition (order_id);
CREATE INDEX ix_requisition_status ON requisition (status);
CREATE INDEX ix_clock_correction_clock_id ON clock_correction (clock_id);
CREATE INDEX ix_requisition_line_line_id ON requisition_line (line_id);
CREATE INDEX ix_check_template_item_template_id ON check_template_item (template_id);
CREATE INDEX ix_clock_entry_started_at ON clock_entry (started_at);
CREATE INDEX ix_clock_entry_order_id ON clock_entry (order_id);
CREATE INDEX ix_clock_entry_person ON clock_entry (staff_id, ended_at);
CREATE UNIQUE INDEX uq_clock_entry_one_runs ON clock_entry (staff_id) WHERE ended_at IS NULL AND NOT beside;
CREATE INDEX ix_order_job_order_id ON order_job (order_id);
CREATE INDEX ix_part_place ON part (place);
CREATE INDEX ix_part_reservation_part_id ON part_reservation (part_id);
CREATE INDEX ix_purchase_line_appointment_id ON purchase_line (appointment_id);
CREATE INDEX ix_purchase_line_order_id ON purchase_line (order_id);
CREATE INDEX ix_purchase_line_status ON purchase_line (status);
CREATE INDEX ix_purchase_line_arrived_at ON purchase_line (arrived_at);
CREATE INDEX ix_purchase_line_part_id ON purchase_line (part_id);
CREATE INDEX ix_purchase_line_purchase_order_id ON purchase_line (purchase_order_id);
CREATE TRIGGER frozen_clock_correction_UPDATE BEFORE UPDATE ON "clock_correction"
BEGIN SELECT RAISE(ABORT, 'clock_correction is append-only'); END;
CREATE TRIGGER frozen_clock_correction_DELETE BEFORE DELETE ON "clock_correction"
BEGIN SELECT RAISE(ABORT, 'clock_correction is append-only'); END;
CREATE TRIGGER frozen_price_change_UPDATE BEFORE UPDATE ON "price_change"
BEGIN SELECT RAISE(ABORT, 'price_change is append-only'); END;
CREATE TRIGGER frozen_price_change_DELETE BEFORE DELETE ON "price_change"
BEGIN SELECT RAISE(ABORT, 'price_change is append-only'); END;
CREATE TRIGGER case_text_INSERT AFTER INSERT ON case_text BEGIN INSERT INTO case_index (rowid, tokens) VALUES (NEW.order_id, NEW.tokens); END;
CREATE TRIGGER case_text_DELETE AFTER DELETE ON case_text BEGIN INSERT INTO case_index (case_index, rowid, tokens) VALUES ('delete', OLD.order_id, OLD.tokens); END;
CREATE TRIGGER case_text_UPDATE AFTER UPDATE ON case_text BEGIN INSERT INTO case_index (case_index, rowid, tokens) VALUES ('delete', OLD.order_id, OLD.tokens); INSERT INTO case_index (rowid, tokens) VALUES (NEW.order_id, NEW.tokens); END;
CREATE INDEX ix_cash_drawer_closed_at ON cash_drawer (closed_at);
CREATE UNIQUE INDEX uq_cash_drawer_one_open ON cash_drawer (open) WHERE closed_at IS NULL;
CREATE INDEX ix_money_reminder_order_id ON money_reminder (order_id);
CREATE INDEX ix_drawer_entry_drawer_id ON drawer_entry (drawer_id);
CREATE INDEX ix_guarantee_order_id ON guarantee (order_id);
CREATE INDEX ix_guarantee_vehicle_id ON guarantee (vehicle_id);
CREATE INDEX ix_discount_line_id ON discount (line_id);
CREATE INDEX ix_discount_order_id ON discount (order_id);
CREATE INDEX ix_discount_state ON discount (state);
CREATE INDEX ix_payer_claim_created_at ON payer_claim (created_at);
CREATE INDEX ix_payer_claim_order_id ON payer_claim (order_id);
CREATE INDEX ix_payer_claim_status_limit ON payer_claim (status, limit_on);
CREATE UNIQUE INDEX uq_payer_claim_line ON payer_claim (line_id) WHERE line_id IS NOT NULL;
CREATE INDEX ix_claim_receipt_claim_id ON claim_receipt (claim_id);
CREATE INDEX ix_old_part_claim_id ON old_part (claim_id);
CREATE INDEX ix_old_part_line_id ON old_part (line_id);
CREATE INDEX ix_old_part_order_id ON old_part (order_id);
CREATE INDEX ix_old_part_state ON old_part (state);
CREATE INDEX ix_statement_at ON statement (at);
CREATE INDEX ix_work_order_customer_id ON work_order (customer_id);
CREATE INDEX ix_work_order_delivered_at ON work_order (delivered_at);
CREATE INDEX ix_work_order_technician_id ON work_order (technician_id);
CREATE INDEX ix_work_order_vehicle_id ON work_order (vehicle_id);
CREATE INDEX ix_work_order_appointment_id ON work_order (appointment_id);
CREATE INDEX ix_work_order_status_promised ON work_order (status, promised_at);
CREATE INDEX ix_work_order_arrived_at ON work_order (arrived_at);
CREATE INDEX ix_work_order_due ON work_order (due_on) WHERE due_on IS NOT NULL;
CREATE TRIGGER frozen_statement_share_UPDATE BEFORE UPDATE ON "statement_share"
BEGIN SELECT RAISE(ABORT, 'statement_share is append-only'); END;
CREATE TRIGGER frozen_statement_share_DELETE BEFORE DELETE ON "statement_share"
BEGIN SELECT RAISE(ABORT, 'statement_share is append-only'); END;
CREATE TRIGGER frozen_drawer_entry_UPDATE BEFORE UPDATE ON "drawer_entry"
BEGIN SELECT RAISE(ABORT, 'drawer_entry is append-only'); END;
CREATE TRIGGER frozen_drawer_entry_DELETE BEFORE DELETE ON "drawer_entry"
BEGIN SELECT RAISE(ABORT, 'drawer_entry is append-only'); END;
CREATE TRIGGER frozen_money_reminder_UPDATE BEFORE UPDATE ON "money_reminder"
BEGIN SELECT RAISE(ABORT, 'money_reminder is append-only'); END;
CREATE TRIGGER frozen_money_reminder_DELETE BEFORE DELETE ON "money_reminder"
BEGIN SELECT RAISE(ABORT, 'money_reminder is append-only'); END;
CREATE TRIGGER frozen_guarantee_UPDATE BEFORE UPDATE ON "guarantee"
BEGIN SELECT RAISE(ABORT, 'guarantee is append-only'); END;
CREATE TRIGGER frozen_guarantee_DELETE BEFORE DELETE ON "guarantee"
BEGIN SELECT RAISE(ABORT, 'guarantee is append-only'); END;
CREATE TRIGGER frozen_claim_receipt_UPDATE BEFORE UPDATE ON "claim_receipt"
BEGIN SELECT RAISE(ABORT, 'claim_receipt is append-only'); END;
CREATE TRIGGER frozen_claim_receipt_DELETE BEFORE DELETE ON "claim_receipt"
BEGIN SELECT RAISE(ABORT, 'claim_receipt is append-only'); END;
CREATE TRIGGER work_order_visit AFTER INSERT ON work_order BEGIN 
UPDATE vehicle SET visited_at = NEW.arrived_at
WHERE id = NEW.vehicle_id AND (visited_at IS NULL OR visited_at < NEW.arrived_at); END;
PRAGMA writable_schema=OFF;
COMMIT;
