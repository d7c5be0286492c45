-- Every import gives the persons of whom it writes another version of their record. A page with room takes the new row
-- beside the old one, and none of the five indexes is written.
alter table person set (fillfactor = 85);
