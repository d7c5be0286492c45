import type { ComponentChildren } from "preact";
import { ErrorPage, Form, KeptPage, Layout } from "../ui/index.ts";
import { type Ask, page, pageRoute, type Route } from "../web/route.ts";
import style from "./gallery.css?inline";
import { blockGroups, DeskPills, ShownOnce } from "./gallery-blocks.tsx";
import { fieldGroups } from "./gallery-fields.tsx";
import { sideStyles, sizeStyles, TokensShown } from "./gallery-tokens.tsx";

/** Every component in every state, for those who build pages: `/dev/ui`, `?face=app`, `?face=console`, `?show=tokens`, `?show=error`. */
const FACES = ["portal", "app", "console"] as const;
const title = "Bộ thành phần giao diện";

export function Gallery({ ask }: { ask: Ask }) {
  const face = FACES.find((one) => one === ask.query.face) ?? "portal";
  const nowAt = face === "app" ? "visits" : "queue";
  return (
    <Layout ask={ask} face={face} title={title} back="/" nowAt={nowAt} styles={[style, sideStyles, sizeStyles]} wide>
      <h1>{title}</h1>
      <p class="lead">
        {FACES.map((one) => (
          <a key={one} href={`/dev/ui?face=${one}`}>
            {one}{" "}
          </a>
        ))}
        <a href="/dev/ui?show=tokens">tokens</a> <a href="/dev/ui?show=error">ErrorPage</a>{" "}
        <a href="/dev/ui?show=kept">KeptPage</a>
      </p>
      <ShownOnce ask={ask} />
      {face === "console" ? <DeskPills /> : null}
      <Form ask={ask} action="/dev/ui" multipart>
        {fieldGroups.map((Group) => (
          <Sides key={Group.name}>{(side) => <Group side={side} />}</Sides>
        ))}
      </Form>
      {blockGroups.map((Group) => (
        <Sides key={Group.name}>{() => <Group />}</Sides>
      ))}
    </Layout>
  );
}

/** The same twice, light and dark beside each other; group by group, so that the second copy is packed away. */
function Sides({ children }: { children: (side: string) => ComponentChildren }) {
  return (
    <div class="sides">
      {["light", "dark"].map((side) => (
        <div key={side} class={`side in-${side}`}>
          {children(side)}
        </div>
      ))}
    </div>
  );
}

function Language({ ask }: { ask: Ask }) {
  return (
    <Layout ask={ask} face="portal" title="Ngôn ngữ hình ảnh" back="/dev/ui" styles={[style]}>
      <h1>Ngôn ngữ hình ảnh</h1>
      <TokensShown />
    </Layout>
  );
}

function Wrong({ ask }: { ask: Ask }) {
  return (
    <ErrorPage
      ask={ask}
      title="Chưa làm được việc này"
      body="Hệ thống đang bận. Những gì đã gõ vẫn còn."
      code="Mã để hỏi tổng đài: 7F3K-92"
      actions={[
        { href: "/dev/ui", label: "Thử lại" },
        { href: "/help", label: "Trợ giúp" },
      ]}
    />
  );
}

const typed = { note: ["Đã gọi lại lúc 10:42"], reason: ["unsigned", "other"] };

function Kept({ ask }: { ask: Ask }) {
  return <KeptPage ask={ask} face="console" to="/dev/ui" typed={typed} />;
}

function shownIn(ask: Ask) {
  if (ask.query.show === "kept") return <Kept ask={ask} />;
  if (ask.query.show === "tokens") return <Language ask={ask} />;
  return ask.query.show === "error" ? <Wrong ask={ask} /> : <Gallery ask={ask} />;
}

export const routes: Route[] = [
  pageRoute({
    method: "GET",
    path: "/dev/ui",
    who: ["dev"],
    purpose: "none",
    handle: (ask) => page(shownIn(ask)),
  }),
];
