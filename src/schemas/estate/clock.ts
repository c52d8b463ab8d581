/**
 * Header of the gateway's answers: the time at Frappe Cloud, ISO. What its datetimes are relative
 * to; a simulator's clock runs faster than ours.
 */
export const PRESS_TIME_HEADER = 'x-frappe-cloud-time';
