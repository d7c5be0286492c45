import { renderToString } from "preact-render-to-string";
import { describe, expect, it } from "vitest";
import type { Staff } from "../kernel/actor.ts";
import { inOtherLanguage } from "./header.tsx";
import { collectStyles, ErrorPage, ErrorSummary, Layout, type LayoutProps } from "./index.ts";
import { madeUpAsk } from "./made-up-ask.ts";

const officer: Staff = {
  kind: "staff",
  staffId: "7",
  name: "Trần Minh Khuê",
  sessionId: "s",
  roles: [{ role: "officer", officeCode: "52T01" }],
};

const show = (change: Partial<LayoutProps> = {}) =>
  renderToString(
    <Layout ask={madeUpAsk()} face="portal" title="Họ và tên" {...change}>
      {change.children ?? <h1>Họ và tên</h1>}
    </Layout>,
  );

describe("the frame of a page", () => {
  it("names the page in its language", () => {
    const html = show();
    expect(html).toMatch(/^<html lang="vi"/);
    expect(html).toContain("<title>Họ và tên – VssID</title>");
    expect(show({ ask: madeUpAsk({ lang: "en" }) })).toMatch(/^<html lang="en"/);
  });

  it("begins the title with Lỗi when anything on the page reports a fault, however deep", () => {
    const Question = () => <ErrorSummary ask={{ lang: "vi" }} faults={[{ field: "name", text: "Nhập họ và tên" }]} />;
    expect(show({ children: <Question /> })).toContain("<title>Lỗi: Họ và tên – VssID</title>");
    expect(show({ children: <p>{'data-faults="1"'}</p> })).toContain("<title>Họ và tên");
  });

  it("holds all style in one element, whose text is that of collectStyles", () => {
    const html = show({ styles: [".mine{color:red}"] });
    const styles = [...html.matchAll(/<style>([\s\S]*?)<\/style>/g)].map(([, text]) => text);
    expect(styles).toEqual([collectStyles("portal", [".mine{color:red}"])]);
    expect(html).not.toContain(" style=");
  });

  it("offers the skip link first, and one main", () => {
    const html = show();
    expect(html.indexOf('href="#main"')).toBeLessThan(html.indexOf("<header"));
    expect(html.match(/<main id="main"/g)).toHaveLength(1);
  });

  it("leads to the same page in the other language, keeping its query", () => {
    expect(inOtherLanguage("/help", "vi")).toBe("/help?lang=en");
    expect(inOtherLanguage("/a?cursor=x%26y&lang=en", "en")).toBe("/a?cursor=x%26y&lang=vi");
    expect(show()).toContain('lang="en">English</a>');
    expect(show({ ask: madeUpAsk({ lang: "en" }) })).toContain('lang="vi">Tiếng Việt</a>');
  });

  it("says that it is a demonstration, in the demo only", () => {
    expect(show()).toContain("mọi người và số liệu đều được dựng lên");
    const real = madeUpAsk({ house: { settings: { profile: "production" } } });
    expect(show({ ask: real })).not.toContain("dựng lên");
  });

  it("shows what the page before had to say, escaped", () => {
    const html = show({ ask: madeUpAsk({ flash: "Đã lưu <b>" }) });
    expect(html).toMatch(/role="status"[^>]*>.*Đã lưu &lt;b>/);
    expect(show()).not.toContain('role="status"');
  });

  it("keeps the hotline and the warning against swindlers at the foot", () => {
    const html = show();
    expect(html).toContain('href="tel:19009068"');
    expect(html).toContain("BHXH không gọi điện hay nhắn Zalo xin mã xác nhận.");
  });

  it("follows the chosen size of text and no other value of that cookie", () => {
    expect(show({ ask: madeUpAsk({ cookies: { text_size: "xl" } }) })).toContain('class="portal text-xl"');
    expect(show({ ask: madeUpAsk({ cookies: { text_size: '"><b>' } }) })).toContain('class="portal text-m"');
  });
});

describe("the frame of the citizen's account", () => {
  const citizen = madeUpAsk({ actor: { kind: "citizen", personId: "1", scope: "full", sessionId: "s" } });

  it("has five places and marks the present one", () => {
    const html = show({ ask: citizen, face: "app", nowAt: "visits" });
    const places = [...html.matchAll(/<a href="(\/app[^"]*)"( aria-current="page")?><svg/g)];
    expect(places.map(([, href]) => href)).toEqual([
      "/app",
      "/app/participation",
      "/app/benefits",
      "/app/visits",
      "/app/more",
    ]);
    expect(places.filter(([, , now]) => now).map(([, href]) => href)).toEqual(["/app/visits"]);
  });

  it("signs out by a form with a token, never by a link", () => {
    expect(show({ ask: citizen, face: "app" })).toMatch(
      /action="\/sign-out"[^>]*><input type="hidden" name="_token" value="token-1"/,
    );
  });
});

describe("the frame of the console", () => {
  it("names the officer and the office, and signs out of the console", () => {
    const html = show({
      ask: madeUpAsk({ actor: officer }),
      face: "console",
      officeName: "BHXH cơ sở Sông Trong",
      nowAt: "queue",
    });
    expect(html).toContain("Trần Minh Khuê");
    expect(html).toContain("BHXH cơ sở Sông Trong");
    expect(html).toContain('href="/console" aria-current="page"');
    expect(html).toContain('action="/console/sign-out"');
    expect(html).not.toContain("<footer");
  });

  it("shows no places to somebody who is not signed in", () => {
    expect(show({ face: "console" })).not.toContain("/console/sign-out");
  });
});

describe("an error page", () => {
  it("says what is wrong, what to do first, and the reference", () => {
    const html = renderToString(
      <ErrorPage
        ask={madeUpAsk()}
        title="Không tìm thấy"
        body="Hãy kiểm tra lại mã."
        code="Mã tra cứu: K7"
        actions={[
          { href: "/register/resume", label: "Nhập lại mã" },
          { href: "/", label: "Về trang chủ" },
        ]}
      />,
    );
    expect(html).toContain('<h1>Không tìm thấy</h1><p class="lead">Hãy kiểm tra lại mã.</p>');
    expect(html).toContain('<a class="button" href="/register/resume">');
    expect(html).toContain('<a class="button quiet" href="/">');
    expect(html).toContain("Mã tra cứu: K7");
  });
});
