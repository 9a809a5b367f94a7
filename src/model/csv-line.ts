/**
 * One line of CSV (RFC 4180). Cells that a spreadsheet would run as a formula get an apostrophe in front; a plus or minus
 * before nothing but digits stays, since those are phone numbers and amounts.
 */
export function csvLine(cells: readonly string[]): string {
  return `${cells.map((cell) => quoted(withoutFormula(cell))).join(',')}\r\n`;
}

/** What Excel, LibreOffice and Sheets take for a formula: https://owasp.org/www-community/attacks/CSV_Injection */
function withoutFormula(cell: string): string {
  return /^[=@\t\r]|^[+-](?![\d\s().-]*$)/.test(cell) ? `'${cell}` : cell;
}

function quoted(cell: string): string {
  return /[",\r\n]/.test(cell) || cell.trim() !== cell ? `"${cell.replaceAll('"', '""')}"` : cell;
}
