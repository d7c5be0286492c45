-- What each column holds and its class of data, as columns_of_the_record says it: accounts and sign-in, files, guardians, rights, keys.
-- Nobody reads or writes behind this wait, and a vacuum that is in the way gives way after a second (deadlock_timeout).
set local lock_timeout = '5s';

comment on column account.person_id is '[internal] The person, who is at most one account';
comment on column account.status is '[internal] active; suspended after a death that was recorded; closed by its owner, an office or a merge of two records';
comment on column account.password_hash is '[secret] argon2id of the activation code or the password';
comment on column account.password_kind is '[internal] issued: an activation code, which opens the page for a password of one''s own alone; chosen; none: a child''s or ward''s account, opened only by a guardian who acts for it';
comment on column account.password_set_on is '[internal] Day from which the password''s age is counted';
comment on column account.issued_until is '[internal] End of life of an activation code';
comment on column account.activated_at is '[internal] When an office accepted the form and the account was made';
comment on column account.first_signed_in_at is '[internal] First sign-in by the owner; lists of people and coverage follow it';
comment on column account.last_signed_in_at is '[internal] Latest sign-in, by whatever way';
comment on column account.lang is '[internal] vi or en: language of messages to the person';
comment on column account.declaration_id is '[internal] The accepted file from which the account came; null: made in another way';
comment on column account.password_warned_days is '[internal] The last warning that went out for the present password: days before its end';
comment on column account.limited_until is '[internal] The password was set again by SMS alone: until then no change of contact and no act for others';
comment on column account.password_dropped_at is '[internal] Signs in without a password since then: password_hash is of a secret that nobody knows, and nothing falls due';
comment on column account.installed_at is '[internal] First sign that the app is on the own telephone: opened from its icon, or the card kept there';

comment on column account_event.person_id is '[internal] Whose registration';
comment on column account_event.event_id is '[internal] Random id of the row';
comment on column account_event.at is '[internal] When it was done';
comment on column account_event.kind is '[internal] What changed, or how the registration ended';
comment on column account_event.reference is '[internal] Number of the confirmation that the person was given, once a person';
comment on column account_event.source is '[internal] online: by the person; counter: by an officer';
comment on column account_event.grounds is '[personal] Of an account that an office closed: why, as a key of src/holder/words.ts; null: nothing else was closed';

comment on column account_password_history.person_id is '[internal] Whose account';
comment on column account_password_history.set_at is '[internal] When this password was set';
comment on column account_password_history.password_hash is '[secret] argon2id of an earlier password';

comment on column authenticator.person_id is '[internal] Whose account';
comment on column authenticator.sealed_secret is '[secret] sealed: the shared secret of RFC 6238 (vault class authenticator)';
comment on column authenticator.created_at is '[internal] When it was shown to be scanned';
comment on column authenticator.confirmed_at is '[internal] When its first digits were right; null: not asked for yet';
comment on column authenticator.last_step is '[internal] The latest step that was used: the same digits do not open twice';
comment on column authenticator.last_used_at is '[internal] When its digits last opened the account';

comment on column batch.batch_id is '[internal] Number of the batch';
comment on column batch.office_code is '[internal] The office that takes it in';
comment on column batch.unit_code is '[internal] Code of the unit; null: typed by its name alone';
comment on column batch.unit_name is '[internal] Name of the unit as the officer wrote it or as its row has it';
comment on column batch.opened_at is '[internal] When scanning began';
comment on column batch.opened_by is '[internal] Staff member who began it';
comment on column batch.closed_at is '[internal] When it was closed; null: still open';
comment on column batch.closed_by is '[internal] Staff member who closed it';

comment on column batch_line.batch_id is '[internal] The batch';
comment on column batch_line.line_no is '[internal] In the order of scanning, from 1';
comment on column batch_line.outcome is '[internal] What came of the code: taken, or why not';
comment on column batch_line.code is '[internal] Code of the file. Empty when what was typed is no code of a form: then it may be anything, and is not kept';
comment on column batch_line.declaration_id is '[internal] The file, where the code is one''s';
comment on column batch_line.at is '[internal] When it was scanned';
comment on column batch_line.staff_id is '[internal] Who scanned it';
comment on column batch_line.removed_at is '[internal] When it was taken out of the open batch again; null: it is in it';

comment on column code_message.message_id is '[internal] Of a one-time code: its code_id';
comment on column code_message.subject_mark is '[internal] Keyed mark of person, file or typed number: whose daily budget';
comment on column code_message.recipient_mark is '[internal] Keyed mark of telephone or address';
comment on column code_message.block_mark is '[internal] Keyed mark of the thousand numbers that a telephone belongs to';
comment on column code_message.is_sent is '[internal] False: nobody has that number; counted against its asker only';
comment on column code_message.sent_at is '[internal] When it was written for sending';
comment on column code_message.prefix_mark is '[internal] Keyed mark of the first four digits of a telephone; null before it was counted, and for e-mail';
comment on column code_message.is_receipt is '[internal] A receipt to a telephone that nobody has proved: counted in its block and for its telephone, never among the codes of an hour or a day';
comment on column code_message.refused_at is '[internal] When it last stood in the way of a code for another telephone of its block; to the minute';

comment on column consent_event.person_id is '[internal] Who chose';
comment on column consent_event.event_id is '[internal] Random id of the row';
comment on column consent_event.kind is '[personal] To what: push, email or photos';
comment on column consent_event.is_given is '[personal] True: given; false: taken back';
comment on column consent_event.notice_version is '[internal] Version of the privacy notice then in force';
comment on column consent_event.source is '[internal] declaration, online or counter';
comment on column consent_event.at is '[internal] When';

comment on column contact_change.person_id is '[internal] Whose contact';
comment on column contact_change.change_id is '[internal] Random id';
comment on column contact_change.kind is '[internal] phone or email';
comment on column contact_change.old_value is '[personal] Telephone or address before, as the account had it; null: none';
comment on column contact_change.new_value is '[personal] Telephone or address to come';
comment on column contact_change.source is '[internal] online: by the person; counter: by an officer';
comment on column contact_change.state is '[internal] asked: the code is out; second: a supervisor is to confirm; waiting: the old telephone may still stop it; done, stopped, refused and lapsed are its ends';
comment on column contact_change.code_id is '[internal] The one-time code that proves the new one';
comment on column contact_change.stop_mark is '[secret] Keyed mark of the code by which the old telephone stops it';
comment on column contact_change.asked_at is '[internal] When it was asked for';
comment on column contact_change.proved_at is '[internal] When the code from the new one was right';
comment on column contact_change.effective_at is '[internal] When it takes effect unless stopped';
comment on column contact_change.ended_at is '[internal] When it took effect, was stopped, refused or lapsed';
comment on column contact_change.paper is '[personal] Kind of ID paper that the officer saw at the counter';
comment on column contact_change.office_code is '[internal] Office at whose counter it was asked';
comment on column contact_change.officer_id is '[internal] Staff member who asked it there';
comment on column contact_change.supervisor_id is '[internal] Who confirmed or refused it: never the officer';

comment on column data_key.key_id is '[internal] Random id';
comment on column data_key.class is '[internal] Purpose it seals for (src/vault/places.ts)';
comment on column data_key.is_shared is '[internal] Of a whole class (small and short-lived values); otherwise of one object';
comment on column data_key.born is '[internal] Version at which it was made; `version` is the one that wraps it now';
comment on column data_key.version is '[internal] key_version that wraps it';
comment on column data_key.wrapped is '[secret] wrapped by the key-encryption key, which lies outside the database';
comment on column data_key.made_at is '[internal] When';
comment on column data_key.usable_from is '[internal] Shared keys: nothing is sealed with it before every process has had time to learn it';

comment on column data_request.person_id is '[internal] Whose data';
comment on column data_request.request_id is '[internal] Random id';
comment on column data_request.says is '[personal] In the person''s words';
comment on column data_request.opened_at is '[internal] When it was asked';
comment on column data_request.answer_by is '[internal] Last day for the first answer: two working days';
comment on column data_request.due_on is '[internal] Last day for the deed: by NĐ 356/2025, art. 5, twenty days for deletion, by rights.terms for the others';
comment on column data_request.office_code is '[internal] The office that answers';
comment on column data_request.taken_at is '[internal] When an officer first answered that it is worked on';
comment on column data_request.taken_by is '[internal] Staff member who did';
comment on column data_request.decided_at is '[internal] When it was done or refused';
comment on column data_request.decided_by is '[internal] Staff member who decided';
comment on column data_request.outcome is '[internal] erased, done or refused';
comment on column data_request.answer is '[personal] What the person reads';
comment on column data_request.withdrawn_at is '[internal] When the person took it back';
comment on column data_request.kind is '[internal] Which right; one request at a time';
comment on column data_request.third_at is '[internal] When the longer term was taken because somebody else must be asked';
comment on column data_request.more_at is '[internal] When the term was extended, once';
comment on column data_request.extension_says is '[personal] Why it takes longer, as the person reads it';

comment on column data_request_alarm.person_id is '[internal] Whose request';
comment on column data_request_alarm.request_id is '[internal] The request';
comment on column data_request_alarm.clock is '[internal] answer or deed';
comment on column data_request_alarm.mark is '[internal] half, four_fifths or over';
comment on column data_request_alarm.due_on is '[internal] Last day of the clock when it rang';
comment on column data_request_alarm.at is '[internal] When it rang';

comment on column declaration.declaration_id is '[internal] Number of the file';
comment on column declaration.code is '[internal] Code of the file as it stands on the paper; opens nothing without the birth date or a session';
comment on column declaration.status is '[internal] Fold of the events: draft to accepted, refused, lapsed or withdrawn';
comment on column declaration.seq is '[internal] Number of the last event: a step of an older page is refused';
comment on column declaration.answers is '[personal] What the person declared, tidied, by question; empty once forgotten_at is set';
comment on column declaration.lang is '[internal] vi or en: language in which it was declared';
comment on column declaration.office_code is '[internal] Chosen office, or where it lies now';
comment on column declaration.birth_on is '[personal] As declared, for search: unknown parts are 01; wiped with the answers';
comment on column declaration.birth_precision is '[personal] day, month or year';
comment on column declaration.folded_name is '[personal] Declared name without marks, lower case: search; wiped with the answers';
comment on column declaration.insurance_number is '[personal] Mã số BHXH as declared, ten digits; wiped with the answers';
comment on column declaration.id_kind is '[personal] Kind of the declared ID paper';
comment on column declaration.id_number is '[personal] Number of the declared ID paper; wiped with the answers';
comment on column declaration.phone is '[personal] Declared telephone, +84; wiped with the answers';
comment on column declaration.person_id is '[internal] The person whose account came of it; null: not accepted yet';
comment on column declaration.created_at is '[internal] First answer';
comment on column declaration.confirmed_at is '[internal] When the person confirmed: the answers are frozen';
comment on column declaration.lapses_at is '[internal] First instant at which an unreceived file may lapse: 24:00 of the last day (Civil Code 2015, arts. 147-148)';
comment on column declaration.received_at is '[internal] When an officer had the complete signed form';
comment on column declaration.notice_due_at is '[internal] received_at + 15 minutes: from the complete file, not from the decision';
comment on column declaration.held_by is '[internal] Staff member who took the file up';
comment on column declaration.held_since is '[internal] When';
comment on column declaration.decided_at is '[internal] When it was accepted or refused';
comment on column declaration.answers_sha256 is '[internal] SHA-256 of the answers with sorted keys, as frozen at confirmation';
comment on column declaration.keep_until is '[internal] Last day on which the answers of a draft or an ended file are kept; null: no end is set';
comment on column declaration.forgotten_at is '[internal] When the answers were wiped; code, status and events stay';
comment on column declaration.phone_proved_at is '[internal] When a one-time code sent to the declared phone came back; another number drops it';
comment on column declaration.email_proved_at is '[internal] The same for the e-mail address';
comment on column declaration.consent is '[personal] How a person who was helped agreed: by a code on their phone, or by signing the paper';
comment on column declaration.consented_at is '[internal] When they agreed';
comment on column declaration.matched_person_id is '[internal] Person of the register whose number, name and birth date were all declared; unknown or different: null';
comment on column declaration.again_of is '[internal] The ended declaration whose answers this one began with';
comment on column declaration.holding_no is '[internal] Seq of the step that last took the file up: an act from an older page is refused';
comment on column declaration.proposed_by is '[internal] Officer who proposed acceptance of a file that differs; it waits for another person, a supervisor';
comment on column declaration.proposed_at is '[internal] When';
comment on column declaration.seconded_by is '[internal] Supervisor who confirmed the proposal: never who proposed it';
comment on column declaration.batched_at is '[internal] The signed form was handed in with a batch: the ten days are kept, the fifteen minutes begin when an officer takes the file up';

comment on column declaration_event.declaration_id is '[internal] The file';
comment on column declaration_event.seq is '[internal] In order, from 0';
comment on column declaration_event.kind is '[internal] What was done';
comment on column declaration_event.at is '[internal] When';
comment on column declaration_event.actor_kind is '[internal] citizen, staff or system';
comment on column declaration_event.actor_id is '[internal] staff_id of staff, person_id of a citizen who is known; null: the declarer or the system';
comment on column declaration_event.office_code is '[internal] At which office';
comment on column declaration_event.detail is '[personal] What belongs to the step: grounds of a refusal, last day, versions; no numbers of persons';

comment on column declaration_finding.declaration_id is '[internal] The file';
comment on column declaration_finding.seq is '[internal] The event that decided or proposed';
comment on column declaration_finding.field is '[internal] Which field differed';
comment on column declaration_finding.difference is '[internal] How declaration, paper and register differ';
comment on column declaration_finding.trusted is '[internal] Which of them was believed';
comment on column declaration_finding.reason is '[personal] The officer''s own words about this person''s papers';

comment on column declaration_guardian.declaration_id is '[internal] The child''s or ward''s file';
comment on column declaration_guardian.guardian_id is '[internal] person_id of the guardian';
comment on column declaration_guardian.relation is '[personal] mother, father, adoptive_parent or guardian';
comment on column declaration_guardian.paper_id is '[internal] The paper that shows it';
comment on column declaration_guardian.from_on is '[personal] First day of the link';
comment on column declaration_guardian.last_on is '[personal] Last day that the paper names; null: none';
comment on column declaration_guardian.named_at is '[internal] When the officer named them';
comment on column declaration_guardian.named_by is '[internal] Staff member who did';

comment on column declaration_move.declaration_id is '[internal] The file';
comment on column declaration_move.move_no is '[internal] In order, from 1';
comment on column declaration_move.from_at is '[internal] lapses_at before';
comment on column declaration_move.to_at is '[internal] lapses_at after';
comment on column declaration_move.moved_at is '[internal] When it was moved';

comment on column declaration_photo.photo_id is '[internal] Random id';
comment on column declaration_photo.declaration_id is '[internal] The file';
comment on column declaration_photo.kind is '[internal] portrait, or front or back of the ID paper';
comment on column declaration_photo.width is '[internal] Pixels';
comment on column declaration_photo.height is '[internal] Pixels';
comment on column declaration_photo.doubts is '[internal] What the judge of pictures found and the person sent all the same: blurred, glare, …';
comment on column declaration_photo.sha256 is '[internal] SHA-256 of the picture before sealing';
comment on column declaration_photo.sealed is '[sensitive] sealed: nonce, ciphertext, tag of a face or an ID paper (NĐ 356/2025 art. 4)';
comment on column declaration_photo.key_id is '[internal] Name of the secret that was in front when it was sealed';
comment on column declaration_photo.sent_at is '[internal] When the person sent it';
comment on column declaration_photo.data_key_id is '[internal] Its own data key; null: sealed under the secret, before data keys were';

comment on column declaration_reminder.declaration_id is '[internal] The file';
comment on column declaration_reminder.last_day is '[internal] The last day of which it reminds';
comment on column declaration_reminder.days_before is '[internal] Which reminder: so many days before the last day, as the policy says';
comment on column declaration_reminder.decided_at is '[internal] When it was written, or left out because the last day had moved so near';

comment on column device_seen.person_id is '[internal] Whose account';
comment on column device_seen.device_mark is '[internal] Keyed mark of the device''s own cookie, or of its label where it keeps none';
comment on column device_seen.first_seen_at is '[internal] When the account was first opened there';

comment on column eid_link.subject_mark is '[internal] Keyed mark of issuer and subject of the national electronic identity';
comment on column eid_link.person_id is '[internal] Whose identity it is';
comment on column eid_link.linked_at is '[internal] First sign-in with it';
comment on column eid_link.last_used_at is '[internal] Latest sign-in with it';

comment on column eid_request.state_mark is '[secret] Keyed mark of the state that must come back';
comment on column eid_request.bound_mark is '[secret] Keyed mark of the browser that went';
comment on column eid_request.sealed_secrets is '[secret] sealed: PKCE verifier and nonce';
comment on column eid_request.person_id is '[internal] Who must come back, when somebody signed in proves themselves; empty at a sign-in';
comment on column eid_request.next is '[internal] Path of the page that was asked for';
comment on column eid_request.created_at is '[internal] When it was begun';
comment on column eid_request.ends_at is '[internal] End of the wait';

comment on column guardian_paper.paper_id is '[internal] Random id';
comment on column guardian_paper.kind is '[personal] Code list guardian_paper, by date';
comment on column guardian_paper.number is '[personal] Number of the paper';
comment on column guardian_paper.issued_on is '[personal] Day of the paper';
comment on column guardian_paper.issued_by is '[personal] Who issued it, as written';
comment on column guardian_paper.seen_at is '[internal] When the officer saw the original';
comment on column guardian_paper.seen_by is '[internal] Staff member who did';

comment on column guardian_paper_copy.copy_id is '[internal] Random id';
comment on column guardian_paper_copy.paper_id is '[internal] The paper';
comment on column guardian_paper_copy.media_type is '[internal] Image/jpeg: every picture is encoded anew';
comment on column guardian_paper_copy.width is '[internal] Pixels';
comment on column guardian_paper_copy.height is '[internal] Pixels';
comment on column guardian_paper_copy.sha256 is '[internal] SHA-256 of the stored picture before sealing: the same picture twice is one row';
comment on column guardian_paper_copy.sealed is '[sensitive] sealed: nonce, ciphertext, tag of the picture (NĐ 356/2025 art. 4)';
comment on column guardian_paper_copy.key_id is '[internal] Name of the secret that was in front when it was sealed';
comment on column guardian_paper_copy.filed_at is '[internal] When: its period is looked for by it';
comment on column guardian_paper_copy.filed_by is '[internal] Staff member who filed it';
comment on column guardian_paper_copy.data_key_id is '[internal] Its own data key; null: sealed under the secret, before data keys were';

comment on column guardianship.person_id is '[internal] The child or ward';
comment on column guardianship.link_id is '[internal] Random id';
comment on column guardianship.guardian_id is '[internal] person_id of who may act for them';
comment on column guardianship.relation is '[personal] mother, father, adoptive_parent or guardian, seen from the ward';
comment on column guardianship.paper_id is '[internal] The paper that shows it';
comment on column guardianship.ends_by_age is '[internal] By the kind of paper: a parent''s link ends when the child comes of age, a court''s does not';
comment on column guardianship.from_on is '[personal] First day';
comment on column guardianship.last_on is '[personal] Last day that the paper itself names; null: none';
comment on column guardianship.declaration_id is '[internal] The accepted file from which it came; null: entered at the counter';
comment on column guardianship.status is '[personal] proposed, active, blocked, ended or rejected';
comment on column guardianship.asked_at is '[internal] When asked_by asked';
comment on column guardianship.asked_by is '[internal] Who proposed the link, or the end of its block: somebody else must confirm';
comment on column guardianship.made_at is '[internal] When the link was made or proposed';
comment on column guardianship.ended_at is '[internal] When it ended';
comment on column guardianship.end_reason is '[personal] Why it ended';
comment on column guardianship.look_on is '[internal] First day on which something of its end is to be told or written down; null: no end is known';
comment on column guardianship.look_by_years is '[internal] Age by which that day was reckoned; -1: it is to be reckoned anew';

comment on column guardianship_event.person_id is '[internal] The child or ward';
comment on column guardianship_event.link_id is '[internal] The link';
comment on column guardianship_event.seq is '[internal] In order, from 1';
comment on column guardianship_event.kind is '[personal] What was done';
comment on column guardianship_event.at is '[internal] When';
comment on column guardianship_event.staff_id is '[internal] Who did it; null: the law or the system';
comment on column guardianship_event.office_code is '[internal] At which office';
comment on column guardianship_event.paper_id is '[internal] On which paper';
comment on column guardianship_event.reason is '[personal] For officers only: never told to guardians';

comment on column id_paper_copy.copy_id is '[internal] Random id';
comment on column id_paper_copy.declaration_id is '[internal] The file';
comment on column id_paper_copy.side is '[internal] front or back of the ID paper, or the signed form';
comment on column id_paper_copy.media_type is '[internal] Image/jpeg: every picture is encoded anew';
comment on column id_paper_copy.width is '[internal] Pixels';
comment on column id_paper_copy.height is '[internal] Pixels';
comment on column id_paper_copy.sha256 is '[internal] SHA-256 of the stored picture before sealing: the same picture twice is one row';
comment on column id_paper_copy.sealed is '[sensitive] sealed: nonce, ciphertext, tag of the picture (NĐ 356/2025 art. 4)';
comment on column id_paper_copy.key_id is '[internal] Name of the secret that was in front when it was sealed';
comment on column id_paper_copy.filed_at is '[internal] When';
comment on column id_paper_copy.filed_by is '[internal] Staff member who filed it';
comment on column id_paper_copy.data_key_id is '[internal] Its own data key; null: sealed under the secret, before data keys were';

comment on column id_paper_reading.declaration_id is '[internal] The file';
comment on column id_paper_reading.reading_no is '[internal] In order, from 1';
comment on column id_paper_reading.kind is '[personal] Kind of the paper: cccd, cmnd or passport';
comment on column id_paper_reading.number is '[personal] Number on the paper';
comment on column id_paper_reading.full_name is '[personal] As on the paper';
comment on column id_paper_reading.birth_on is '[personal] As on the paper: unknown parts are 01';
comment on column id_paper_reading.birth_precision is '[personal] day, month or year';
comment on column id_paper_reading.expires_on is '[personal] Last day of the paper; null: it has none';
comment on column id_paper_reading.original_seen is '[internal] The officer had the original in hand';
comment on column id_paper_reading.form_signed is '[internal] The form was signed';
comment on column id_paper_reading.face_matches is '[internal] The officer compared the face with the paper; no picture is compared by a machine';
comment on column id_paper_reading.copy_kept is '[internal] A photocopy lies with the signed form';
comment on column id_paper_reading.read_at is '[internal] When';
comment on column id_paper_reading.read_by is '[internal] Staff member who read it';
comment on column id_paper_reading.replaces is '[internal] The reading that this one corrects; null: a paper of its own';

comment on column idempotency_key.asker is '[internal] Who wrote: citizen:, staff: with the number of our row, or strangers together';
comment on column idempotency_key.key is '[internal] Idempotency-Key as sent';
comment on column idempotency_key.request_sha256 is '[internal] SHA-256 of method, path, parameters and body';
comment on column idempotency_key.status is '[internal] Status of the first answer; null: it is still being made';
comment on column idempotency_key.body is '[personal] sealed: the first answer, which may hold personal data';
comment on column idempotency_key.created_at is '[internal] When the key was first sent: kept thirty days';

comment on column inbox_read.person_id is '[internal] Whose message';
comment on column inbox_read.guardian_id is '[internal] 0: the person themselves; else the guardian who read for them';
comment on column inbox_read.notice_id is '[internal] The first message of its meaning';
comment on column inbox_read.read_at is '[internal] When it was opened';

comment on column kept_card.person_id is '[internal] Whose card';
comment on column kept_card.device_id is '[internal] Random id, which the device keeps too';
comment on column kept_card.device_mark is '[internal] Keyed mark, that of the session in which it was kept, see session.device_mark: it ends when that session is signed out';
comment on column kept_card.label is '[personal] Browser family and system, for the list of devices';
comment on column kept_card.lock_kind is '[internal] What opens it there; the PIN and the key never come to the server';
comment on column kept_card.kept_at is '[internal] When it was kept';
comment on column kept_card.seen_at is '[internal] The device''s last contact';

comment on column key_version.version is '[internal] Number; the highest wraps what is new';
comment on column key_version.ring is '[internal] Kind of key ring that holds it: file, http or command';
comment on column key_version.made_at is '[internal] When';

comment on column mailing_choice.person_id is '[internal] Who wants no campaign';
comment on column mailing_choice.choice_id is '[internal] Random id';
comment on column mailing_choice.refused_at is '[internal] When it was said';
comment on column mailing_choice.ended_at is '[internal] When it was taken back; null: it holds';
comment on column mailing_choice.mailing_id is '[internal] The last campaign that the person was sent before';

comment on column marking_secret.key_id is '[internal] Name of the secret; says nothing of it';
comment on column marking_secret.first_front_at is '[internal] When it first stood in front in some process';
comment on column marking_secret.last_front_at is '[internal] When it last did';

comment on column notice_seen.person_id is '[internal] Who was shown it';
comment on column notice_seen.version is '[internal] Version of the privacy notice';
comment on column notice_seen.seen_at is '[internal] When';

comment on column number_request.request_id is '[internal] Random id';
comment on column number_request.recipient_mark is '[internal] Keyed mark of the telephone in the register; for whoever has none, of what was typed';
comment on column number_request.address_mark is '[internal] Keyed mark of the network address that asked';
comment on column number_request.created_at is '[internal] When';

comment on column one_time_code.code_id is '[internal] Random id';
comment on column one_time_code.purpose is '[internal] What it opens (src/codes/rules.ts)';
comment on column one_time_code.bound_to is '[internal] Keyed mark of the request that asked: file, session or device; the code opens nothing from another';
comment on column one_time_code.channel is '[internal] sms or email';
comment on column one_time_code.code_mark is '[secret] Keyed mark of code_id and code';
comment on column one_time_code.created_at is '[internal] When it was made';
comment on column one_time_code.ends_at is '[internal] End of its life';
comment on column one_time_code.tries_left is '[internal] Wrong digits that are still allowed';
comment on column one_time_code.proved_at is '[internal] The right code was given';
comment on column one_time_code.used_at is '[internal] What it was for was done: once';
comment on column one_time_code.person_id is '[internal] Whose account it opens; null where that is not yet known, or nobody has the number';

comment on column outcome_promise.declaration_id is '[internal] The file';
comment on column outcome_promise.code is '[internal] Code of the file';
comment on column outcome_promise.office_code is '[internal] The office that received it';
comment on column outcome_promise.status is '[internal] As declaration.status';
comment on column outcome_promise.received_at is '[internal] When the office had it complete';
comment on column outcome_promise.due_at is '[internal] notice_due_at: when the result is due';
comment on column outcome_promise.decided_at is '[internal] When it was decided';
comment on column outcome_promise.told_at is '[internal] When the first way took the result; null: not yet';

comment on column passkey.person_id is '[internal] Whose passkey';
comment on column passkey.credential_id is '[internal] Id of the credential (WebAuthn): public';
comment on column passkey.public_key is '[internal] COSE key for the version before, which knows no other: no answer is judged by it';
comment on column passkey.counter is '[internal] Signature counter of the last answer';
comment on column passkey.transports is '[internal] How the authenticator is reached, as it said';
comment on column passkey.name is '[personal] As its owner calls it';
comment on column passkey.is_synced is '[internal] The authenticator says that its private half is backed up, and so may be on several devices';
comment on column passkey.created_at is '[internal] When it was added';
comment on column passkey.last_used_at is '[internal] When it last opened the account';
comment on column passkey.copied_at is '[internal] Its counter ran backwards: somebody has a copy, and it opens nothing any more';
comment on column passkey.sealed_key is '[internal] sealed: the public key, for this person and this credential: the only one by which an answer is judged';

comment on column passkey_challenge.challenge_mark is '[secret] Keyed mark of the challenge';
comment on column passkey_challenge.purpose is '[internal] add, sign_in or prove';
comment on column passkey_challenge.bound_mark is '[secret] Keyed mark of the session or browser that asked; an answer from another is worth nothing';
comment on column passkey_challenge.created_at is '[internal] When it was made';
comment on column passkey_challenge.ends_at is '[internal] End of its life';

comment on column passkey_key.credential_id is '[internal] Id of the credential (WebAuthn): public';
comment on column passkey_key.person_id is '[internal] Whose it is';

comment on column push_endpoint.endpoint_mark is '[internal] Keyed mark of the address at the push service';
comment on column push_endpoint.person_id is '[internal] Who is told there now';

comment on column push_subscription.person_id is '[internal] Who is told there';
comment on column push_subscription.subscription_id is '[internal] Random id';
comment on column push_subscription.endpoint_mark is '[internal] Keyed mark of the address at the push service';
comment on column push_subscription.device_mark is '[internal] Keyed mark, that of the session in which it was switched on, see session.device_mark';
comment on column push_subscription.sealed_subscription is '[secret] sealed: address at the push service and the device''s keys (RFC 8291)';
comment on column push_subscription.server_key is '[internal] Public key of ours that the device trusts (RFC 8292)';
comment on column push_subscription.label is '[personal] Browser family and system, for the list of devices';
comment on column push_subscription.created_at is '[internal] When it was switched on';

comment on column resume_window.code_mark is '[internal] Keyed mark of the code as typed';
comment on column resume_window.failed is '[internal] Wrong birth dates since the last right one';
comment on column resume_window.closed_until is '[internal] Until when nothing is tried; null: it is open';
comment on column resume_window.touched_at is '[internal] Latest try';

comment on column retention_hold.hold_id is '[internal] Random id';
comment on column retention_hold.declaration_id is '[internal] The file';
comment on column retention_hold.person_id is '[internal] Its person, when the hold was put on';
comment on column retention_hold.reason is '[personal] investigation, complaint or lawsuit';
comment on column retention_hold.opened_at is '[internal] When';
comment on column retention_hold.ended_at is '[internal] When it ended; null: it holds';

comment on column retention_proof.proof_id is '[internal] Number of the row';
comment on column retention_proof.class is '[internal] Class of src/retention/rules.ts';
comment on column retention_proof.rule_from is '[internal] First day of the period that was in force: the version of the rule';
comment on column retention_proof.days is '[internal] The period';
comment on column retention_proof.deleted is '[internal] How many rows';
comment on column retention_proof.first_at is '[internal] Oldest event from which the period of the deleted rows ran';
comment on column retention_proof.last_at is '[internal] Youngest event from which it ran';
comment on column retention_proof.ids_sha256 is '[internal] SHA-256 over the ids, sorted, one a line';
comment on column retention_proof.at is '[internal] When';

comment on column session.token_sha256 is '[secret] SHA-256 of the token';
comment on column session.subject_kind is '[internal] citizen or staff';
comment on column session.person_id is '[internal] Who is signed in; null: staff';
comment on column session.staff_id is '[internal] Who is signed in; null: a citizen';
comment on column session.scope is '[internal] full; change_password: opens the page for a password of one''s own alone';
comment on column session.kind is '[internal] cookie: pages; bearer: programs';
comment on column session.created_at is '[internal] Sign-in';
comment on column session.seen_at is '[internal] Latest request, to within a step of some time: not every request writes it';
comment on column session.idle_until is '[internal] Ends unused then';
comment on column session.ends_at is '[internal] Ends then in any case';
comment on column session.ended_at is '[internal] When it was ended; null: not yet';
comment on column session.device is '[personal] Browser family and system, for the list of devices; not the full user agent';
comment on column session.elevated_until is '[internal] The person proved themselves again: until then delicate changes are open';
comment on column session.proofs is '[internal] By what they did so in this session: two different ones open a change of telephone';
comment on column session.acting_for is '[internal] The child or ward whose record a guardian reads now; worth nothing without a link that holds today';
comment on column session.device_mark is '[internal] Keyed mark of the device: what was switched on there ends when the session is signed out';

comment on column sign_in_ticket.ticket_mark is '[secret] Keyed mark of the ticket';
comment on column sign_in_ticket.person_id is '[internal] Whose password was right';
comment on column sign_in_ticket.password_mark is '[secret] Keyed mark of the hash that was proved: a password changed meanwhile ends the ticket';
comment on column sign_in_ticket.created_at is '[internal] When';
comment on column sign_in_ticket.ends_at is '[internal] End of its life';
comment on column sign_in_ticket.tries_left is '[internal] Wrong digits that are still allowed';

comment on column sign_in_window.subject_mark is '[internal] Keyed mark of the account, or of the number typed when there is none';
comment on column sign_in_window.device is '[internal] A device that signed in before has a window of its own: a stranger cannot lock it. Empty: all other devices together';
comment on column sign_in_window.tries is '[internal] Counted before the password is looked at: tries sent at the same moment cannot exceed five';
comment on column sign_in_window.locked_until is '[internal] Until when no password is tried; null: open';
comment on column sign_in_window.touched_at is '[internal] Latest try';

comment on column spare_code.person_id is '[internal] Whose code';
comment on column spare_code.code_mark is '[secret] Keyed mark of the code';
comment on column spare_code.used_at is '[internal] When it was used up; null: it is good';
