import { describe, expect, it } from "vitest";
import { vaultOfTests } from "../../test/vault.ts";
import { formTokenFor, formTokensFor } from "./form-token.ts";
import { hideTyped, withTyped } from "./typed-query.ts";

const vault = vaultOfTests();
const house = { vault };
const formToken = formTokenFor(vault, "visitor");
const queryOf = (href: string) => Object.fromEntries(new URL(href, "http://own").searchParams);

describe("an address with what was typed", () => {
  const href = hideTyped({ house, formToken }, "/console?show=late&name=Đặng Thị Hòa&q=052190000123");

  it("shows nothing of it, and is read by the page as it was typed, also while acting for somebody", () => {
    expect(href).toMatch(/^\/console\?show=late&typed=[\w-]+$/);
    const read = { show: "late", name: "Đặng Thị Hòa", q: "052190000123" };
    expect(withTyped(vault, [formToken], queryOf(href))).toEqual(read);
    expect(withTyped(vault, formTokensFor(vault, "visitor", "7"), queryOf(href))).toEqual(read);
  });

  it("tells another session nothing, nor when a sign of it was changed", () => {
    expect(withTyped(vault, formTokensFor(vault, "another"), queryOf(href))).toEqual({ show: "late" });
    expect(withTyped(vault, [formToken], { ...queryOf(href), typed: "AAAA" })).toEqual({ show: "late" });
  });

  it("stays as it is where nothing was typed, and cuts what is endless", () => {
    expect(hideTyped({ house, formToken }, "/console?show=late&name=")).toBe("/console?show=late");
    expect(hideTyped({ house, formToken }, "/console")).toBe("/console");
    const long = hideTyped({ house, formToken }, `/console/find?q=${"x".repeat(5000)}`);
    expect(withTyped(vault, [formToken], queryOf(long)).q).toHaveLength(500);
  });
});
