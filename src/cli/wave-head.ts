import { printAddress, type Campaign } from '../model/campaign.ts';

/** Which wave of which campaign a report is about. */
export function waveHead({ address, file, wave }: Pick<Campaign, 'address' | 'file' | 'wave'>): {
  readonly address: string;
  readonly file: string;
  readonly wave: string;
} {
  return { address: printAddress(address), file, wave };
}
