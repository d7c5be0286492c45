-- What notice_result_to_follow replaces (0084). The version before finds failed results without it, more slowly.
drop index notice_ended_to_follow;
