import { groupBy } from '../../shared/group-by.ts';
import type { LockedPackage } from './LockedPackages.ts';

/** Why packages could not be loaded, by their keys: sentences. */
export class PackageFailures {
  readonly #reasons = new Map<string, string>();

  get(key: string): string | undefined {
    return this.#reasons.get(key);
  }

  note(key: string, reason: string): void {
    this.#reasons.set(key, reason);
  }

  /**
   * A sentence for each place that some of the packages did not come from, which is why they are not there from now on;
   * `served` holds the keys of those that this site has.
   */
  tell(lost: readonly LockedPackage[], served: ReadonlySet<string>): string[] {
    const reasonOf = ({ key }: LockedPackage): string =>
      served.has(key)
        ? 'This site did not give them. Reload the page, or check that the site was deployed whole.'
        : (this.#reasons.get(key) ?? 'The console of the browser says more.');
    return [...groupBy(lost, reasonOf)].map(([reason, packages]) => {
      const names = packages.map(({ name, version }) => `${name} ${version}`).join(', ');
      const sentence = `Could not be loaded: ${names}. ${reason}`;
      for (const { key } of packages) this.#reasons.set(key, sentence);
      return sentence;
    });
  }
}
