import Disclosures from '../studio/disclosures/disclosures';

/** Who was shown what at the whole lab. */
export default function Receipts({ lab }: { lab: string }) {
  return <Disclosures lab={lab} />;
}
