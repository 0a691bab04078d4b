// @ts-check
import { strToU8, zipSync } from 'fflate';
import { waitForPython } from './app-page.mjs';

/**
 * A scriptlet of a flow.
 * @param {string} nodeId
 * @param {string} source
 * @param {string} inputs YAML of one line
 * @param {string} outputs the same
 * @param {string} from the same
 */
export function createNode(nodeId, source, inputs, outputs, from) {
  return {
    node_id: nodeId,
    task: {
      inputs_def: inputs === '' ? [] : [JSON.parse(inputs)],
      outputs_def: outputs === '' ? [] : [JSON.parse(outputs)],
      executor: { name: 'python', options: { source } },
    },
    inputs_from: from === '' ? [] : [JSON.parse(from)],
  };
}

/**
 * Opens the app and imports a flow of these nodes; JSON is YAML.
 * @param {import('./app-page.mjs').BrowserContext} context
 * @param {string} url
 * @param {readonly object[]} nodes
 */
export async function openFlow(context, url, nodes) {
  const page = await context.newPage();
  await page.goto(url);
  const zip = zipSync({ 'flow/flow.oo.yaml': strToU8(JSON.stringify({ nodes })) });
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  const file = { name: 'flow.zip', mimeType: 'application/zip', buffer: Buffer.from(zip) };
  await page.getByLabel('Zip to import').setInputFiles(file);
  await page.locator('section[data-state]').first().waitFor();
  await waitForPython(page);
  return page;
}
