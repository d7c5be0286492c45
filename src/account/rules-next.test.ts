import { expect, test } from "vitest";
import { deviceLabel, nextPage } from "./rules-next.ts";

test.each([
  ["/app/visits?year=2026", "/app/visits?year=2026"],
  ["/account/devices", "/account/devices"],
  [undefined, "/app"],
  ["", "/app"],
  ["app", "/app"],
  ["https://example.com/app", "/app"],
  ["//example.com", "/app"],
  ["/\\example.com", "/app"],
  ["/\t/example.com", "/app"],
  ["/app/..//example.com", "/app"],
  ["javascript:alert(1)", "/app"],
  ["/console", "/app"],
  ["/sign-in?next=/app", "/app"],
  ["/api/v1/me", "/app"],
])("a citizen who asked for %j goes to %j", (asked, page) => {
  expect(nextPage(asked, "citizen")).toBe(page);
});

test.each([
  ["/console/files/BD-4F7K-92QX", "/console/files/BD-4F7K-92QX"],
  ["/console?filter=mine", "/console?filter=mine"],
  ["/console/sign-in", "/console"],
  ["/app", "/console"],
  ["//console.example.com", "/console"],
  ["/consolething", "/console"],
])("staff who asked for %j go to %j", (asked, page) => {
  expect(nextPage(asked, "staff")).toBe(page);
});

test.each([
  [
    "Mozilla/5.0 (Linux; Android 14; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36",
    "Chrome · Android",
  ],
  [
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Mobile/15E148 Safari/604.1",
    "Safari · iPhone",
  ],
  [
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0",
    "Edge · Windows",
  ],
  ["curl/8.5.0", ""],
  [undefined, ""],
])("%j is called %j", (userAgent, label) => {
  expect(deviceLabel(userAgent)).toBe(label);
});
