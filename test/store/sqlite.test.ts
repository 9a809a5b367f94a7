/** What every store does, whatever it is made of: SQLite today. */
import { describeAdmission } from './describe-admission.ts';
import { describeBindings } from './describe-bindings.ts';
import { describeEnrolment } from './describe-enrolment.ts';
import { describeFrozen } from './describe-frozen.ts';
import { describeImports } from './describe-imports.ts';
import { describeLeases } from './describe-leases.ts';
import { describeMatching } from './describe-matching.ts';
import { describeOptOuts } from './describe-opt-outs.ts';
import { describeReading } from './describe-reading.ts';
import { describeRecording } from './describe-recording.ts';
import { describeStops } from './describe-stops.ts';
import { describeWaves } from './describe-waves.ts';
import { openTemporary } from './sqlite-store.ts';

describeLeases('the leases of the SQLite store', openTemporary);
describeBindings('the bindings of the SQLite store', openTemporary);
describeWaves('the waves of the SQLite store', openTemporary);
describeEnrolment('enrolment in the SQLite store', openTemporary);
describeMatching('matching of lists in the SQLite store', openTemporary);
describeAdmission('admission of the SQLite store', openTemporary);
describeRecording('the record of attempts in the SQLite store', openTemporary);
describeImports('imports into the SQLite store', openTemporary);
describeReading('reading of the SQLite store', openTemporary);
describeOptOuts('the opt-outs of the SQLite store', openTemporary);
describeStops('what a person stops in the SQLite store', openTemporary);
describeFrozen('the frozen inputs of the SQLite store', openTemporary);
