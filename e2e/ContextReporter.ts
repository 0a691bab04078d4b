import { readFileSync } from 'node:fs';
import type { Reporter, TestCase, TestResult } from '@playwright/test/reporter';

/** Prints what the page showed when a story failed: of a run elsewhere nothing else is left to look into. */
export default class ContextReporter implements Reporter {
  onTestEnd(test: TestCase, { status, attachments }: TestResult): void {
    if (status === test.expectedStatus) return;
    for (const { name, path } of attachments)
      if (name === 'error-context' && path) process.stdout.write(`${readFileSync(path, 'utf8')}\n`);
  }
}
