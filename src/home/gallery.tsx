import { Layout } from "../ui/index.ts";
import { type Ask, page, pageRoute, type Route } from "../web/route.ts";
import { BlocksShown } from "./gallery-blocks.tsx";
import { FieldsShown } from "./gallery-fields.tsx";

/** Every component in every state, for those who build pages: `/dev/ui`, `?face=app`, `?face=console`. */
const FACES = ["portal", "app", "console"] as const;

export function Gallery({ ask }: { ask: Ask }) {
  const face = FACES.find((one) => one === ask.query.face) ?? "portal";
  return (
    <Layout ask={ask} face={face} title="Bộ thành phần giao diện" back="/" nowAt={face === "app" ? "visits" : "queue"}>
      <h1>Bộ thành phần giao diện</h1>
      <p class="lead">
        {FACES.map((one) => (
          <a key={one} href={`/dev/ui?face=${one}`}>
            {one}{" "}
          </a>
        ))}
      </p>
      <FieldsShown ask={ask} />
      <BlocksShown />
    </Layout>
  );
}

export const routes: Route[] = [
  pageRoute({
    method: "GET",
    path: "/dev/ui",
    who: ["dev"],
    purpose: "none",
    handle: (ask) => page(<Gallery ask={ask} />),
  }),
];
