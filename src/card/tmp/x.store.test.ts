import { test } from "vitest";
import { openTestHouse } from "../../../test/house.ts";
test("x", async () => {
  const house = await openTestHouse();
  console.log(JSON.stringify((await house.pool.query("select code, valid_from, detail, jsonb_typeof(detail) t, detail->'percent' p from code_list_entry where list='object_group' and code='CN'")).rows));
  await house.close();
});
