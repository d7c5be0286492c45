import { describe, expect, it } from "vitest";
import { cellsOf, complaints, missingRows, type Seen } from "../store/access/judge.ts";
import { ACTORS, type Cell, type Row } from "../store/access/kinds.ts";

/** The comparison itself, against made-up registries: one that holds, and ones with a hole. */
const visits: Row = { lets: { citizen: "A", neighbour: "B" }, hasThing: true };
const help: Row = { lets: { stranger: "any", citizen: "any" }, hasThing: false };
const rows = { "GET /app/visits/:id": visits, "GET /help": help };

/** A server that lets in whom `admits` says. */
const ask = (admits: (cell: Cell) => boolean): Seen[] =>
  Object.entries(rows).flatMap(([route, row]) =>
    cellsOf(route, row).map((cell) => ({ ...cell, status: admits(cell) ? 200 : 404, location: undefined })),
  );
const isOwner = ({ actor, reach }: Cell) =>
  (actor === "citizen" && reach === "A") || (actor === "neighbour" && reach === "B");
const isCitizen = ({ actor }: Cell) => actor === "citizen" || actor === "neighbour";
const byTable = (cell: Cell) =>
  cell.route === "GET /help" ? cell.actor === "stranger" || cell.actor === "citizen" : isOwner(cell);

describe("the comparison of the access table with what a server answers", () => {
  it("has nothing to say of a server that does as the table says", () => {
    expect(complaints(ask(byTable), rows)).toEqual([]);
  });

  it("names both who read another's visit when the check of the owner is dropped", () => {
    const holed = (cell: Cell) => (cell.route === "GET /help" ? byTable(cell) : isCitizen(cell));
    expect(complaints(ask(holed), rows)).toEqual([
      "GET /app/visits/:id: citizen for B's must be kept out, but was answered 200",
      "GET /app/visits/:id: neighbour for A's must be kept out, but was answered 200",
    ]);
  });

  it("names every actor who gets in when an address is open by mistake", () => {
    const holed = (cell: Cell) => cell.route !== "GET /help" || byTable(cell);
    expect(complaints(ask(holed), rows)).toHaveLength(2 * ACTORS.length - 2);
  });

  it("names whom a closed door keeps out although the table lets them in", () => {
    const shut = (cell: Cell) => byTable(cell) && cell.actor !== "neighbour";
    expect(complaints(ask(shut), rows)).toEqual([
      "GET /app/visits/:id: neighbour for B's must be let in, but was answered 404",
    ]);
  });

  it("takes a way to the sign-in for a closed door, and a fault of the server for neither", () => {
    const cell = { route: "GET /app/visits/:id", actor: "stranger", reach: "A" } as const;
    expect(complaints([{ ...cell, status: 303, location: "/sign-in?next=%2Fapp" }], rows)).toEqual([]);
    expect(complaints([{ ...cell, status: 500, location: undefined }], rows)[0]).toContain("neither in nor out");
    expect(complaints([{ ...cell, status: 303, location: "/app" }], rows)).toHaveLength(1);
  });

  it("names an address without a row, a row without an address, and an address mounted twice", () => {
    const routes = ["GET /help", "GET /help", "POST /new"];
    expect(missingRows(routes, rows)).toEqual([
      "GET /help is mounted twice",
      "POST /new is not in test/store/access/table.ts: say there who is let in",
      "GET /app/visits/:id is in test/store/access/table.ts, but no such address is mounted",
    ]);
  });

  it("keeps out everybody whom a row does not name", () => {
    const closed: Record<string, Row> = { "GET /nobody": { lets: {}, hasThing: false } };
    const seen = cellsOf("GET /nobody", closed["GET /nobody"] as Row).map((cell) => ({
      ...cell,
      status: 200,
      location: undefined,
    }));
    expect(complaints(seen, closed)).toHaveLength(ACTORS.length);
  });
});
