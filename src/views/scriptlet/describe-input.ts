import { getHandleKind, type InputHandle } from '../../model/handles.ts';
import { getGivenValue } from './given-value.ts';

/** Longer values are cut: the whole one stands in the configuration. */
const longestValue = 24;

/** What an input that is not connected takes. */
export function describeInput(input: InputHandle): string {
  const given = getGivenValue(input);
  switch (given.state) {
    case 'own':
    case 'default':
      return getHandleKind(input) === 'secret' ? hidden : `= ${shorten(given.json)}`;
    case 'secret':
      return hidden;
    case 'dataset':
      return `= ${given.dataset.title}`;
    case 'none':
      return 'none';
    case 'missing':
      return 'missing';
  }
}

const hidden = '= ••••';

function shorten(text: string): string {
  return text.length > longestValue ? `${text.slice(0, longestValue)}…` : text;
}
