/** Where something stands in a file. Lines and columns count from 1; columns count UTF-16 units. */
export type Place = {
  /** The path as it is shown to people: relative to the working directory where possible. */
  readonly file: string;
  readonly line: number;
  readonly col: number;
  readonly endLine?: number;
  /** The column behind the last character. */
  readonly endCol?: number;
};
