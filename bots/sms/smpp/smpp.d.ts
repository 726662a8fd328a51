/** What is used of the `smpp` package, which brings no types. */
declare module 'smpp' {
  import type { EventEmitter } from 'node:events';
  import type { Server as NetServer, Socket } from 'node:net';

  export interface Pdu {
    command: string;
    command_status: number;
    sequence_number: number;
    [field: string]: unknown;
    isResponse(): boolean;
    response(options?: Record<string, unknown>): Pdu;
  }
  export class PDU {
    constructor(command: string, options?: Record<string, unknown>);
  }
  export interface Session extends EventEmitter {
    socket: Socket;
    send(pdu: PDU | Pdu, answered?: (response: Pdu) => void, sent?: () => void): boolean;
    close(): void;
    destroy(): void;
    pause(): void;
    resume(): void;
  }
  export function connect(options: { host: string; port: number; tls?: boolean }): Session;
  export function createServer(listener: (session: Session) => void): NetServer & { sessions: Session[] };
}
