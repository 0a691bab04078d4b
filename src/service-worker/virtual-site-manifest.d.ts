declare module 'virtual:site-manifest' {
  /** The build that this service worker belongs to. */
  export const manifest: {
    readonly buildId: string;
    readonly files: readonly { readonly path: string; readonly size: number; readonly hash: string }[];
    readonly openingPaths: readonly string[];
  };
}
