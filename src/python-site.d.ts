declare module 'virtual:python-site' {
  /** What the built site holds for Python; paths are relative to the site's base. */
  export const pythonSite: {
    readonly pyodidePath: string;
    readonly sdkPath: string;
    readonly sdkSizeBytes: number;
    readonly packagesPath: string;
    readonly wheelCdnUrl: string;
    readonly servedFiles: Readonly<Record<string, number>>;
  };
}
