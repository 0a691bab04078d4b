/** The text of a library that runs in a frame; see scripts/site/frame-libraries-plugin.mjs. */
declare module 'virtual:frame-library/*' {
  const text: string;
  export default text;
}
