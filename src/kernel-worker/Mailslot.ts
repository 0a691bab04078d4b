import { answeredPaths, parseMail, type Mail } from '../protocol/service-worker.ts';

/** As the browser made it: a script could put something else in its place. */
const Request = XMLHttpRequest;

/** Fetches the mail of this kernel from the service worker, blocking Python and the whole worker. */
export interface Mailslot {
  /** Waits for mail up to `waitMs` milliseconds; null where no service worker answers. */
  readonly fetch: (waitMs: number) => Mail | null;
  /** Whether the last time somebody answered; true at first. */
  readonly isAnswered: boolean;
}

export function openMailslot(siteUrl: string, kernelId: string): Mailslot {
  const url = `${siteUrl}${answeredPaths.mail}${kernelId}`;
  let isAnswered = true;
  return {
    fetch(waitMs) {
      const mail = requestMail(`${url}?wait=${Math.ceil(waitMs)}`);
      isAnswered = mail !== null;
      return mail;
    },
    get isAnswered() {
      return isAnswered;
    },
  };
}

function requestMail(url: string): Mail | null {
  try {
    const request = new Request();
    request.open('GET', url, false);
    request.send();
    if (request.status !== 200) return null;
    const parsed = parseMail(JSON.parse(request.responseText));
    return parsed.isOk ? parsed.value : null;
  } catch {
    // The service worker is replaced or cannot be reached, or the site answers with a page of its own.
    return null;
  }
}
