/** What keys do at one place of the notebook. */
export interface KeyPlace {
  readonly place: string;
  readonly keys: readonly { readonly presses: readonly string[]; readonly effect: string }[];
}

/** The keys of the notebook, as they are called on the reader's keyboard. */
export function listKeys(isMac: boolean): readonly KeyPlace[] {
  const control = isMac ? '⌘' : 'Ctrl';
  return [
    {
      place: 'On a selected cell',
      keys: [
        { presses: ['↑', 'k'], effect: 'To the cell above' },
        { presses: ['↓', 'j'], effect: 'To the cell below' },
        { presses: ['Enter'], effect: 'Into the cell' },
        { presses: [`${control}+Enter`], effect: 'Run' },
        { presses: ['Shift+Enter'], effect: 'Run and go to the next cell' },
        { presses: ['a'], effect: 'Add a cell above' },
        { presses: ['b'], effect: 'Add a cell below' },
        { presses: ['d d'], effect: 'Delete the cell' },
        { presses: ['z', `${control}+Z`], effect: 'Undo the last change of the notebook' },
        { presses: ['?'], effect: 'Show these keys' },
      ],
    },
    {
      place: 'In an editor',
      keys: [
        { presses: [`${control}+Enter`], effect: 'Run' },
        { presses: ['Shift+Enter'], effect: 'Run and go to the next cell' },
        { presses: ['Escape'], effect: 'Back to the cell' },
        { presses: [`${control}+Z`], effect: 'Undo what was typed' },
      ],
    },
    {
      place: 'In a table',
      keys: [
        { presses: ['↑', '↓', '←', '→'], effect: 'To another value' },
        { presses: ['Enter'], effect: 'Show the value and its row whole' },
        { presses: [`${control}+C`], effect: 'Copy what is selected' },
      ],
    },
  ];
}
