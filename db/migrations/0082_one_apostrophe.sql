-- Telephones and word processors write the apostrophe of a name in five ways (H'Hen, H’Hen): folded, it is one. Whom
-- two records wrote differently had been two persons. Each row keeps the name as it was written; the largest tables last.

update admin_unit set folded_name = translate(folded_name, '’‘ʼ`´', '''''''''''') where folded_name ~ '[’‘ʼ`´]';
update bhxh_office set folded_name = translate(folded_name, '’‘ʼ`´', '''''''''''') where folded_name ~ '[’‘ʼ`´]';
update facility set folded_name = translate(folded_name, '’‘ʼ`´', '''''''''''') where folded_name ~ '[’‘ʼ`´]';
update drive_unit set folded_name = translate(folded_name, '’‘ʼ`´', '''''''''''') where folded_name ~ '[’‘ʼ`´]';
update employer set folded_name = translate(folded_name, '’‘ʼ`´', '''''''''''') where folded_name ~ '[’‘ʼ`´]';
update roster_refusal set folded_name = translate(folded_name, '’‘ʼ`´', '''''''''''') where folded_name ~ '[’‘ʼ`´]';

-- A member without a number is known by the folded name, so that the next file must find it under the new one.
update household_member m
   set member_key = translate(member_key, '’‘ʼ`´', '''''''''''')
 where member_key ~ '[’‘ʼ`´]'
   and not exists (select from household_member other
                    where other.household_code = m.household_code and other.member_key <> m.member_key
                      and translate(other.member_key, '’‘ʼ`´', '''''''''''') = translate(m.member_key, '’‘ʼ`´', ''''''''''''));
update household_member set folded_name = translate(folded_name, '’‘ʼ`´', '''''''''''') where folded_name ~ '[’‘ʼ`´]';

update roster_person set folded_name = translate(folded_name, '’‘ʼ`´', '''''''''''') where folded_name ~ '[’‘ʼ`´]';
update declaration set folded_name = translate(folded_name, '’‘ʼ`´', '''''''''''') where folded_name ~ '[’‘ʼ`´]';
update person set folded_name = translate(folded_name, '’‘ʼ`´', '''''''''''') where folded_name ~ '[’‘ʼ`´]';
