export const bundle: (root: string, entryPoints: Record<string, string>, outdir: string) => Promise<void>;
export const keepCompiled: (script: string, dir: string) => Promise<void>;
