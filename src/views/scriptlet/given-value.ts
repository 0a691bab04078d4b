import type { ChosenDataset, InputHandle } from '../../model/handles.ts';

/** What an input that is not connected takes when its cell is run. */
export type GivenValue =
  /** Nothing, and it has to have something. */
  | { readonly state: 'missing' }
  /** None, by choice or because nothing was given. */
  | { readonly state: 'none' }
  | { readonly state: 'default'; readonly json: string }
  | { readonly state: 'own'; readonly json: string }
  | { readonly state: 'secret' }
  | { readonly state: 'dataset'; readonly dataset: ChosenDataset };

export function getGivenValue({ value, defaultValue, isNullable }: InputHandle): GivenValue {
  switch (value?.kind) {
    case 'secret':
      return { state: 'secret' };
    case 'dataset':
      return { state: 'dataset', dataset: value };
    case 'json':
      return isNullable && value.text === 'null' ? { state: 'none' } : { state: 'own', json: value.text };
    case undefined:
      if (defaultValue === null) return { state: isNullable ? 'none' : 'missing' };
      return isNullable && defaultValue === 'null'
        ? { state: 'none' }
        : { state: 'default', json: defaultValue };
  }
}
