/** A file's text, put into the bundle. */
declare module '*?raw' {
  const text: string
  export default text
}

interface ImportMeta {
  /** The same for every file that a pattern names, by its path. */
  glob(pattern: string, options: { query: '?raw'; import: 'default'; eager: true }): Record<string, string>
}
