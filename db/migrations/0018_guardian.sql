-- Who may act for a child or ward: shown by a paper, entered by an officer, ended by the law, an officer or a court.

create table guardian_paper (
  paper_id uuid not null,
  kind text not null,
  number text not null,
  issued_on date not null,
  issued_by text not null,
  seen_at timestamptz not null,
  seen_by bigint not null,
  constraint guardian_paper_pk primary key (paper_id),
  constraint guardian_paper_kind_known check (kind in ('birth_certificate', 'adoption_certificate', 'guardianship_decision', 'court_decision'))
);
comment on table guardian_paper is '[local] The paper that shows a link, or a court''s order against it, as an officer read it from the original.';
comment on column guardian_paper.kind is 'Code list guardian_paper, by date';
comment on column guardian_paper.number is 'personal';

create table guardian_paper_copy (
  copy_id uuid not null,
  paper_id uuid not null,
  media_type text not null,
  width integer not null,
  height integer not null,
  sha256 bytea not null,
  sealed bytea not null,
  key_id text not null,
  filed_at timestamptz not null,
  filed_by bigint not null,
  constraint guardian_paper_copy_pk primary key (copy_id),
  constraint guardian_paper_copy_of_paper foreign key (paper_id) references guardian_paper (paper_id),
  constraint guardian_paper_copy_once unique (paper_id, sha256),
  constraint guardian_paper_copy_reencoded check (media_type = 'image/jpeg' and width > 0 and height > 0)
);
comment on table guardian_paper_copy is '[local] Copies of these papers: re-encoded, encrypted (AES-256-GCM).';
comment on column guardian_paper_copy.sealed is 'sensitive (NĐ 356/2025 art. 4): nonce, ciphertext, tag';

create table declaration_guardian (
  declaration_id bigint not null,
  guardian_id bigint not null,
  relation text not null,
  paper_id uuid not null,
  from_on date not null,
  last_on date,
  named_at timestamptz not null,
  named_by bigint not null,
  constraint declaration_guardian_pk primary key (declaration_id),
  constraint declaration_guardian_of_declaration foreign key (declaration_id) references declaration (declaration_id),
  constraint declaration_guardian_paper foreign key (paper_id) references guardian_paper (paper_id),
  constraint declaration_guardian_relation_known check (relation in ('mother', 'father', 'adoptive_parent', 'guardian')),
  constraint declaration_guardian_ends_after_start check (last_on is null or last_on >= from_on)
);
comment on table declaration_guardian is '[local] Whom the officer found declaring for a child or ward; becomes a link when the file is accepted.';

create table guardianship (
  person_id bigint not null,
  link_id uuid not null,
  guardian_id bigint not null,
  relation text not null,
  paper_id uuid not null,
  ends_by_age boolean not null,
  from_on date not null,
  last_on date,
  declaration_id bigint,
  status text not null,
  asked_at timestamptz,
  asked_by bigint,
  made_at timestamptz not null,
  ended_at timestamptz,
  end_reason text,
  constraint guardianship_pk primary key (person_id, link_id),
  constraint guardianship_of_person foreign key (person_id) references person (person_id),
  constraint guardianship_of_two check (guardian_id <> person_id),
  constraint guardianship_relation_known check (relation in ('mother', 'father', 'adoptive_parent', 'guardian')),
  constraint guardianship_status_known check (status in ('proposed', 'active', 'blocked', 'ended', 'rejected')),
  constraint guardianship_ends_after_start check (last_on is null or last_on >= from_on),
  constraint guardianship_proposed_is_asked check (status <> 'proposed' or asked_by is not null),
  constraint guardianship_asked_has_time check ((asked_at is null) = (asked_by is null)),
  constraint guardianship_end_has_reason check ((status = 'ended') = (ended_at is not null) and (ended_at is null) = (end_reason is null)),
  constraint guardianship_end_reason_known check (end_reason in ('age', 'last_day', 'death', 'asked', 'paper_void'))
);
create unique index guardianship_one_a_pair on guardianship (person_id, guardian_id)
  where status in ('proposed', 'active', 'blocked');
create index guardianship_by_guardian on guardianship (guardian_id) where status = 'active';
create index guardianship_asked on guardianship (asked_at) where asked_at is not null;
comment on table guardianship is '[person] One row a link, kept with the ward. Whether it holds today is asked on each request: status, days, age, deaths.';
comment on column guardianship.person_id is 'The child or ward';
comment on column guardianship.ends_by_age is 'By the kind of paper: a parent''s link ends when the child comes of age, a court''s does not';
comment on column guardianship.last_on is 'Last day that the paper itself names; null: none';
comment on column guardianship.asked_by is 'Who proposed the link, or the end of its block: somebody else must confirm';

create table guardianship_event (
  person_id bigint not null,
  link_id uuid not null,
  seq smallint not null,
  kind text not null,
  at timestamptz not null,
  staff_id bigint,
  office_code text,
  paper_id uuid,
  reason text not null default '',
  constraint guardianship_event_pk primary key (person_id, link_id, seq),
  constraint guardianship_event_of_link foreign key (person_id, link_id) references guardianship (person_id, link_id),
  constraint guardianship_event_kind_known check (kind in ('declared', 'proposed', 'confirmed', 'rejected', 'blocked', 'unblock_asked', 'unblock_refused', 'unblocked', 'ended')),
  constraint guardianship_event_block_has_reason check (kind <> 'blocked' or length(reason) > 0)
);
comment on table guardianship_event is '[person] Append-only: who made, blocked, ended a link, when, at which office, on which paper.';
comment on column guardianship_event.reason is 'For officers only: never told to guardians';

-- A child's account has no password: its hash is of bytes that nobody kept, and nothing is ever sent to change it.
alter table account drop constraint account_password_kind_known,
  add constraint account_password_kind_known check (password_kind in ('issued', 'chosen', 'none'));
comment on column account.password_kind is 'none: a child''s or ward''s account, opened only by a guardian who acts for it';

alter table session add column acting_for bigint,
  add constraint session_acting_citizen check (acting_for is null or (subject_kind = 'citizen' and acting_for <> person_id));
comment on column session.acting_for is 'The child or ward whose record a guardian reads now; worth nothing without a link that holds today';

create index person_by_public_id on person using hash (public_id);

do $$
begin
  if exists (select from pg_roles where rolname = 'vssid_app') then
    revoke update, delete, truncate on guardianship_event from vssid_app;
  end if;
end
$$;
