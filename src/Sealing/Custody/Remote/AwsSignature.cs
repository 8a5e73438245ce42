using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Cofferdam.Sealing.Remote;

/// <param name="SessionToken">Null where the credentials are not temporary.</param>
internal sealed record AwsCredentials(string AccessKey, string SecretKey, string? SessionToken);

/// <summary>AWS Signature Version 4 of a request ("Create a signed AWS API request" in the IAM user guide).</summary>
/// <param name="Region">As in the address: <c>eu-central-1</c>.</param>
/// <param name="Service">As in the credential scope: <c>kms</c>.</param>
internal sealed record AwsSignature(AwsCredentials Credentials, string Region, string Service)
{
    private const string Algorithm = "AWS4-HMAC-SHA256";

    /// <summary>How the time is written in <c>X-Amz-Date</c>.</summary>
    public static string Date(DateTimeOffset time) => time.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);

    /// <summary>The header <c>Authorization</c>.</summary>
    /// <param name="path">Encoded, from the first slash on.</param>
    /// <param name="query">Encoded and sorted by name, without the question mark.</param>
    /// <param name="headers">To be signed: names in lower case, <c>host</c> and <c>x-amz-date</c> among them.</param>
    public string Authorization(DateTimeOffset time, string method, string path, string query, IReadOnlyDictionary<string, string> headers, ReadOnlySpan<byte> body)
    {
        var date = Date(time);
        var sorted = headers.OrderBy(header => header.Key, StringComparer.Ordinal).ToList();
        var signed = string.Join(';', sorted.Select(header => header.Key));
        var canonicalHeaders = string.Concat(sorted.Select(header => $"{header.Key}:{header.Value.Trim()}\n"));
        var canonical = $"{method}\n{path}\n{query}\n{canonicalHeaders}\n{signed}\n{Convert.ToHexStringLower(SHA256.HashData(body))}";

        var scope = $"{date[..8]}/{Region}/{Service}/aws4_request";
        var toSign = $"{Algorithm}\n{date}\n{scope}\n{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)))}";

        var key = Encoding.UTF8.GetBytes("AWS4" + Credentials.SecretKey);
        foreach (var step in (string[])[date[..8], Region, Service, "aws4_request", toSign])
            key = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(step));
        return $"{Algorithm} Credential={Credentials.AccessKey}/{scope}, SignedHeaders={signed}, Signature={Convert.ToHexStringLower(key)}";
    }
}
