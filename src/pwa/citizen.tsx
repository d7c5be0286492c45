/** /install: how VssID comes onto the home screen, drawn step by step. */
import { ButtonLink, Layout, Panel } from "../ui/index.ts";
import { type Ask, page, pageRoute, type Reply, type Route } from "../web/route.ts";
import style from "./install.css?inline";
import { type Scene, StepPicture } from "./install-pictures.tsx";
import { words } from "./words.ts";

function showInstall(ask: Ask): Reply {
  const said = words(ask.lang);
  return page(
    <Layout
      ask={ask}
      face="portal"
      title={said.title}
      styles={[style]}
      back={ask.actor.kind === "citizen" ? "/app" : "/"}
    >
      <h1>{said.title}</h1>
      <p class="lead">{said.lead}</p>
      <h2>{said.android}</h2>
      <p class="hint">{said.androidNote}</p>
      <Steps texts={said.androidSteps} scenes={["dots", "menu", "home"]} label={said.menuItem} />
      <h2>{said.ios}</h2>
      <p class="hint">{said.iosNote}</p>
      <Steps texts={said.iosSteps} scenes={["share", "sheet", "home"]} label={said.menuItemIos} />
      <Panel title={said.after} tone="tinted">
        <p>{said.afterText}</p>
        <p>
          <a href="/app/keep">{said.keep}</a>
        </p>
        <p>{said.update}</p>
        <p>{said.remove}</p>
        <p>
          <a href="/guides/app">{said.guide}</a>
        </p>
      </Panel>
      <ButtonLink href="/app">{said.goOn}</ButtonLink>
    </Layout>,
  );
}

function Steps({ texts, scenes, label }: { texts: readonly string[]; scenes: readonly Scene[]; label: string }) {
  return (
    <ol class="install-steps">
      {texts.map((text, at) => (
        <li key={text}>
          <StepPicture scene={scenes[at] ?? "home"} label={label} />
          <p>{text}</p>
        </li>
      ))}
    </ol>
  );
}

export const routes: Route[] = [
  pageRoute({ method: "GET", path: "/install", who: ["anyone"], purpose: "none", handle: showInstall }),
];
