-- Which privacy notice a person was shown, and what they agreed to and took back.

create table notice_seen (
  person_id bigint not null,
  version smallint not null,
  seen_at timestamptz not null,
  constraint notice_seen_pk primary key (person_id, version),
  constraint notice_seen_of_account foreign key (person_id) references account (person_id)
);
comment on table notice_seen is '[person] Versions of the privacy notice that were shown after registering; the one of registering stands with the day of the account.';

create table consent_event (
  person_id bigint not null,
  event_id uuid not null,
  kind text not null,
  is_given boolean not null,
  notice_version smallint not null,
  source text not null,
  at timestamptz not null,
  constraint consent_event_pk primary key (person_id, event_id),
  constraint consent_event_of_person foreign key (person_id) references person (person_id),
  constraint consent_event_kind_known check (kind in ('push', 'email', 'photos')),
  constraint consent_event_source_known check (source in ('declaration', 'online', 'counter'))
);
create index consent_event_by_person on consent_event (person_id, at desc);
comment on table consent_event is '[person] Consent given and taken back, each under the notice then in force (Luật 91/2025/QH15; NĐ 356/2025/NĐ-CP): only ever added to.';
