import { expect } from 'vitest';
import { keys, type FirefoxTab, type FoundElement } from './FirefoxTab.ts';

/** The app in a tab of Firefox, and the cell of it that was added last. */
export class FirefoxNotebook {
  readonly tab: FirefoxTab;
  readonly #url: string;
  #cellTitle = 'Data Generator';

  constructor(tab: FirefoxTab, url: string) {
    this.tab = tab;
    this.#url = url;
  }

  async open(): Promise<void> {
    await this.tab.open(this.#url);
    await this.tab.find({ role: 'toolbar', name: 'Notebook' });
  }

  /** Opens the app with an empty notebook, which is made where there is none yet. */
  async openEmpty(): Promise<void> {
    await this.open();
    const cells = await this.tab.list({ css: 'main section' });
    if (cells.length > 0) await this.tab.click(await this.tab.find({ role: 'button', name: 'New notebook' }));
    await this.tab.find({ role: 'heading', name: 'An empty notebook' });
  }

  async reload(): Promise<void> {
    await this.tab.reload();
    await this.tab.find({ role: 'toolbar', name: 'Notebook' });
  }

  /** Adds a cell with this script as the first of an empty notebook. */
  async addScript(source: string): Promise<void> {
    await this.tab.click(await this.tab.find({ role: 'button', name: 'Add a Data Generator' }));
    await this.replaceSource(source);
  }

  /** Adds a new Scriptlet with this script, which gets this title. */
  async addScriptlet(title: 'Scriptlet' | 'Scriptlet 2', source: string): Promise<void> {
    if (title === 'Scriptlet') {
      await this.tab.click(await this.tab.find({ role: 'button', name: 'Add a Scriptlet' }));
    } else {
      await this.tab.click(await this.tab.find({ role: 'button', name: 'Add cell' }));
      await this.tab.click(await this.tab.find({ role: 'menuitem', name: 'Scriptlet' }));
    }
    this.#cellTitle = title;
    await this.replaceSource(source);
  }

  /** Connects an input of the selected scriptlet to an output, named as "cell → output". */
  async connect(input: string, output: string): Promise<void> {
    const choice = await this.tab.find({ role: 'combobox', name: `Where ${input} comes from` });
    await this.tab.evaluate(
      (select, label) => {
        if (!(select instanceof HTMLSelectElement)) throw new Error('This is no list to choose from.');
        select.selectedIndex = [...select.options].findIndex((option) => option.label === label);
        select.dispatchEvent(new Event('change', { bubbles: true }));
      },
      choice,
      output,
    );
  }

  /** Waits until the cell shows a heading with these words. */
  async expectHeading(name: string): Promise<void> {
    await this.tab.find({ role: 'heading', name }, await this.#cell());
  }

  /** Takes the notebook over from the tab that has it open. */
  async takeOver(): Promise<void> {
    await this.tab.click(await this.tab.find({ role: 'button', name: 'Edit here' }));
    const toolbar = await this.tab.find({ role: 'toolbar', name: 'Notebook' });
    await expect
      .poll(() => this.tab.evaluate((bar) => bar.parentElement?.textContent ?? '', toolbar))
      .not.toContain('This notebook is open in another tab');
  }

  /** Pastes the script over what is in the editor; typed, it would be indented by the editor. */
  async replaceSource(source: string): Promise<void> {
    const code = await this.#inCell('.code');
    await this.tab.click(code);
    await expect
      .poll(() => this.tab.evaluate((cell) => cell.querySelectorAll('.monaco-editor').length, code))
      .toBeGreaterThan(0);
    await this.tab.evaluate((cell) => {
      cell.querySelector<HTMLElement>('textarea, .native-edit-context')?.focus();
    }, code);
    await this.tab.evaluate((text) => navigator.clipboard.writeText(text), source);
    await this.tab.press(keys.control, 'a');
    await this.tab.press(keys.control, 'v');
    const lastLine = source.split('\n').at(-1)?.trim() ?? '';
    await expect.poll(() => this.readText(code)).toContain(lastLine);
  }

  async run(): Promise<void> {
    await this.press('Run');
  }

  /** Presses a button of the cell. */
  async press(name: string): Promise<void> {
    await this.tab.click(await this.tab.find({ role: 'button', name }, await this.#cell()));
  }

  async openTab(name: 'Result Table' | 'Previews' | 'Logs'): Promise<void> {
    await this.tab.click(await this.tab.find({ role: 'tab', name }, await this.#cell()));
  }

  async expectPython(words: 'is ready' | 'is running'): Promise<void> {
    const toolbar = await this.tab.find({ role: 'toolbar', name: 'Notebook' });
    await expect.poll(() => this.readText(toolbar)).toContain(words);
  }

  /** Waits until the cell's header says all of these words. */
  async expectState(...words: readonly string[]): Promise<void> {
    for (const word of words) await expect.poll(() => this.#readHeader()).toContain(word);
  }

  /** Waits until the script runs, or asks for input. */
  async expectBusy(): Promise<void> {
    await expect.poll(() => this.#readHeader()).toMatch(/Running|Waiting for input/);
  }

  /** Waits until a snapshot of Python with this package is stored that was written to its end. */
  async waitForSnapshot(packageName: string): Promise<void> {
    await expect
      .poll(() =>
        this.tab.evaluate(async (name) => {
          const root = await navigator.storage.getDirectory();
          const folder = await root.getDirectoryHandle('cahier-python', { create: true });
          for await (const handle of folder.values()) {
            if (!(handle instanceof FileSystemFileHandle)) continue;
            // While it is written it cannot be read.
            const file = handle.getFile();
            const head = await file.then((content) => content.slice(0, 4096).text()).catch(() => '');
            const names = /"packages":\[(.*?)\]/.exec(head)?.[1] ?? '';
            if (head.startsWith('CAHIERSN') && names.includes(`"${name}"`)) return true;
          }
          return false;
        }, packageName),
      )
      .toBe(true);
  }

  async expectLog(text: string): Promise<void> {
    const log = await this.tab.find({ role: 'log' }, await this.#cell());
    await expect.poll(() => this.readText(log)).toContain(text);
  }

  /** Waits until the table draws exactly these rows; row numbers are left out. */
  async expectRows(rows: readonly (readonly string[])[]): Promise<void> {
    await expect
      .poll(() =>
        this.tab.evaluate(() =>
          [...document.querySelectorAll('[role=row]')]
            .map((row) => [...row.querySelectorAll('[role=gridcell]')].map((cell) => cell.textContent.trim()))
            .filter((cells) => cells.length > 0),
        ),
      )
      .toEqual(rows);
  }

  async readText(element: FoundElement): Promise<string> {
    // The editor draws spaces as ones that do not break.
    return await this.tab.evaluate((found) => found.textContent.replaceAll('\u00A0', ' '), element);
  }

  async #readHeader(): Promise<string> {
    return await this.readText(await this.#inCell('header'));
  }

  async #cell(): Promise<FoundElement> {
    return await this.tab.find({ role: 'region', name: this.#cellTitle });
  }

  async #inCell(css: string): Promise<FoundElement> {
    return await this.tab.find({ css }, await this.#cell());
  }
}
