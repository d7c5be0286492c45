-- What 0054 replaces. Whatever reads these indexes finds the same rows without them, more slowly: senders of the version
-- before should be stopped first, where many messages are kept.

drop index notice_to_send;
drop index notice_failed;
drop index notice_to_follow;
drop index notice_suspect;
