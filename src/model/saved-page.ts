/** By what a page that shows a notebook is known for one of Cahier's, near its beginning. */
export const pageMark = '<meta name="generator" content="Cahier ';

/** Before the name of the workspace file that such a page carries; the file stands behind that in base64, up to the next tag. */
export const carriedFileMark = '<script type="application/octet-stream" id="file" data-name="';

/** Before the address by which such a page opens its notebook in the app. */
export const pageLinkMark = '<a class="main" href="';
