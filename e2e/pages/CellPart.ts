import { expect, type Locator, type Page } from '@playwright/test';

/** One cell. */
export class CellPart {
  readonly root: Locator;
  readonly #page: Page;

  constructor(page: Page, root: Locator) {
    this.#page = page;
    this.root = root;
  }

  get runButton(): Locator {
    return this.root.getByRole('button', { name: 'Run', exact: true });
  }

  get stopButton(): Locator {
    return this.root.getByRole('button', { name: 'Stop', exact: true });
  }

  get editor(): Locator {
    return this.root.getByRole('textbox', { name: /^Source of / });
  }

  get error(): Locator {
    return this.root.getByRole('alert');
  }

  get log(): Locator {
    return this.root.getByRole('log');
  }

  get grid(): Locator {
    return this.root.getByRole('grid');
  }

  tab(name: 'Result Table' | 'Image List' | 'Models' | 'Previews' | 'Outputs' | 'Logs'): Locator {
    return this.root.getByRole('tab', { name });
  }

  /** What stands above the source for each input. */
  get inputs(): Locator {
    return this.root.getByRole('list', { name: /^Inputs of / }).getByRole('button');
  }

  async select(): Promise<void> {
    await this.root.focus();
  }

  get tabPanel(): Locator {
    return this.root.getByRole('tabpanel');
  }

  /** The outputs as they are shown: name, kind and value of each. */
  async openOutputs(): Promise<Locator> {
    await this.tab('Outputs').click();
    return this.tabPanel;
  }

  /** Opens the editor and pastes the script over what is there; typed, it would be indented by the editor. */
  async replaceSource(source: string): Promise<void> {
    if ((await this.editor.count()) === 0) await this.root.press('Enter');
    // A plain field stands in for the editor until that is loaded, and the selection would go with it.
    await expect(this.root.locator('.monaco-editor').first()).toBeVisible();
    await this.editor.focus();
    await this.#page.evaluate((text) => navigator.clipboard.writeText(text), source);
    await this.#page.keyboard.press('ControlOrMeta+A');
    await this.#page.keyboard.press('ControlOrMeta+V');
    await expect(this.root).toContainText(source.split('\n').at(-1)?.trim() ?? '');
  }

  async run(): Promise<void> {
    await this.runButton.click();
  }

  /** Waits until the header says how the cell ended. */
  async expectState(
    state: 'Done' | 'Failed' | 'Stopped' | 'Stale' | 'Idle' | 'Running' | 'Queued',
  ): Promise<void> {
    await expect(this.root.locator('> header')).toContainText(state, {
      timeout: 60_000,
    });
  }

  /** Waits until the table draws exactly these rows; row numbers are left out. */
  async expectRows(rows: readonly (readonly string[])[]): Promise<void> {
    await expect.poll(() => this.readRows()).toEqual(rows);
  }

  /** The texts of the rows that are drawn, header and row numbers left out. */
  async readRows(): Promise<string[][]> {
    const rows = this.grid.getByRole('row');
    const texts: string[][] = [];
    for (const row of await rows.all()) {
      const cells = await row.getByRole('gridcell').allInnerTexts();
      if (cells.length > 0) texts.push(cells);
    }
    return texts;
  }
}
