/** Stands before the packed notebook in a link, with a point behind it. */
export const linkVersion = 1;

/** A notebook has at most so many bytes of JSON before it is packed: a link of a few characters could hold much more. */
export const mostLinkBytes = 1_000_000;

/** A few thousand empty cells are a short link, and take the page long to compare. */
export const mostLinkCells = 1_000;

/** Files of a notebook go along up to so many bytes in all. */
export const mostFileBytes = 64_000;

/** Ids of notebooks that go along: those that may stand in a workspace file are like this. */
export const linkedId = /^[\w -]{1,100}$/;
