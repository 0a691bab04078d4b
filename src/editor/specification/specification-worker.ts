import { toMessage } from '../../shared/to-message.ts';
import { checkSpecification } from './check-specification.ts';
import { complete } from './complete.ts';
import { describePlace } from './describe-place.ts';
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
    case 'check':
      return { type: 'checked', requestId, problems: checkSpecification(text, question.columns, book) };
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
