import type { UnwrapProblem } from '../storage/workspace-file/unwrap-file.ts';

/** Why a page is not taken for a workspace file, and what to do; no remedy where there is none but that of any wrong file. */
export interface PageRefusal {
  readonly problem: string;
  readonly remedy: string | null;
}

/** @param host which sent it; null for a file that was handed over */
export function describePage({ type }: UnwrapProblem, host: string | null): PageRefusal {
  switch (type) {
    case 'web-page':
      return {
        problem: host
          ? `${host} sent a web page in place of a file. The address may be that of a page about the file, or one has to sign in first.`
          : 'It is a web page, and no workspace. It may have been saved in place of the file.',
        remedy: null,
      };
    case 'page-with-link':
      return {
        problem: 'It is a page that shows a notebook, and the file of the notebook is not in it.',
        remedy:
          'Open the page in a browser and press “Open in Cahier” in it: that brings the notebook here, without its results.',
      };
    case 'page-alone':
      return {
        problem: 'It is a page that shows a notebook, and neither its file nor a link to it is in it.',
        remedy:
          'Ask whoever made the page for the file of the notebook, or for a page that was saved with the file in it.',
      };
    case 'page-damaged':
      return {
        problem: 'It is a page that shows a notebook, and the file that was in it is damaged or cut off.',
        remedy: 'Get the page once more from where it came, or ask whoever made it for the file itself.',
      };
  }
}
