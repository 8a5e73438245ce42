import { createContext, useContext } from 'react';
import type { Session } from '../api/types';

export type AtVendor = NonNullable<Session['vendor']>;
export type VendorRole = AtVendor['role'];

export const VendorContext = createContext<AtVendor | null>(null);

/** What the signed-in person is at the vendor. Only under {@link VendorShell}. */
export function useVendor(): AtVendor {
  const vendor = useContext(VendorContext);
  if (!vendor) throw new Error('This screen belongs under the vendor.');
  return vendor;
}

export const vendorRoleNames: Record<VendorRole, string> = {
  expert: 'Expert',
  manager: 'Manager',
  payroll: 'Payroll',
  owner: 'Owner',
};

/** Finds, vets and places experts. */
export const isManager = ({ role }: AtVendor) => role === 'manager' || role === 'owner';

/** Second person of payouts, and keeper of corrections. */
export const isPayroll = ({ role }: AtVendor) => role === 'payroll' || role === 'owner';

/** Where a person begins. */
export const placeAtVendor = ({ role }: AtVendor) =>
  role === 'expert' ? '/me/work' : role === 'payroll' ? '/desk/pay' : '/desk/people';
