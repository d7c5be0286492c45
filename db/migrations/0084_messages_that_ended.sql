-- By times that a lease leaves alone (docs/decisions/0059).
create index notice_secret_to_wipe on notice (ended_at) where ended_at is not null and sealed_fields is not null;
create index notice_result_to_follow on notice (ended_at)
 where ended_at is not null and class = 'outcome' and followed_at is null and channel <> 'push';
