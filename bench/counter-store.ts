/** A million made-up files at the counter, set up inside the database: indexes are built after the rows. */
import type pg from "pg";
import { makeFileCode } from "../src/kernel/file-code.ts";

export const OFFICE = "52T01";

/** A third of them at one office, the rest spread over the others; most are decided, as after some years. */
export async function fillFiles(pool: pg.Pool, files: number, now: Date): Promise<void> {
  const { rows } = await pool.query<{ name: string; text: string }>(indexesToBuild);
  for (const { name } of rows) await pool.query(`drop index ${name}`);
  await pool.query(filling, [files, now, OFFICE]);
  await pool.query("set maintenance_work_mem = '512MB'");
  for (const { text } of rows) await pool.query(text);
  await pool.query("vacuum (analyze) declaration");
}

export interface Sample {
  code: string;
  idNumber: string;
  cmnd: string;
  insuranceNumber: string;
  phone: string;
  name: string;
  folded: string;
}

/** Files of the office, drawn over all their states; they get codes with a true check sign, as people bring them. */
export async function drawFiles(pool: pg.Pool, count: number): Promise<Sample[]> {
  const { rows } = await pool.query<Sample>(
    `select code, id_number as "idNumber", insurance_number as "insuranceNumber", phone,
            (select c.id_number from declaration c where c.id_kind = 'cmnd' and c.office_code = $1
              and c.declaration_id > d.declaration_id order by c.declaration_id limit 1) as cmnd,
            answers->'name'->>'full' as name, folded_name as folded
       from declaration d where office_code = $1 and id_kind = 'cccd' and declaration_id % 997 = 1
      order by md5(code) limit $2`,
    [OFFICE, count],
  );
  for (const [at, row] of rows.entries()) {
    const code = makeFileCode(Uint8Array.from([at % 31, Math.floor(at / 31), 5, 11, 17, 23, 29]));
    await pool.query("update declaration set code = $2 where code = $1", [row.code, code]);
    row.code = code;
  }
  return rows;
}

const indexesToBuild = `
  select c.relname as name, pg_get_indexdef(c.oid) as text
    from pg_index i join pg_class c on c.oid = i.indexrelid
   where i.indrelid = 'declaration'::regclass
     and not exists (select from pg_constraint k where k.conindid = i.indexrelid)`;

/** Codes in the shape of real ones, made from the number of the row. */
const filling = `
  with lists as (
    select array['Nguyễn','Trần','Lê','Phạm','Hoàng','Huỳnh','Phan','Vũ','Võ','Đặng','Bùi','Đỗ','Hồ','Ngô','Dương','Lý'] as families,
           array['nguyen','tran','le','pham','hoang','huynh','phan','vu','vo','dang','bui','do','ho','ngo','duong','ly'] as families_bare,
           array['Thị','Văn','Hữu','Ngọc','Đức','Minh','Thanh','Diễm'] as middles,
           array['thi','van','huu','ngoc','duc','minh','thanh','diem'] as middles_bare,
           array['Hương','Hường','Thương','Thường','Hòa','An','Anh','Bình','Châu','Dũng','Đào','Giang','Hạnh','Khoa','Lan','Linh','Mẫn','Nga','Oanh','Phúc','Quý','Sơn','Tâm','Uyên','Vân','Yến','Loan'] as givens,
           array['huong','huong','thuong','thuong','hoa','an','anh','binh','chau','dung','dao','giang','hanh','khoa','lan','linh','man','nga','oanh','phuc','quy','son','tam','uyen','van','yen','loan'] as givens_bare,
           (select array_agg(office_code order by office_code) from bhxh_office where office_code <> $3) as others),
  made as (
    select n, h, abs(h % 1000) as lot,
           1 + abs(h) % 23 as family, 1 + abs(h / 32) % 8 as middle, 1 + abs(h / 256) % 27 as given, lists.*
      from generate_series(1, $1::int) n, lateral (select hashint8(n::bigint) as h) hashed, lists),
  named as (
    select n, lot, h,
           case when family > 16 then 'Nguyễn' else families[family] end || ' ' || middles[middle] || ' ' || givens[given] as full_name,
           case when family > 16 then 'nguyen' else families_bare[family] end || ' ' || middles_bare[middle] || ' ' || givens_bare[given] as folded,
           case when n % 3 = 0 then $3 else others[1 + n % array_length(others, 1)] end as office,
           case when lot < 2 then 'received' when lot < 30 then 'confirmed' when lot < 60 then 'lapsed'
                when lot < 110 then 'refused' else 'accepted' end as status
      from made)
  insert into declaration (code, status, seq, answers, office_code, birth_on, birth_precision, folded_name,
    insurance_number, id_kind, id_number, phone, created_at, confirmed_at, lapses_at, received_at, notice_due_at)
  select 'BD-' || substr(mark, 1, 4) || '-' || substr(mark, 5, 4), status, 2,
         jsonb_build_object('name', jsonb_build_object('full', full_name, 'sex', 1 + n % 2),
           'phone', jsonb_build_object('number', '09' || lpad(n::text, 8, '0')),
           'address', jsonb_build_object('street', 'Thôn Mẫu ' || n % 90, 'communeCode', '21952')),
         office, date '1950-01-01' + n % 20000, 'day', folded, lpad(n::text, 10, '0'),
         case when n % 50 = 0 then 'cmnd' else 'cccd' end,
         case when n % 50 = 0 then '2' || lpad(n::text, 8, '0') else '0' || lpad(n::text, 11, '0') end,
         '09' || lpad(n::text, 8, '0'), confirmed, confirmed, confirmed + interval '11 days',
         case when status in ('received', 'accepted', 'refused') then received end,
         case when status in ('received', 'accepted', 'refused') then received + interval '15 minutes' end
    from named,
         lateral (select translate(upper(lpad(to_hex(n), 8, '0')), '01', 'WX') as mark) marked,
         lateral (select case when status in ('received', 'confirmed') then $2::timestamptz - n % 14000 * interval '1 minute'
                              else $2::timestamptz - interval '12 days' - n % 1500000 * interval '1 minute' end as confirmed) dated,
         lateral (select case when status = 'received' then $2::timestamptz - n % 40 * interval '1 minute'
                              else confirmed + interval '1 day' end as received) taken`;
