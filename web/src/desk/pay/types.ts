export interface Payout {
  id: string;
  messageId: string;
  currency: string;
  state: 'proposed' | 'approved' | 'withdrawn';
  executeOn: string;
  transfers: number;
  total: number;
  digest: string;
  proposedBy: string;
  proposedAt: string;
  approvedBy: string | null;
  approvedAt: string | null;
}

export interface PayoutContent {
  payout: Payout;
  lines: { statement: string; expert: string; amount: number }[];
  files: { format: 'csv' | 'pain001'; by: string; at: string; sha256: string }[];
}

export interface Floor {
  place: string;
  currency: string;
  from: string;
  hour: number;
  topUp: boolean;
}
