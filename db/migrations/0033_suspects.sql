-- A message that kills its sender each time is found, goes alone, and ends.

alter table notice add column unanswered smallint not null default 0;
comment on column notice.unanswered is 'Leases in a row that no mark has ended, the present one included: above 1 the message may be what killed its senders';
create index notice_suspect on notice (channel, next_at)
 where unanswered >= 2 and state in ('queued', 'sending', 'unknown');
