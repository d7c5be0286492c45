/** The part of the package `smpp` that is used here; it brings no types of its own. */
declare module "smpp" {
  import type { EventEmitter } from "node:events";
  import type { Server as NetServer, Socket } from "node:net";

  export interface Pdu {
    command: string;
    command_status: number;
    sequence_number: number;
    message_id?: string;
    system_id?: string;
    password?: string;
    source_addr?: string;
    destination_addr?: string;
    esm_class?: number;
    data_coding?: number;
    registered_delivery?: number;
    short_message?: Buffer | { message: string | Buffer; udh?: Buffer[] };
    receipted_message_id?: string;
    message_state?: number;
    isResponse(): boolean;
    response(fields?: PduFields): Pdu;
  }

  export type PduFields = Record<string, string | number | Buffer | { udh: Buffer; message: Buffer }>;
  type OnAnswer = (answer: Pdu) => void;

  export interface Session extends EventEmitter {
    socket: Socket;
    /** False when the socket cannot be written to any more; nothing went out then. */
    send(pdu: Pdu): boolean;
    bind_transceiver(fields: PduFields, onAnswer: OnAnswer): boolean;
    submit_sm(fields: PduFields, onAnswer: OnAnswer): boolean;
    deliver_sm(fields: PduFields, onAnswer?: OnAnswer): boolean;
    enquire_link(onAnswer: OnAnswer): boolean;
    unbind(onAnswer?: OnAnswer): boolean;
    destroy(): void;
    close(): void;
  }

  export type Server = NetServer & { sessions: Session[] };

  const smpp: {
    connect(options: { host: string; port: number; tls?: boolean; servername?: string }): Session;
    createServer(onSession: (session: Session) => void): Server;
    PDU: new (command: string, fields: PduFields) => Pdu & { toBuffer(): Buffer };
  };
  export default smpp;
}
