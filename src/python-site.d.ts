declare module 'virtual:python-site' {
  /** What the built site holds for Python; paths are relative to the site's base, and change with the content. */
  export const pythonSite: {
    readonly pyodidePath: string;
    readonly packagesPath: string;
    readonly wheelCdnUrl: string;
    readonly servedFiles: Readonly<Record<string, number>>;
    readonly stdlib: SitePackage;
    readonly sdk: SitePackage;
    readonly archives: readonly SiteArchive[];
    readonly pythonBuildId: string;
  };

  interface SiteFile {
    readonly path: string;
    readonly sizeBytes: number;
    readonly unpackedBytes: number;
    readonly sha256: string;
  }

  interface SitePackage {
    readonly archive: SiteFile;
    readonly sources: SiteFile;
  }

  interface SiteArchive extends SitePackage {
    readonly name: string;
    readonly version: string;
    readonly depends: readonly string[];
    readonly imports: readonly string[];
  }
}
