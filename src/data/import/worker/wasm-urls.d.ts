/** The address of a program, as the build gives it. */
declare module '*.wasm?url' {
  const url: string;
  export default url;
}
