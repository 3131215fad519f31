/** A set of OpenTelemetry versions that fit together, by the line of its SDK; the versions are in src/cohort. */
export type CohortId = 'sdk-1' | 'sdk-2' | 'sdk-3';
