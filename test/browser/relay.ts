import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

export interface Relay {
  url: string;
  /** where connections go from now on */
  to(address: string): void;
  /** breaks every open connection, as a network does; returns how many */
  cut(): number;
  close(): void;
}

/** A network between browser and server that can be cut. */
export const startRelay = async (): Promise<Relay> => {
  let target = new URL('http://127.0.0.1:1');
  const open = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(Number(target.port), target.hostname);
    open.add(near);
    near.pipe(far).pipe(near);
    near.on('close', () => {
      open.delete(near);
      far.destroy();
    });
    near.on('error', () => far.destroy());
    far.on('close', () => near.destroy()).on('error', () => near.destroy());
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const cut = () => {
    const count = open.size;
    for (const socket of open) socket.destroy();
    return count;
  };
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    to: (address) => {
      target = new URL(address);
    },
    cut,
    close: () => {
      cut();
      server.close();
    },
  };
};
