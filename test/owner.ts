import pg from "pg";
import type { TestHouse } from "./house.ts";

/** Runs SQL as the owner of the database: what the application's own role may not do. */
export async function asOwner(house: TestHouse, sql: string): Promise<void> {
  const client = new pg.Client(house.connection);
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
