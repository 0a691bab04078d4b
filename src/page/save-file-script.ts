/** The one script of a page, which saves the file that the page carries. */
export const saveFileScript = `'use strict';
document.getElementById('save').addEventListener('click', () => {
  const file = document.getElementById('file');
  const bytes = Uint8Array.from(atob(file.textContent), (letter) => letter.charCodeAt(0));
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([bytes], { type: 'application/zip' }));
  link.download = file.dataset.name;
  link.click();
});
`;

/** By which the policy of the page lets it run, and no other; a test compares. */
export const saveFileScriptHash = 'sha256-zjSaZpcUmCrmcwXEjPF4IDb0YTEZuSmzGCPiUiNx7jI=';
