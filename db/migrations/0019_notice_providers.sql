-- Several providers of one channel: who had a message last, and which tries risk that it comes twice.

alter table notice add column last_provider text;
comment on column notice.last_provider is 'Provider of the latest attempt; the next one goes to another while another is up';

alter table notice_attempt add column after_unknown boolean not null default false;
comment on column notice_attempt.after_unknown is 'An earlier attempt may have gone out: sent again by choice, because silence is worse than a second copy';
create index notice_attempt_after_unknown on notice_attempt (started_at) where after_unknown;
