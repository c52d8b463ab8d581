/** The one currency of this world. */
export const CURRENCY = 'INR';

/** "₹ 1,935.00" */
export const rupees = (amount: number): string =>
  `₹ ${amount.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`;

export const byTwo = (amount: number): string => amount.toFixed(2);
