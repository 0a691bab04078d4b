import { outHeaders, type Refusal } from '../protocol/service-worker.ts';

const statuses = { policy: 403, network: 502 } as const;

/** The answer where no other host was reached. */
export function refuse(error: Refusal['error'], reason: string): Response {
  const refusal: Refusal = { error, reason };
  return Response.json(refusal, {
    status: statuses[error],
    headers: { [outHeaders.refused]: error, 'cache-control': 'no-store' },
  });
}
