import { Link } from 'react-router';

export function Brand() {
  return (
    <Link to="/" className="brand">
      <svg width="18" height="18" viewBox="0 0 32 32" aria-hidden="true">
        <rect width="32" height="32" rx="6" fill="#0b4f71" />
        <path d="M6 10h4v12H6zm8 0h4v12h-4zm8 0h4v12h-4z" fill="#fff" />
        <path d="M4 24h24v2H4z" fill="#9fd0e6" />
      </svg>
      <span className="brand-name">Cofferdam</span>
    </Link>
  );
}
