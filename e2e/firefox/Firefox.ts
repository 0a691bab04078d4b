import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BidiConnection } from './BidiConnection.ts';
import { FirefoxTab } from './FirefoxTab.ts';

/** A start that takes longer than this many milliseconds has failed. */
const startLimit = 30_000;

/** The time to close by itself, in milliseconds, before it is ended. */
const closeLimit = 5_000;

/** Scripts may fill the clipboard without a press of the user, for the tests to paste from it; nothing is fetched from Mozilla. */
const preferences = {
  'dom.events.testing.asyncClipboard': true,
  'app.update.enabled': false,
  'browser.safebrowsing.downloads.enabled': false,
  'browser.shell.checkDefaultBrowser': false,
  'datareporting.policy.dataSubmissionEnabled': false,
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
  'services.settings.server': 'data:,',
  'toolkit.telemetry.enabled': false,
};

/** A Firefox without a window and with a profile of its own, which goes with it. */
export class Firefox {
  readonly version: string;
  readonly #process: ChildProcess;
  readonly #profile: string;
  readonly #connection: BidiConnection;
  readonly #tabs: FirefoxTab[] = [];

  private constructor(process: ChildProcess, profile: string, connection: BidiConnection, version: string) {
    this.#process = process;
    this.#profile = profile;
    this.#connection = connection;
    this.version = version;
  }

  static async launch(executablePath: string): Promise<Firefox> {
    const profile = await mkdtemp(join(tmpdir(), 'cahier-firefox-'));
    const lines = Object.entries(preferences).map(
      ([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`,
    );
    await writeFile(join(profile, 'user.js'), lines.join(''));
    const process = spawn(
      executablePath,
      ['--headless', '--no-remote', '--remote-debugging-port', '0', '--profile', profile],
      { stdio: ['ignore', 'ignore', 'pipe'] },
    );
    try {
      const connection = await BidiConnection.open(`${await readAddress(process)}/session`);
      const session = await connection.send<{ capabilities: { browserVersion: string } }>('session.new', {
        capabilities: {},
      });
      await connection.send('session.subscribe', { events: ['log.entryAdded'] });
      return new Firefox(process, profile, connection, session.capabilities.browserVersion);
    } catch (error) {
      process.kill('SIGKILL');
      await rm(profile, { recursive: true, force: true });
      throw error;
    }
  }

  /** Opens a tab in front of the others. */
  async openTab(): Promise<FirefoxTab> {
    const { context } = await this.#connection.send<{ context: string }>('browsingContext.create', {
      type: 'tab',
    });
    const viewport = { width: 1280, height: 800 };
    await this.#connection.send('browsingContext.setViewport', { context, viewport });
    const tab = new FirefoxTab(this.#connection, context);
    this.#tabs.push(tab);
    return tab;
  }

  /** Closes all tabs that were opened; gives the errors that no script of any of their pages caught. */
  async closeTabs(): Promise<string[]> {
    const tabs = this.#tabs.splice(0);
    for (const tab of tabs) await tab.close();
    return tabs.flatMap(({ problems }) => problems);
  }

  async close(): Promise<void> {
    const ended = new Promise((resolve) => this.#process.once('exit', resolve));
    const timer = setTimeout(() => this.#process.kill('SIGKILL'), closeLimit);
    this.#connection.send('browser.close').catch(() => undefined);
    await ended;
    clearTimeout(timer);
    this.#connection.close();
    await rm(this.#profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Where the browser says that it listens. Throws when it does not say so in time. */
function readAddress(process: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    const timer = setTimeout(() => {
      reject(new Error(`Firefox did not start within ${startLimit / 1000} s. It said: ${said}`));
    }, startLimit);
    const settle = (act: () => void): void => {
      clearTimeout(timer);
      act();
    };
    process.stderr?.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      const address = /WebDriver BiDi listening on (ws:\/\/\S+)/.exec(said)?.[1];
      if (address !== undefined) {
        settle(() => {
          resolve(address);
        });
      }
    });
    process.once('error', (error) => {
      settle(() => {
        reject(error);
      });
    });
    process.once('exit', (code) => {
      settle(() => {
        reject(new Error(`Firefox ended with ${code ?? 'a signal'}. It said: ${said}`));
      });
    });
  });
}
