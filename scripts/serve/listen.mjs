// @ts-check
import { connect } from 'node:net';

const host = '127.0.0.1';
const portsToTry = 100;

/**
 * Listens on the port, or the next that is free.
 * @param {import('node:http').Server} server
 * @param {number} firstPort 0 lets the system choose
 * @returns {Promise<number>} the port
 * @throws {Error} when none of a hundred ports is free
 */
export async function listenOnFreePort(server, firstPort) {
  if (firstPort === 0) {
    await listen(server, 0);
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('The server has no port');
    return address.port;
  }
  for (let port = firstPort; port < firstPort + portsToTry; port += 1) {
    if (!(await isTakenOnIpv6(port)) && (await listen(server, port))) return port;
  }
  throw new Error(`No port from ${firstPort} to ${firstPort + portsToTry - 1} is free`);
}

/**
 * @param {import('node:http').Server} server
 * @param {number} port
 * @returns {Promise<boolean>} false when the port is taken
 */
function listen(server, port) {
  return new Promise((resolve, reject) => {
    const failed = (/** @type {NodeJS.ErrnoException} */ error) => {
      if (error.code === 'EADDRINUSE' || error.code === 'EACCES') resolve(false);
      else reject(error);
    };
    server.once('error', failed);
    server.listen(port, host, () => {
      server.off('error', failed);
      resolve(true);
    });
  });
}

/**
 * Another server on the same port of ::1, as Vite starts one, would get the requests: browsers try ::1 first for "localhost".
 * @param {number} port
 * @returns {Promise<boolean>}
 */
function isTakenOnIpv6(port) {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '::1' });
    const settle = (/** @type {boolean} */ isTaken) => {
      socket.destroy();
      resolve(isTaken);
    };
    socket.once('connect', () => settle(true)).once('error', () => settle(false));
    socket.setTimeout(500, () => settle(false));
  });
}
