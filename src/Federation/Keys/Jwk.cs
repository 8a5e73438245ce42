using System.Text.Json.Serialization;

namespace Cofferdam.Federation.Keys;

/// <summary>A public key as a JSON Web Key (RFC 7517): P-256 (RFC 7518 §6.2.1) or Ed25519 (RFC 8037 §2). Other members are refused.</summary>
/// <param name="Kty"><c>EC</c> or <c>OKP</c>.</param>
/// <param name="Crv"><c>P-256</c> or <c>Ed25519</c>.</param>
/// <param name="X">32 bytes, base64url.</param>
/// <param name="Y">32 bytes, base64url; P-256 alone has it.</param>
public sealed record Jwk(string Kty, string Crv, string X, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Y = null);
