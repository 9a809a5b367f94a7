/// <reference types="handlebars" />
/** Handlebars' parser by its own file: the whole package brings a compiler and source maps, which nothing here uses. */
declare module 'handlebars/dist/cjs/handlebars/compiler/base.js' {
  export function parse(input: string): hbs.AST.Program;
}
