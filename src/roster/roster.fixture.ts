import type { TestHouse } from "../../test/house.ts";
import type { Staff } from "../kernel/actor.ts";
import { foldName } from "../kernel/names.ts";

/** Made-up units and their coordinators, for tests of lists. */
export async function aUnit(
  house: TestHouse,
  code: string,
  {
    kind = "commune",
    parent = null,
    office = "52T01",
  }: { kind?: string; parent?: string | null; office?: string } = {},
): Promise<void> {
  const name = `Đơn vị Mẫu ${code}`;
  await house.pool.query(
    `insert into drive_unit (unit_code, kind, name, folded_name, parent_code, office_code, province_code, valid_from)
     values ($1, $2, $3, $4, $5, $6, '52', '2021-01-01')`,
    [code, kind, name, foldName(name), parent, office],
  );
}

export async function aCoordinator(house: TestHouse, unitCode: string): Promise<Staff> {
  const { rows } = await house.pool.query<{ staff_id: string }>(
    `with s as (insert into staff (username, full_name, password_hash, password_set_on)
       values (gen_random_uuid()::text, 'Đầu Mối Thử', 'x', '2026-11-01') returning staff_id)
     insert into staff_role (staff_id, role, unit_code, valid_from)
     select staff_id, 'coordinator', $1, '2026-01-01' from s returning staff_id`,
    [unitCode],
  );
  const staffId = rows[0]?.staff_id ?? "";
  return { kind: "staff", staffId, name: "Đầu Mối Thử", sessionId: "00", roles: [{ role: "coordinator", unitCode }] };
}
