-- What each column holds and its class of data, as columns_of_the_record says it: staff, looks, messages, letters, the hotline, the roll-out.
-- Nobody reads or writes behind this wait, and a vacuum that is in the way gives way after a second (deadlock_timeout).
set local lock_timeout = '5s';

comment on column audit_event.event_id is '[internal] Number of the row; order of commits is that of audit_link';
comment on column audit_event.at is '[internal] Instant of the look or deed, by the application''s clock';
comment on column audit_event.actor_kind is '[internal] anyone, citizen, staff, partner, system or operator';
comment on column audit_event.actor_id is '[internal] person_id of a citizen, staff_id of staff; null: nobody is known by a number';
comment on column audit_event.action is '[sensitive] What was looked at or done (src/breach/rules-kinds.ts); of a person it may tell that there is HIV care';
comment on column audit_event.purpose is '[internal] What for: one of the purposes of src/web/route.ts and the impact assessment';
comment on column audit_event.person_id is '[internal] Whom it concerns; null: nobody, or a file that is not yet anybody''s';
comment on column audit_event.object_kind is '[internal] Name of the table or thing that object_id is of';
comment on column audit_event.object_id is '[internal] Code, id or number of the thing; never a number of a person';
comment on column audit_event.office_code is '[internal] At which office a member of staff worked then';
comment on column audit_event.detail is '[internal] Nothing personal: codes, counts, field names';

comment on column audit_link.link_no is '[internal] Place in the chain, from 1 without a gap';
comment on column audit_link.event_id is '[internal] The event that stands there';
comment on column audit_link.hash is '[internal] SHA-256 of the hash before and the event';

comment on column breach.breach_id is '[internal] Random id';
comment on column breach.code is '[internal] Short code by which commands name it';
comment on column breach.detected_at is '[internal] When it was noticed: the clocks run from here';
comment on column breach.from_at is '[internal] Begin of the span in which data were open';
comment on column breach.to_at is '[internal] End of that span';
comment on column breach.is_serious is '[internal] A serious incident: the authority for cyber security is told sooner';
comment on column breach.search is '[internal] What was looked for in the record of looks: ids of members, actions, tables; nothing of a person';
comment on column breach.what is '[internal] What happened, in the words of who opened it: no name and no illness';
comment on column breach.cause is '[internal] Why, in words without a name';
comment on column breach.measures is '[internal] What was done and what persons can do, as they are told';
comment on column breach.contact is '[internal] Whom to ask, as persons are told';
comment on column breach.opened_at is '[internal] When it was written down';
comment on column breach.opened_by is '[internal] Staff member who did';
comment on column breach.notify_by is '[internal] Last instant for the report to the authority for personal data: breach.notify_hours (Luật 91/2025/QH15, art. 23: 72)';
comment on column breach.cyber_by is '[internal] Last instant for the report to the authority for cyber security: breach.serious_hours where it is serious (NĐ 331/2026, art. 31: 24)';
comment on column breach.tell_by is '[internal] Last instant for telling the persons: breach.tell_hours (NĐ 356/2025, art. 29: 72)';
comment on column breach.notified_at is '[internal] When the authority was told';
comment on column breach.notified_as is '[internal] Number under which the authority took it';
comment on column breach.cyber_notified_at is '[internal] When the authority for cyber security was told';
comment on column breach.cyber_notified_as is '[internal] Number under which it took it';
comment on column breach.approved_at is '[internal] When the telling of persons was approved';
comment on column breach.approved_by is '[internal] Staff member who approved: never who opened it';
comment on column breach.told_at is '[internal] When the messages to all persons had been written';

comment on column breach_subject.breach_id is '[internal] The breach';
comment on column breach_subject.person_id is '[internal] 0: a file''s declarer, see declaration_id';
comment on column breach_subject.declaration_id is '[internal] 0: a person of the register, see person_id';
comment on column breach_subject.kinds is '[personal] Kinds of data of theirs that were open, as src/breach/rules-kinds.ts names them';
comment on column breach_subject.first_at is '[internal] First line that fits, or begin of the span';
comment on column breach_subject.last_at is '[internal] Last line that fits, or end of the span';
comment on column breach_subject.times is '[internal] Lines that fit; 0: found by a table or named';

comment on column break_glass.glass_id is '[internal] Random id';
comment on column break_glass.person_id is '[internal] Whose record was opened';
comment on column break_glass.office_code is '[internal] Office of who opened it';
comment on column break_glass.staff_id is '[internal] Who opened it';
comment on column break_glass.reason is '[personal] Kind of emergency';
comment on column break_glass.says is '[personal] Why, in the words of who opened it';
comment on column break_glass.opened_at is '[internal] When';
comment on column break_glass.until_at is '[internal] End of the opening';

comment on column broadcast.broadcast_id is '[internal] Random id';
comment on column broadcast.unit_code is '[internal] Whose loudspeaker';
comment on column broadcast.length is '[internal] short or long text';
comment on column broadcast.planned_at is '[internal] When it is to be read';
comment on column broadcast.planned_by is '[internal] Staff member who planned it';
comment on column broadcast.cancelled_at is '[internal] When it was called off';
comment on column broadcast.aired_at is '[internal] When it was really read';
comment on column broadcast.aired_seconds is '[internal] How long that took';
comment on column broadcast.announcer is '[personal] Who read it, as the unit wrote it';
comment on column broadcast.noted_by is '[internal] Staff member who noted it';

comment on column clock_sighting.one is '[internal] Always true: the table has one row';
comment on column clock_sighting.seen_at is '[internal] Latest instant that was believed';
comment on column clock_sighting.boot is '[internal] boot_id of the machine that saw it';
comment on column clock_sighting.uptime_seconds is '[internal] How long that machine had run then';

comment on column counter_matter.matter_id is '[internal] Random id';
comment on column counter_matter.person_id is '[internal] Who is at the counter, or about whom somebody is';
comment on column counter_matter.office_code is '[internal] At which office';
comment on column counter_matter.staff_id is '[internal] Who opened it';
comment on column counter_matter.reason is '[personal] Why they are there: present, relative, two_numbers or written';
comment on column counter_matter.opened_at is '[internal] When';
comment on column counter_matter.until_at is '[internal] End of that day';

comment on column coverage_target.target_id is '[internal] Number of the row';
comment on column coverage_target.scope_code is '[internal] A unit_code, or @ and an office_code';
comment on column coverage_target.moment is '[internal] Which of the five moments of a line of the lists';
comment on column coverage_target.percent is '[internal] Share to be reached, 1–100';
comment on column coverage_target.due_on is '[internal] By which day';
comment on column coverage_target.set_at is '[internal] When it was set';
comment on column coverage_target.set_by is '[internal] Staff member who set it';

comment on column desk_day.desk_id is '[internal] Random id';
comment on column desk_day.unit_code is '[internal] Whose desk';
comment on column desk_day.on_day is '[internal] Day';
comment on column desk_day.from_minute is '[internal] Begin, in minutes from midnight';
comment on column desk_day.to_minute is '[internal] End, in minutes from midnight';
comment on column desk_day.place is '[internal] Where, as people read it';
comment on column desk_day.planned_by is '[internal] Staff member who planned it';
comment on column desk_day.planned_at is '[internal] When';
comment on column desk_day.last_no is '[internal] The last number given';
comment on column desk_day.cancelled_at is '[internal] When it was called off';

comment on column desk_number.desk_id is '[internal] The desk';
comment on column desk_number.no is '[internal] The number on the slip';
comment on column desk_number.given_at is '[internal] When';
comment on column desk_number.given_by is '[internal] Staff member who gave it';

comment on column drive_invitation.invitation_id is '[internal] Random id';
comment on column drive_invitation.unit_code is '[internal] The unit to coordinate';
comment on column drive_invitation.full_name is '[personal] Who is invited, as the inviter wrote it';
comment on column drive_invitation.phone is '[personal] Where the code goes; null: by e-mail';
comment on column drive_invitation.email is '[personal] Where the code goes; null: by SMS';
comment on column drive_invitation.code_mark is '[secret] Keyed mark of the single-use code; sending again draws another code';
comment on column drive_invitation.sent_no is '[internal] How often it was sent';
comment on column drive_invitation.invited_by is '[internal] Staff member who invited';
comment on column drive_invitation.invited_at is '[internal] When it was first sent';
comment on column drive_invitation.ends_at is '[internal] End of the code';
comment on column drive_invitation.withdrawn_at is '[internal] When it was taken back';
comment on column drive_invitation.withdrawn_by is '[internal] Staff member who did';
comment on column drive_invitation.accepted_at is '[internal] When the invited person accepted';
comment on column drive_invitation.staff_id is '[internal] The coordinator who came of it';

comment on column drive_unit.unit_code is '[internal] Code of the unit, 2–20 letters, digits, hyphens (docs/formats/drive-units.md)';
comment on column drive_unit.kind is '[internal] province, district, commune, hamlet, agency, enterprise or school';
comment on column drive_unit.name is '[internal] Name of the unit';
comment on column drive_unit.folded_name is '[internal] Name without marks, lower case: search';
comment on column drive_unit.parent_code is '[internal] What it stands under today; null: it stands on top';
comment on column drive_unit.office_code is '[internal] The BHXH office that serves the unit';
comment on column drive_unit.province_code is '[internal] Province of its first day, two digits';
comment on column drive_unit.commune_code is '[internal] Commune of its first day, five digits';
comment on column drive_unit.employer_code is '[internal] The unit as participation knows it, where it is an employer';
comment on column drive_unit.headcount is '[internal] How many people the unit has to reach, as it said itself or an office counted; the roster counts apart';
comment on column drive_unit.headcount_source is '[internal] Whose figure that is';
comment on column drive_unit.valid_from is '[internal] First day';
comment on column drive_unit.valid_to is '[internal] Last day, counted; null: it still is';

comment on column drive_unit_past_parent.unit_code is '[internal] The unit';
comment on column drive_unit_past_parent.valid_to is '[internal] The last day, counted';
comment on column drive_unit_past_parent.parent_code is '[internal] Null: it stood on top';

comment on column drive_unit_standing.unit_code is '[internal] The unit';
comment on column drive_unit_standing.parent_code is '[internal] What it stands under in these days; null: it stands on top';
comment on column drive_unit_standing.during is '[internal] The days';

comment on column drive_unit_successor.unit_code is '[internal] The unit that ended';
comment on column drive_unit_successor.successor_code is '[internal] The unit that took over its people or a part of them';

comment on column help_answer.answer_key is '[internal] Name of the answer, the same in all versions';
comment on column help_answer.version is '[internal] From 1';
comment on column help_answer.category is '[open] Subject: code list ticket_category';
comment on column help_answer.question_vi is '[open] Question in Vietnamese; public once approved';
comment on column help_answer.body_vi is '[open] Answer in Vietnamese';
comment on column help_answer.question_en is '[open] Question in English';
comment on column help_answer.body_en is '[open] Answer in English';
comment on column help_answer.author_id is '[internal] Staff member who wrote it';
comment on column help_answer.written_at is '[internal] When';
comment on column help_answer.approved_by is '[internal] Staff member who approved it: never the author';
comment on column help_answer.approved_at is '[internal] When: public from then on';
comment on column help_answer.retired_by is '[internal] Staff member who took it away';
comment on column help_answer.retired_at is '[internal] When';

comment on column help_answer_use.answer_key is '[internal] The answer';
comment on column help_answer_use.ticket_id is '[internal] In which ticket it was used';
comment on column help_answer_use.at is '[internal] When first';

comment on column hotline_call.call_id is '[internal] Random id';
comment on column hotline_call.channel is '[internal] call or counter';
comment on column hotline_call.key_kind is '[internal] By what kind of number or word the caller was looked for';
comment on column hotline_call.key_mark is '[internal] Keyed mark of what the caller was looked for by: wrong tries are counted with it';
comment on column hotline_call.file_code is '[internal] Code of a file, where the caller named one';
comment on column hotline_call.unit_code is '[internal] Unit of the roll-out, where the caller named one';
comment on column hotline_call.candidates is '[internal] Whom the caller may be: numbers of our rows of persons and of files without one. Never shown';
comment on column hotline_call.person_id is '[internal] Who the caller is, once identified';
comment on column hotline_call.declaration_id is '[internal] The file of who is identified and not yet in the register';
comment on column hotline_call.identified_at is '[internal] When; null: nobody was identified, and nothing personal is shown';
comment on column hotline_call.identified_how is '[internal] questions, code or paper';
comment on column hotline_call.code_id is '[internal] The one-time code that was sent to the caller';
comment on column hotline_call.code_proved_at is '[internal] When it was read back';
comment on column hotline_call.tries_left is '[internal] Answers that may still be wrong';
comment on column hotline_call.opened_at is '[internal] When it was begun';
comment on column hotline_call.opened_by is '[internal] Agent or officer: a call is its agent''s alone';
comment on column hotline_call.office_code is '[internal] At which counter; null: by telephone';
comment on column hotline_call.closed_at is '[internal] When it ended: its period runs from here';

comment on column hotline_try.mark is '[internal] Keyed mark of what was wrongly answered for';
comment on column hotline_try.at is '[internal] When';
comment on column hotline_try.try_id is '[internal] Random id: two at one instant are two';

comment on column letter.letter_id is '[internal] Number of the letter';
comment on column letter.office_code is '[internal] The office that sends it; null: a unit does';
comment on column letter.unit_code is '[internal] The unit that sends it; null: an office does';
comment on column letter.number is '[internal] Number and sign of the letter, as on the paper';
comment on column letter.dated_on is '[internal] Day on the paper';
comment on column letter.subject is '[internal] What it is about';
comment on column letter.issuer is '[internal] Body that issued it, as on the paper';
comment on column letter.signed_by is '[personal] Who signed it, as on the paper';
comment on column letter.lang is '[internal] vi or en: language of its messages';
comment on column letter.answer_by is '[internal] Day by which an answer is asked; null: none';
comment on column letter.reply_email is '[personal] Where the sender is told of questions';
comment on column letter.replaces_id is '[internal] The letter that this one corrects and replaces; it is said in every message';
comment on column letter.made_at is '[internal] When the draft was begun';
comment on column letter.made_by is '[internal] Staff member who began it';
comment on column letter.sent_at is '[internal] When it went out; null: a draft';
comment on column letter.sent_by is '[internal] Staff member who sent it';

comment on column letter_addressee.addressee_id is '[internal] Random id';
comment on column letter_addressee.letter_id is '[internal] The letter';
comment on column letter_addressee.group_name is '[internal] Heading under which it stands';
comment on column letter_addressee.unit_code is '[internal] Unit of the roll-out; null: somebody with an address';
comment on column letter_addressee.name is '[personal] Whom it goes to, as the sender wrote it; mostly a unit, it may be a person';
comment on column letter_addressee.email is '[personal] Where it is told by e-mail';
comment on column letter_addressee.phone is '[personal] Where it is told by SMS';
comment on column letter_addressee.last_told_at is '[internal] When it was last told or reminded';
comment on column letter_addressee.reminders is '[internal] How many reminders went out';
comment on column letter_addressee.opened_at is '[internal] First time that somebody with its code, or its coordinator, opened the letter';

comment on column letter_key.key_mark is '[secret] Keyed mark of a code that opens the letter';
comment on column letter_key.addressee_id is '[internal] To whom';
comment on column letter_key.made_at is '[internal] When';

comment on column letter_paper.letter_id is '[internal] The letter';
comment on column letter_paper.sealed_pdf is '[personal] sealed: the PDF of the letter';
comment on column letter_paper.sha256 is '[internal] SHA-256 of the PDF as it is kept, drawn anew but for one with a digital signature: what every receipt signs for';
comment on column letter_paper.size_bytes is '[internal] Size of the PDF';
comment on column letter_paper.key_id is '[internal] Name of the secret that was in front when it was sealed';

comment on column letter_receipt.addressee_id is '[internal] For whom it was signed';
comment on column letter_receipt.signer_name is '[personal] As the signer wrote it';
comment on column letter_receipt.signer_position is '[personal] As the signer wrote it';
comment on column letter_receipt.place is '[personal] As the signer wrote it';
comment on column letter_receipt.way is '[internal] drawn, code_sms, code_email or account';
comment on column letter_receipt.sealed_drawing is '[sensitive] sealed: the signature as strokes, under the addressee';
comment on column letter_receipt.staff_id is '[internal] Who was signed in, where it was signed at the desk of a unit';
comment on column letter_receipt.signed_at is '[internal] When';
comment on column letter_receipt.digest is '[internal] SHA-256 over the PDF of the letter and all that the receipt says';
comment on column letter_receipt.check_mark is '[secret] Keyed mark of the code that stands on the printed receipt';

comment on column letter_receipt_code.check_mark is '[secret] Keyed mark of the same code, under the secret of its day';
comment on column letter_receipt_code.addressee_id is '[internal] The receipt';
comment on column letter_receipt_code.sealed_code is '[sensitive] sealed: the code itself, under the addressee, to be printed again and marked again';
comment on column letter_receipt_code.made_at is '[internal] When it was marked';

comment on column letter_talk.addressee_id is '[internal] Between whom and the sender';
comment on column letter_talk.talk_no is '[internal] In order, from 1';
comment on column letter_talk.is_answer is '[internal] True: the sender''s answer; false: a question';
comment on column letter_talk.says is '[personal] In their own words';
comment on column letter_talk.at is '[internal] When';
comment on column letter_talk.staff_id is '[internal] Who wrote at a desk; null: somebody with the code';

comment on column look_flag.flag_id is '[internal] Number of the flag';
comment on column look_flag.staff_id is '[internal] Who looked';
comment on column look_flag.kind is '[personal] What is unusual; canary and protected say what the person is';
comment on column look_flag.day is '[internal] On which day, in Viet Nam';
comment on column look_flag.person_id is '[internal] 0: about no single person';
comment on column look_flag.office_code is '[internal] Office of who looked';
comment on column look_flag.first_at is '[internal] First look';
comment on column look_flag.last_at is '[internal] Last look';
comment on column look_flag.first_event is '[internal] First event_id';
comment on column look_flag.last_event is '[internal] Last event_id';
comment on column look_flag.times is '[internal] How many looks';
comment on column look_flag.glass_id is '[internal] The broken glass of which it is';
comment on column look_flag.due_on is '[internal] Last day for the verdict; null: none is asked';
comment on column look_flag.verdict is '[internal] explained, wrong or misuse; null: not judged';
comment on column look_flag.note is '[personal] Of who judged: nothing of the person''s health';
comment on column look_flag.judged_by is '[internal] Staff member who judged: never who looked';
comment on column look_flag.judged_at is '[internal] When';

comment on column look_lift.lift_id is '[internal] Random id';
comment on column look_lift.staff_id is '[internal] Whose ceilings are doubled';
comment on column look_lift.lifted_by is '[internal] Supervisor who did';
comment on column look_lift.reason is '[internal] Why, in their words';
comment on column look_lift.office_code is '[internal] At which office';
comment on column look_lift.from_at is '[internal] From when';
comment on column look_lift.until_at is '[internal] End of that day';

comment on column look_sweep.only_one is '[internal] Always true: the table has one row';
comment on column look_sweep.last_link is '[internal] link_no of audit_link up to which it has read';
comment on column look_sweep.swept_at is '[internal] When it last turned; null: never';

comment on column look_watch.person_id is '[internal] Who is watched over';
comment on column look_watch.kind is '[personal] protected: known to many or in danger; canary: nobody';
comment on column look_watch.why is '[personal] Whose decision, or a document: no name and no illness';
comment on column look_watch.added_at is '[internal] When it was added';
comment on column look_watch.added_by is '[internal] Who added it, in the operator''s words';
comment on column look_watch.ended_at is '[internal] When it ended; null: it holds';

comment on column mailing.mailing_id is '[internal] Random id';
comment on column mailing.office_code is '[internal] The office that sends';
comment on column mailing.unit_code is '[internal] null: everybody on the rosters of all units that the office serves; else that unit''s own people, and those of its hamlets';
comment on column mailing.purpose is '[internal] finish, desk or scam';
comment on column mailing.audience is '[internal] How far people on the rosters have come; never by health or pay';
comment on column mailing.template_version is '[internal] The words that the approver saw; null: the built-in ones';
comment on column mailing.fields is '[internal] Values of the text, the same for everybody';
comment on column mailing.starts_at is '[internal] When it begins';
comment on column mailing.ends_at is '[internal] After which nothing of it is sent';
comment on column mailing.written_at is '[internal] When it was written';
comment on column mailing.written_by is '[internal] Staff member who wrote it';
comment on column mailing.decided_at is '[internal] When somebody else decided';
comment on column mailing.decided_by is '[internal] Staff member who did: never the writer';
comment on column mailing.decision is '[internal] approved or refused';
comment on column mailing.reason is '[internal] Why it was refused';
comment on column mailing.begun_at is '[internal] When writing into the outbox began';
comment on column mailing.queued_at is '[internal] Every message of it stood in the outbox';
comment on column mailing.stopped_at is '[internal] When it was stopped';
comment on column mailing.stopped_by is '[internal] Staff member who stopped it';

comment on column mailing_recipient.mailing_id is '[internal] The campaign';
comment on column mailing_recipient.unit_code is '[internal] Unit of the line';
comment on column mailing_recipient.line_id is '[internal] The line of the list';
comment on column mailing_recipient.result is '[internal] refused: before it was written; repeated: the same person or the same address stood on another line';

comment on column mailing_refusal.refusal_id is '[internal] Random id';
comment on column mailing_refusal.channel is '[internal] sms or email';
comment on column mailing_refusal.address is '[personal] Telephone or e-mail address';
comment on column mailing_refusal.way is '[internal] reply or link';
comment on column mailing_refusal.refused_at is '[internal] When';
comment on column mailing_refusal.ended_at is '[internal] Its owner wants campaigns again';
comment on column mailing_refusal.mailing_id is '[internal] The campaign that was answered so, as far as it is known';

comment on column message_text.message_text_id is '[internal] Number of the version';
comment on column message_text.template is '[internal] Which message';
comment on column message_text.lang is '[internal] vi or en';
comment on column message_text.version is '[internal] From 2: version 1 is in the code';
comment on column message_text.based_on is '[internal] The version that was on the screen when this one was written';
comment on column message_text.sms is '[internal] Words of the SMS';
comment on column message_text.subject is '[internal] Subject of the e-mail';
comment on column message_text.body is '[internal] Words of the e-mail';
comment on column message_text.note is '[internal] What was changed and why, for whoever approves';
comment on column message_text.author_id is '[internal] Staff member who wrote it';
comment on column message_text.written_at is '[internal] When';
comment on column message_text.push is '[internal] What a device shows. Empty: no device shows this message, or the version is older than this column and the built-in words hold';

comment on column message_text_step.message_text_id is '[internal] The version';
comment on column message_text_step.kind is '[internal] proposed, approved, refused or retired';
comment on column message_text_step.staff_id is '[internal] Who did it';
comment on column message_text_step.author_id is '[internal] Of the version: so that the database itself keeps author and approver apart';
comment on column message_text_step.at is '[internal] When';
comment on column message_text_step.reason is '[internal] Why it was refused or retired';
comment on column message_text_step.effective_from is '[internal] Of an approval: when the words begin to hold';

comment on column notice.notice_id is '[internal] Number of the message';
comment on column notice.dedupe_key is '[internal] Derived from meaning: (file, event, channel)';
comment on column notice.class is '[internal] outcome, code, reminder or campaign';
comment on column notice.lane is '[internal] 1 outcomes and codes, 2 reminders, 3 campaigns: a later lane never delays an earlier one';
comment on column notice.channel is '[internal] sms, email, push or inbox';
comment on column notice.template is '[internal] Which words';
comment on column notice.lang is '[internal] vi or en';
comment on column notice.recipient is '[personal] Telephone or e-mail address; push: subscription_id of the device; inbox: the word account. •••@•••: forgotten';
comment on column notice.fields is '[personal] Values of the text that may be read by staff; numbers of persons are masked before they get here';
comment on column notice.sealed_fields is '[secret] sealed: values that must not be readable (a one-time password); wiped once sent, or once nothing is waited for that could make it be told again';
comment on column notice.declaration_id is '[internal] Of which file it tells';
comment on column notice.person_id is '[internal] To whom, where the register has them';
comment on column notice.office_code is '[internal] The office that looks after it when it does not arrive';
comment on column notice.created_at is '[internal] When it was written';
comment on column notice.queued_at is '[internal] When the present round of tries began: creation, or the last resend';
comment on column notice.due_at is '[internal] The promise; for outcomes 15 minutes from the complete file';
comment on column notice.next_at is '[internal] When it may be taken (again): the next try, or the end of the lease while it is being sent';
comment on column notice.tries is '[internal] Tries spent in this round; a provider that asks us to slow down costs none';
comment on column notice.state is '[internal] queued, sending, unknown, sent, delivered, failed or overtaken';
comment on column notice.lease_owner is '[internal] Process that sends it now';
comment on column notice.fence is '[internal] Counts leases: a sender whose lease has ended can no longer mark the row';
comment on column notice.sent_at is '[internal] When a provider took it';
comment on column notice.delivered_at is '[internal] When a provider reported it as delivered';
comment on column notice.ended_at is '[internal] When it failed or was overtaken';
comment on column notice.last_error is '[internal] Why the last try did not do, as a key or the provider''s code';
comment on column notice.last_provider is '[internal] Provider of the latest attempt; the next one goes to another while another is up';
comment on column notice.template_version is '[internal] Which version of the words it was queued with, and is sent with; null: the built-in one';
comment on column notice.awaits_receipt is '[internal] Taken by a provider that reports delivery, and no report yet';
comment on column notice.unconfirmed_at is '[internal] When the wait for the report of delivery was over';
comment on column notice.repeat_of is '[internal] The message of which this is the second copy, through another provider';
comment on column notice.followed_at is '[internal] When a failed result was looked after: another way was tried, or the office got it as work; null again after a resend';
comment on column notice.unanswered is '[internal] Senders in a row that were lost while they had it: from 1 on the message may be what killed them';
comment on column notice.mailing_id is '[internal] The message campaign of which it is';

comment on column notice_attempt.notice_id is '[internal] The message';
comment on column notice_attempt.attempt_no is '[internal] The fence of the lease under which it was made';
comment on column notice_attempt.provider is '[internal] Name of the provider in the settings';
comment on column notice_attempt.started_at is '[internal] When the call went out';
comment on column notice_attempt.ended_at is '[internal] When its answer came; null: none yet';
comment on column notice_attempt.outcome is '[internal] What the provider answered';
comment on column notice_attempt.error is '[internal] The provider''s code';
comment on column notice_attempt.after_unknown is '[internal] An earlier attempt may have gone out: sent again by choice, because silence is worse than a second copy';

comment on column notice_part.notice_id is '[internal] The message';
comment on column notice_part.attempt_no is '[internal] The attempt';
comment on column notice_part.part_no is '[internal] Part of a long text, from 1';
comment on column notice_part.provider is '[internal] Name of the provider in the settings';
comment on column notice_part.reference is '[internal] What the provider calls this part';
comment on column notice_part.receipt is '[internal] delivered or undelivered; null: no report yet';

comment on column notice_receipt.provider is '[internal] Name of the provider in the settings';
comment on column notice_receipt.reference is '[internal] What the provider calls the part';
comment on column notice_receipt.receipt is '[internal] delivered or undelivered';
comment on column notice_receipt.detail is '[internal] The provider''s state and code';
comment on column notice_receipt.arrived_at is '[internal] When it came';
comment on column notice_receipt.matched_at is '[internal] When its message was found';

comment on column office_review.office_code is '[internal] The office';
comment on column office_review.review_no is '[internal] From 1 in each office';
comment on column office_review.reviewed_at is '[internal] When';
comment on column office_review.reviewed_by is '[internal] Staff member who answers for the office';

comment on column office_review_line.office_code is '[internal] The office';
comment on column office_review_line.review_no is '[internal] The review';
comment on column office_review_line.staff_id is '[internal] Whose right';
comment on column office_review_line.held is '[internal] As staff_review.rights names it: role@office, right:name';
comment on column office_review_line.reviewed_by is '[internal] Who reviewed: so that the database itself keeps holder and reviewer apart';
comment on column office_review_line.held_since is '[internal] First day of the right';
comment on column office_review_line.last_seen_on is '[internal] Last sign-in then';
comment on column office_review_line.factors is '[internal] Kinds of second factor then';
comment on column office_review_line.looks is '[internal] Counted looks at persons in the days before';
comment on column office_review_line.verdict is '[internal] keep or end';
comment on column office_review_line.reason is '[personal] Why it ends, in the reviewer''s words';

comment on column poster_mark.mark is '[internal] Last part of the address /q/… in the QR code; leads to the first page';
comment on column poster_mark.unit_code is '[internal] Whose paper';
comment on column poster_mark.paper is '[internal] poster or leaflet';
comment on column poster_mark.made_at is '[internal] When first printed';

comment on column poster_scan.mark is '[internal] The address';
comment on column poster_scan.on_day is '[internal] Day';
comment on column poster_scan.scans is '[internal] How often it was opened';

comment on column report_reader.scope_code is '[internal] A unit_code, or @ and an office_code';
comment on column report_reader.email is '[personal] An address at work';
comment on column report_reader.added_at is '[internal] When';
comment on column report_reader.added_by is '[internal] Staff member who added it';

comment on column roll_up.single is '[internal] Always true: the table has one row';
comment on column roll_up.seen_xid is '[internal] All transactions below this number are in the counts';
comment on column roll_up.rolled_at is '[internal] When it was last counted';
comment on column roll_up.compared_at is '[internal] When all lines were last compared with what was counted';

comment on column roster_appointment.appointment_id is '[internal] Random id';
comment on column roster_appointment.unit_code is '[internal] Whose people come';
comment on column roster_appointment.office_code is '[internal] To which office';
comment on column roster_appointment.starts_at is '[internal] From';
comment on column roster_appointment.ends_at is '[internal] To';
comment on column roster_appointment.people is '[internal] How many';
comment on column roster_appointment.note is '[internal] What the unit adds, in its words';
comment on column roster_appointment.asked_at is '[internal] When it was asked';
comment on column roster_appointment.asked_by is '[internal] Staff member of the unit who asked';
comment on column roster_appointment.withdrawn_at is '[internal] When it was taken back';

comment on column roster_counted.unit_code is '[internal] Unit of the line';
comment on column roster_counted.line_id is '[internal] The line';
comment on column roster_counted.person_id is '[internal] Whom the register has for it, as last counted';
comment on column roster_counted.joined_on is '[internal] First day in the counts';
comment on column roster_counted.left_on is '[internal] First day out of them; null: in them';
comment on column roster_counted.declared_on is '[internal] Day of the moment, in Viet Nam; null: not yet';
comment on column roster_counted.handed_in_on is '[internal] Day of the moment';
comment on column roster_counted.approved_on is '[internal] Day of the moment';
comment on column roster_counted.signed_in_on is '[internal] Day of the moment';
comment on column roster_counted.installed_on is '[internal] Day of the moment';

comment on column roster_follow.one is '[internal] Always true: the table has one row';
comment on column roster_follow.followed_to is '[internal] Instant up to which it has been followed';

comment on column roster_person.unit_code is '[internal] Whose list';
comment on column roster_person.line_id is '[internal] Random id';
comment on column roster_person.full_name is '[personal] As the unit wrote it';
comment on column roster_person.folded_name is '[personal] Name without marks, lower case: search';
comment on column roster_person.birth_date is '[personal] As the unit wrote it';
comment on column roster_person.number_typed is '[personal] BHXH number, ĐDCN or CCCD as the unit wrote it';
comment on column roster_person.phone is '[personal] As the unit wrote it';
comment on column roster_person.people_group is '[personal] official, worker, pupil, household, pensioner or other, as the unit wrote it';
comment on column roster_person.has_smartphone is '[personal] As the unit wrote it';
comment on column roster_person.match is '[internal] found: name, birth date and number agree with one person of the register; differs: one person, something differs; several, none: the unit or the office must say who';
comment on column roster_person.person_id is '[internal] The one person of the register';
comment on column roster_person.joined_at is '[internal] When the line came to the list';
comment on column roster_person.left_at is '[internal] When it left; null: it stands in it';
comment on column roster_person.declared_at is '[personal] First confirmed form 01 of the person; the five moments are counted apart and never mixed';
comment on column roster_person.handed_in_at is '[personal] The signed form was received at an office, or scanned into a batch there';
comment on column roster_person.approved_at is '[personal] The account was issued';
comment on column roster_person.signed_in_at is '[personal] First sign-in';
comment on column roster_person.installed_at is '[personal] The installed app told of itself';
comment on column roster_person.not_yet_reason is '[personal] Why not yet, in the coordinator''s words';
comment on column roster_person.helper_id is '[internal] Staff member of the unit who helps this person';
comment on column roster_person.note is '[personal] In the unit''s words';
comment on column roster_person.birth_precision is '[personal] year: birth_date is the first of January of the year that was written';
comment on column roster_person.differs is '[internal] Which field is not the register''s, never what the register says; number_missing: the unit wrote none';
comment on column roster_person.upload_id is '[internal] The last list in which this person stood';
comment on column roster_person.left_reason is '[internal] not_in_list or removed';

comment on column roster_refusal.upload_id is '[internal] The list';
comment on column roster_refusal.row_no is '[internal] Row of the sheet';
comment on column roster_refusal.reason is '[internal] Why, as a key';
comment on column roster_refusal.field is '[internal] Which column';
comment on column roster_refusal.other_row is '[internal] The row that says the same person';
comment on column roster_refusal.name is '[personal] As the unit wrote it';
comment on column roster_refusal.folded_name is '[personal] Whoever stands in a refused line is not missing from the list';
comment on column roster_refusal.cells is '[personal] As the unit wrote them, in the order of the headings';

comment on column roster_upload.upload_id is '[internal] Random id';
comment on column roster_upload.upload_no is '[internal] In the order of arrival';
comment on column roster_upload.unit_code is '[internal] Whose list';
comment on column roster_upload.file_sha256 is '[internal] SHA-256 of the file, which is not kept';
comment on column roster_upload.file_bytes is '[internal] Size of the file';
comment on column roster_upload.sheet_name is '[internal] Sheet that was read; null: a CSV';
comment on column roster_upload.sheets_passed is '[internal] Sheets that were not read';
comment on column roster_upload.headings is '[internal] Headings as written';
comment on column roster_upload.purpose is '[internal] What for, in the sender''s words';
comment on column roster_upload.basis is '[internal] duty: work that the State ordered of the unit; consent: each person agreed, and the unit keeps the proof';
comment on column roster_upload.is_whole is '[internal] The whole unit: who is missing from it may have left. Else it only adds';
comment on column roster_upload.uploaded_at is '[internal] When';
comment on column roster_upload.uploaded_by is '[internal] Staff member; null: by the operator''s command';
comment on column roster_upload.line_count is '[internal] Lines that were read';
comment on column roster_upload.added is '[internal] Lines that were new';
comment on column roster_upload.changed is '[internal] Lines that changed something';
comment on column roster_upload.unchanged is '[internal] Lines that stood there already';
comment on column roster_upload.refused is '[internal] Lines that were handed back';
comment on column roster_upload.hidden is '[internal] Lines that are hidden in the sheet; they were taken';
comment on column roster_upload.missing is '[internal] People of the unit who do not stand in this list, to be confirmed as having left';
comment on column roster_upload.leavers_at is '[internal] When it was confirmed that the missing have left';
comment on column roster_upload.leavers_by is '[internal] Staff member who confirmed it';
comment on column roster_upload.leavers is '[internal] How many left by it';

comment on column staff.staff_id is '[internal] Number of the member; logs name staff by it';
comment on column staff.username is '[personal] Name at sign-in';
comment on column staff.full_name is '[personal] Name as colleagues read it';
comment on column staff.password_hash is '[secret] argon2id';
comment on column staff.password_set_on is '[internal] Day from which the password''s age is counted';
comment on column staff.is_active is '[internal] May sign in';
comment on column staff.password_kind is '[internal] issued: made by the operator, opens the page for a password of one''s own and nothing else';
comment on column staff.email is '[personal] Where the member is told of changes to the sign-in; empty: nowhere';
comment on column staff.last_seen_on is '[internal] The last whole sign-in, or the day from which it is counted; empty: not counted yet';
comment on column staff.stopped_on is '[internal] Stopped by itself because nobody signed in for so long; empty: never, or taken up again';

comment on column staff_authenticator.staff_id is '[internal] Whose application';
comment on column staff_authenticator.sealed_secret is '[secret] sealed: the shared secret of RFC 6238; null: none confirmed yet';
comment on column staff_authenticator.next_secret is '[secret] sealed: the next one; waits for its first right digits, then takes the place of the other';
comment on column staff_authenticator.confirmed_at is '[internal] When its first digits were right';
comment on column staff_authenticator.last_step is '[internal] The latest step that was used: the same digits do not open twice';
comment on column staff_authenticator.last_used_at is '[internal] When its digits last opened';

comment on column staff_passkey.credential_id is '[internal] Id of the credential (WebAuthn): public';
comment on column staff_passkey.staff_id is '[internal] Whose passkey';
comment on column staff_passkey.public_key is '[internal] COSE key for the version before, which knows no other: no answer is judged by it';
comment on column staff_passkey.counter is '[internal] Signature counter of the last answer';
comment on column staff_passkey.transports is '[internal] How the authenticator is reached, as it said';
comment on column staff_passkey.name is '[internal] As its owner calls it';
comment on column staff_passkey.created_at is '[internal] When it was added';
comment on column staff_passkey.last_used_at is '[internal] When it last opened';
comment on column staff_passkey.copied_at is '[internal] Its counter ran backwards: somebody has a copy, and it opens nothing any more';
comment on column staff_passkey.sealed_key is '[internal] sealed: the public key, for this member and this credential: the only one by which an answer is judged';

comment on column staff_password_history.staff_id is '[internal] Whose password';
comment on column staff_password_history.set_at is '[internal] When this password was set';
comment on column staff_password_history.password_hash is '[secret] argon2id of an earlier password';

comment on column staff_person.staff_id is '[internal] The member of staff';
comment on column staff_person.person_id is '[internal] Their own record in the register';
comment on column staff_person.added_at is '[internal] When it was said';

comment on column staff_review.staff_id is '[internal] Whose rights';
comment on column staff_review.reviewed_at is '[internal] When';
comment on column staff_review.reviewed_by is '[internal] Who confirmed them, as the operator named them';
comment on column staff_review.rights is '[internal] As they were held then: role@office, role@unit, right:name';

comment on column staff_right.staff_id is '[internal] Who has it';
comment on column staff_right.name is '[internal] claims, hiv or rows';
comment on column staff_right.given_at is '[internal] When';
comment on column staff_right.given_by is '[internal] Whose decision, in the operator''s words';
comment on column staff_right.ended_at is '[internal] When it ended; null: it holds';

comment on column staff_role.staff_id is '[internal] Who has it';
comment on column staff_role.role is '[internal] What it lets do';
comment on column staff_role.office_code is '[internal] Where: an office; null: none';
comment on column staff_role.unit_code is '[internal] Where: a unit of the roll-out with all under it; null: none';
comment on column staff_role.valid_from is '[internal] First day';
comment on column staff_role.valid_to is '[internal] Last day, counted; null: no end is set';

comment on column staff_spare_code.staff_id is '[internal] Whose code';
comment on column staff_spare_code.code_mark is '[secret] Keyed mark of the code';
comment on column staff_spare_code.used_at is '[internal] When it was used up; null: it is good';

comment on column ticket.ticket_id is '[internal] Number of the ticket';
comment on column ticket.code is '[internal] Code that the reporter is told; opens nothing by itself';
comment on column ticket.category is '[internal] Subject: code list ticket_category';
comment on column ticket.priority is '[internal] high, normal or low';
comment on column ticket.channel is '[internal] call, counter, web or unit';
comment on column ticket.state is '[internal] open, answered or closed';
comment on column ticket.opened_at is '[internal] When';
comment on column ticket.opened_by is '[internal] Staff member who wrote it; null: over the web';
comment on column ticket.answer_by is '[internal] By working hours and the policies of its day; null where the holiday table ends';
comment on column ticket.call_id is '[internal] The call in which it was written';
comment on column ticket.person_id is '[internal] Whom it is about, where the caller was identified';
comment on column ticket.declaration_id is '[internal] The file it is about';
comment on column ticket.unit_code is '[internal] Unit whose coordinator reports';
comment on column ticket.office_code is '[internal] Office that answers';
comment on column ticket.assigned_to is '[internal] Staff member who has it in hand';
comment on column ticket.reporter_name is '[personal] As the reporter gave it';
comment on column ticket.phone is '[personal] Where the answer goes';
comment on column ticket.email is '[personal] Where the answer goes';
comment on column ticket.lang is '[internal] vi or en';
comment on column ticket.says is '[personal] In the reporter''s or the agent''s words';
comment on column ticket.answered_at is '[internal] When it was last answered';
comment on column ticket.answered_by is '[internal] Staff member who did';
comment on column ticket.answer is '[personal] What the reporter is told: without numbers of persons';
comment on column ticket.first_answered_at is '[internal] When it was first answered: the clock is judged by it';
comment on column ticket.reopened is '[internal] How often it was opened again';
comment on column ticket.escalated_at is '[internal] When its clock was over; null again once it was opened again';
comment on column ticket.from_mark is '[internal] Keyed mark of the network address of a web report: counted, never read';
comment on column ticket.identified_how is '[internal] What spoke for its caller when it was written; null: nobody was identified, or there was no call';

comment on column ticket_event.ticket_id is '[internal] The ticket';
comment on column ticket_event.seq is '[internal] In order, from 1';
comment on column ticket_event.at is '[internal] When';
comment on column ticket_event.kind is '[internal] What was done';
comment on column ticket_event.staff_id is '[internal] Who did it; null: the reporter or the system';
comment on column ticket_event.says is '[personal] Notes of staff';
comment on column ticket_event.detail is '[internal] What belongs to the step: offices, priorities; nothing personal';

comment on column unit_above.unit_code is '[internal] The unit whose people are counted';
comment on column unit_above.scope_code is '[internal] A unit_code, or @ and an office_code';
comment on column unit_above.during is '[internal] The days';

comment on column unit_day.scope_code is '[internal] A unit_code, or @ and an office_code';
comment on column unit_day.day is '[internal] End of this day, in Viet Nam';
comment on column unit_day.people is '[internal] Distinct people';
comment on column unit_day.declared is '[internal] Of them, how many had come to the moment';
comment on column unit_day.handed_in is '[internal] Of them, how many had come to the moment';
comment on column unit_day.approved is '[internal] Of them, how many had come to the moment';
comment on column unit_day.signed_in is '[internal] Of them, how many had come to the moment';
comment on column unit_day.installed is '[internal] Of them, how many had come to the moment';

comment on column unit_tile.unit_code is '[internal] The unit';
comment on column unit_tile.across is '[internal] From the left, from 0';
comment on column unit_tile.down is '[internal] From above, from 0';

comment on column unreached_task.task_id is '[internal] Number of the task';
comment on column unreached_task.meaning is '[internal] dedupe_key of its messages without the channel: one open task a result, not one a channel';
comment on column unreached_task.notice_id is '[internal] The message that failed';
comment on column unreached_task.declaration_id is '[internal] The file whose result it is';
comment on column unreached_task.office_code is '[internal] Office that tells the person';
comment on column unreached_task.opened_at is '[internal] When';
comment on column unreached_task.due_on is '[internal] The day on which it was opened, in Viet Nam';
comment on column unreached_task.done_at is '[internal] When it was done; null: open';
comment on column unreached_task.done_how is '[internal] How the person was told; arrived: a late receipt closed it by itself';
comment on column unreached_task.done_by is '[internal] Staff member who did';
comment on column unreached_task.note is '[personal] What was said, in the officer''s words';

comment on column weekly_report.report_id is '[internal] Random id';
comment on column weekly_report.scope_code is '[internal] A unit_code, or @ and an office_code';
comment on column weekly_report.week_on is '[internal] The Monday on which it was due';
comment on column weekly_report.made_at is '[internal] When';
comment on column weekly_report.made_by is '[internal] Staff member; null: the schedule';
comment on column weekly_report.pdf is '[internal] The report as it was made, PDF: counts, no person';

comment on column worker_beat.part is '[internal] Part of the worker, or what it notes beside';
comment on column worker_beat.beat_at is '[internal] When it last turned';
