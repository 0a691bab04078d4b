import { expect, type Locator, type Page } from '@playwright/test';
import { CellPart } from './CellPart.ts';

/** The app, by the names that a person or a screen reader finds. */
export class NotebookPage {
  readonly page: Page;
  readonly #url: string;

  constructor(page: Page, url: string) {
    this.page = page;
    this.#url = url;
  }

  async open(): Promise<void> {
    await this.page.goto(this.#url);
    await this.page.getByRole('toolbar', { name: 'Notebook' }).waitFor();
  }

  /** Makes a notebook, and has it shown in the place of the one before. */
  async createAnother(): Promise<void> {
    const earlier = await this.workspace.getByRole('listitem').count();
    await this.workspace.getByRole('button', { name: 'New notebook' }).click();
    await expect(this.workspace.getByRole('listitem')).toHaveCount(earlier + 1);
    await this.page.getByRole('heading', { name: 'An empty notebook' }).waitFor();
  }

  get toolbar(): Locator {
    return this.page.getByRole('toolbar', { name: 'Notebook' });
  }

  get workspace(): Locator {
    return this.page.getByRole('navigation', { name: 'Workspace' });
  }

  get packages(): Locator {
    return this.page.getByRole('dialog', { name: 'Packages of this notebook' });
  }

  async openPackages(): Promise<Locator> {
    await this.toolbar.getByRole('button', { name: 'Packages' }).click();
    return this.packages;
  }

  async closePackages(): Promise<void> {
    await this.packages.getByRole('button', { name: 'Close' }).click();
  }

  async addWheel(name: string, content: Uint8Array): Promise<void> {
    const file = { name, mimeType: 'application/octet-stream', buffer: Buffer.from(content) };
    await this.packages.getByLabel('Wheels to add').setInputFiles(file);
  }

  async openFiles(): Promise<Locator> {
    await this.toolbar.getByRole('button', { name: 'Files' }).click();
    return this.page.getByRole('dialog', { name: 'Files' });
  }

  async closeFiles(): Promise<void> {
    const dialog = this.page.getByRole('dialog', { name: 'Files' });
    await dialog.getByRole('button', { name: 'Close' }).click();
  }

  /** Adds a file to the notebook, or puts it in the place of the one of its name. */
  async addFile(name: string, content: string): Promise<void> {
    const dialog = await this.openFiles();
    const file = { name, mimeType: 'text/plain', buffer: Buffer.from(content) };
    await dialog.getByLabel('Files to add').setInputFiles(file);
    await expect(dialog.getByRole('listitem').filter({ hasText: name })).toBeVisible();
    await expect(dialog.getByRole('button', { name: 'Add files…' })).toBeVisible();
    await this.closeFiles();
  }

  async openNetwork(): Promise<Locator> {
    await this.workspace.getByRole('button', { name: /^Network:/ }).click();
    return this.page.getByRole('dialog', { name: 'Network' });
  }

  /** Lets scripts reach a host, which is named as it stands in addresses. */
  async allowHost(host: string): Promise<void> {
    const dialog = await this.openNetwork();
    await dialog.getByRole('textbox', { name: 'Host to allow' }).fill(host);
    await dialog.getByRole('button', { name: 'Add' }).click();
    await expect(dialog.getByRole('list', { name: 'Allowed hosts' })).toContainText(host);
    await dialog.getByRole('button', { name: 'Close' }).click();
  }

  get configuration(): Locator {
    return this.page.getByRole('complementary', { name: 'Configuration' });
  }

  /** Connects an input of the selected scriptlet to an output, named as "cell → output". */
  async connect(input: string, output: string): Promise<void> {
    await this.configuration
      .getByRole('combobox', { name: `Where ${input} comes from` })
      .selectOption(output);
  }

  /** The title of every cell, from top to bottom. */
  get cellTitles(): Locator {
    return this.page.getByRole('main').getByRole('heading', { level: 2 });
  }

  cell(title: string): CellPart {
    return new CellPart(this.page, this.page.getByRole('region', { name: title, exact: true }));
  }

  /** Adds the first cell of an empty notebook. */
  async addFirstCell(): Promise<CellPart> {
    await this.page.getByRole('button', { name: 'Add a Data Generator' }).click();
    return this.cell('Data Generator');
  }

  async addFirstScriptlet(): Promise<CellPart> {
    await this.page.getByRole('button', { name: 'Add a Scriptlet' }).click();
    return this.cell('Scriptlet');
  }

  /** Adds a cell of a kind at the end, or where else the button of this name does. */
  async addCell(
    kind: 'Data Generator' | 'Statement' | 'Scriptlet' | 'Dataset' | 'Chart',
    button = 'Add cell',
  ): Promise<void> {
    await this.page.getByRole('button', { name: button, exact: true }).click();
    await this.page.getByRole('menuitem', { name: kind }).click();
  }

  /** Adds a cell with this script as the first of an empty notebook. */
  async addScript(source: string): Promise<CellPart> {
    const cell = await this.addFirstCell();
    await cell.replaceSource(source);
    return cell;
  }

  async waitForPython(): Promise<void> {
    await this.toolbar.getByText('is ready').waitFor();
  }

  /** Waits until a second Python has started beside the one that runs, which must not be blocked. */
  async waitForSpare(): Promise<void> {
    // A worker takes the doors away from scripts when its Python has started.
    const isClosed = (): boolean => !('indexedDB' in self);
    const countPythons = async (): Promise<number> => {
      const kernels = this.page.workers().filter((worker) => worker.url().startsWith('blob:'));
      return (await Promise.all(kernels.map((worker) => worker.evaluate(isClosed)))).filter(Boolean).length;
    };
    await expect.poll(countPythons, { timeout: 60_000 }).toBe(2);
  }

  /** Notes what the toolbar says from now on; what is returned gives that. */
  async followToolbar(): Promise<() => Promise<string[]>> {
    const texts = await this.toolbar.evaluateHandle((toolbar) => {
      const seen: string[] = [];
      const observer = new MutationObserver(() => seen.push(toolbar.textContent));
      observer.observe(toolbar, { subtree: true, childList: true, characterData: true });
      return seen;
    });
    return () => texts.jsonValue();
  }
}
