import type { Locator, Page } from '@playwright/test';
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

  get configuration(): Locator {
    return this.page.getByRole('complementary', { name: 'Configuration' });
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

  /** Adds a cell with this script as the first of an empty notebook. */
  async addScript(source: string): Promise<CellPart> {
    const cell = await this.addFirstCell();
    await cell.replaceSource(source);
    return cell;
  }

  async waitForPython(): Promise<void> {
    await this.toolbar.getByText('is ready').waitFor();
  }
}
