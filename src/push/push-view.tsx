import { formatInstant } from "../kernel/calendar.ts";
import { Acts, Button, DataTable, ErrorSummary, type FieldFault, Form, Layout, Notice, Panel } from "../ui/index.ts";
import type { Ask } from "../web/route.ts";
import { words } from "./words.ts";

export interface DeviceView {
  id: string;
  label: string;
  since: Date;
  isHere: boolean;
}

interface PushPageProps {
  ask: Ask;
  /** Our public key, which the device will trust. */
  serverKey: string;
  devices: readonly DeviceView[];
  faults?: readonly FieldFault[];
}

/** On or off for the device in hand, and every other device with a button that ends it. */
export function PushPage({ ask, serverKey, devices, faults = [] }: PushPageProps) {
  const said = words(ask.lang);
  const here = devices.find(({ isHere }) => isHere);
  return (
    <Layout ask={ask} face="app" title={said.title} nowAt="more" back="/app/more">
      <ErrorSummary faults={faults} ask={ask} />
      <h1>{said.title}</h1>
      <p>{said.lead}</p>
      <p>{said.little}</p>
      {here ? <IsOn ask={ask} id={here.id} /> : <IsOff ask={ask} serverKey={serverKey} />}
      <h2>{said.listTitle}</h2>
      <Devices ask={ask} devices={devices} />
      <p class="hint">
        {said.lost} <a href="/account/devices">{said.lostLink}</a>.
      </p>
      <script type="module" src="/push.js" />
    </Layout>
  );
}

/** The button is made by a small script, which alone can ask the device; without it a sentence says so. */
function IsOff({ ask, serverKey }: { ask: Ask; serverKey: string }) {
  const said = words(ask.lang);
  return (
    <Panel tone="tinted">
      <Form ask={ask} action="/account/push">
        <input type="hidden" name="subscription" value="" />
        <div
          id="subscription"
          class="push"
          data-key={serverKey}
          data-label={said.turnOn}
          data-before={said.before}
          data-denied={said.denied}
          data-old={said.old}
          data-failed={said.failed}
        >
          <p>{said.without}</p>
        </div>
      </Form>
    </Panel>
  );
}

function IsOn({ ask, id }: { ask: Ask; id: string }) {
  const said = words(ask.lang);
  return (
    <>
      <Notice kind="good">
        <div class="push" data-is-on="yes" data-denied={said.denied} data-old={said.old}>
          <p>{said.isOn}</p>
        </div>
      </Notice>
      <Form ask={ask} action="/account/push/ending" class="push-off">
        <input type="hidden" name="device" value={id} />
        <Acts>
          <Button kind="quiet">{said.turnOff}</Button>
        </Acts>
      </Form>
    </>
  );
}

function Devices({ ask, devices }: Pick<PushPageProps, "ask" | "devices">) {
  const said = words(ask.lang);
  return (
    <DataTable
      caption={said.listTitle}
      hideCaption
      rows={devices}
      rowKey={({ id }) => id}
      empty={<p>{said.none}</p>}
      columns={[
        { head: said.device, isMain: true, cell: (device) => nameOf(device, ask) },
        { head: said.since, cell: ({ since }) => formatInstant(since, ask.lang) },
        { head: said.notices, cell: (device) => <StopOne ask={ask} device={device} /> },
      ]}
    />
  );
}

function StopOne({ ask, device }: { ask: Ask; device: DeviceView }) {
  const said = words(ask.lang);
  return (
    <Form ask={ask} action="/account/push/ending" class={device.isHere ? "push-off" : undefined}>
      <input type="hidden" name="device" value={device.id} />
      <button type="submit" class="plain-button" aria-label={said.stopOne(nameOf(device, ask))}>
        {said.act}
      </button>
    </Form>
  );
}

function nameOf({ label, isHere }: DeviceView, ask: Ask): string {
  const said = words(ask.lang);
  return `${label || said.unknown}${isHere ? ` (${said.here})` : ""}`;
}
