/** Findings about campaign files: their YAML, keys, values, templates, substitutions. */
export type CampaignCodes = {
  FILE_MISSING: { readonly path: string };
};
