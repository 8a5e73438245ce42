namespace Cofferdam.Sealing.Remote;

/// <summary>Credentials of AWS, from a file as its tools write it, or from the environment.</summary>
internal static class AwsCredentialsFile
{
    /// <param name="path">Null takes <c>AWS_ACCESS_KEY_ID</c>, <c>AWS_SECRET_ACCESS_KEY</c> and <c>AWS_SESSION_TOKEN</c>.</param>
    /// <param name="profile">Section of the file.</param>
    /// <exception cref="KeyCustodyException">There are none.</exception>
    public static AwsCredentials Read(string? path, string profile)
    {
        if (path is null)
        {
            return Of(Environment.GetEnvironmentVariable, "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN")
                ?? throw new KeyCustodyException("There are no AWS credentials: name a file with credentials-file=PATH, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.");
        }

        var values = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var here = false;
        foreach (var line in SecretFile.Text(path).Split('\n', StringSplitOptions.TrimEntries))
        {
            if (line.StartsWith('['))
                here = string.Equals(line, $"[{profile}]", StringComparison.Ordinal);
            else if (here && line.Split('=', 2, StringSplitOptions.TrimEntries) is [var name, var value])
                values[name] = value;
        }

        return Of(values.GetValueOrDefault, "aws_access_key_id", "aws_secret_access_key", "aws_session_token")
            ?? throw new KeyCustodyException($"The file {path} has no aws_access_key_id and aws_secret_access_key under [{profile}].");
    }

    private static AwsCredentials? Of(Func<string, string?> value, string accessKey, string secretKey, string sessionToken) =>
        value(accessKey) is { Length: > 0 } access && value(secretKey) is { Length: > 0 } secret
            ? new AwsCredentials(access, secret, value(sessionToken) is { Length: > 0 } token ? token : null)
            : null;
}
