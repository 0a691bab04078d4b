// @ts-check
import { cpus, totalmem } from 'node:os';

/**
 * What the figures were measured on, in one line.
 * @param {string} browserVersion
 */
export function describeMachine(browserVersion) {
  const [first] = cpus();
  const memory = `${Math.round(totalmem() / 2 ** 30)} GiB of memory`;
  const processor = `${cpus().length} cores (${first?.model.trim() || 'of an unknown kind'})`;
  return `${browserVersion}, headless, ${processor}, ${memory}, ${process.platform} ${process.arch}, Node ${process.version}`;
}
