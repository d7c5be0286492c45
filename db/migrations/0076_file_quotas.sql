-- What one sender has sent today is counted from what is written anyway (decision 75): two ways to find it.

create index audit_event_photos_of_file on audit_event (object_id, at) where action = 'declaration.photos';
create index facility_upload_of_a_day on facility_upload (facility_code, received_at);

comment on column letter_paper.sha256 is 'Of the PDF as it is kept, drawn anew but for one with a digital signature: what every receipt signs for';
