import { noModels } from '../../model/model-configuration.ts';
import type { Example } from '../Example.ts';
import about from './about.md?raw';
import predictFirst from './predict-first.py?raw';
import predict from './predict.py?raw';
import train from './train.py?raw';

const name = 'Exam results';

export const example: Example = {
  title: 'Train, save and reuse a model',
  schemas: [],
  datasets: [],
  cells: [
    { kind: 'note', title: 'About', source: about },
    {
      kind: 'data-generator',
      title: 'Train',
      source: train,
      configuration: { models: { ...noModels, save: [{ mode: 'create-or-add', name }] } },
    },
    {
      kind: 'data-generator',
      title: 'Predict',
      source: predict,
      configuration: { models: { ...noModels, load: [{ name, version: null }] } },
    },
    {
      kind: 'data-generator',
      title: 'Predict with version 1',
      source: predictFirst,
      configuration: { models: { ...noModels, load: [{ name, version: 1 }] } },
    },
  ],
  connections: [],
};
