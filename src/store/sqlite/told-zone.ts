/** SQL: the zone in which times of recipient `r` are told: the row's, else that of the number, where it is one. */
export const toldZone = `coalesce(r.zone, CASE WHEN r.place NOT LIKE '(%' AND r.place NOT LIKE '% %' THEN nullif(r.place, '') END)`;
