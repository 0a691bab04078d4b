import { toMessage } from '../../shared/to-message.ts';
import { checkColumns } from './check-columns.ts';
import { checkTree } from './check-tree.ts';
import { complete } from './complete.ts';
import { describePlace } from './describe-place.ts';
import { parseJsonTree } from './json-tree.ts';
import {
  parseQuestion,
  type SpecificationAnswer,
  type SpecificationQuestion,
} from './specification-messages.ts';
import { loadVegaLiteSchema } from './vega-lite-schema.ts';

// The schema is some megabytes, and a specification may be as long: neither is read on the page.
const loading = loadVegaLiteSchema();

async function answer(question: SpecificationQuestion): Promise<SpecificationAnswer> {
  const { requestId, text } = question;
  const book = await loading;
  switch (question.type) {
    case 'check': {
      const node = parseJsonTree(text);
      const problems = node ? [...checkTree(node, book), ...checkColumns(text, node, question.columns)] : [];
      return { type: 'checked', requestId, problems };
    }
    case 'complete':
      return {
        type: 'completed',
        requestId,
        completion: complete(text, question.offset, book, question.columns),
      };
    case 'describe':
      return { type: 'described', requestId, note: describePlace(text, question.offset, book) };
  }
}

addEventListener('message', ({ data }: MessageEvent<unknown>) => {
  const question = parseQuestion(data);
  if (!question.isOk) throw new Error(`The question cannot be read: ${question.problem}`);
  const { requestId } = question.value;
  answer(question.value).then(
    (answered) => {
      postMessage(answered);
    },
    (error: unknown) => {
      postMessage({ type: 'refused', requestId, reason: toMessage(error) } satisfies SpecificationAnswer);
    },
  );
});
