/** undici's agent by its own file: the whole package takes twice as long to load. Types are those of the package. */
declare module 'undici/lib/dispatcher/agent.js' {
  export { Agent as default } from 'undici';
}
