using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Cofferdam.ApiClient;

/// <summary>Why the node did not do what was asked: an RFC 9457 problem.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Code">Stable name of the problem, such as <c>suspended</c>; empty where the answer had none.</param>
/// <param name="Detail">A sentence that a person can act on.</param>
public sealed record Problem(int Status, string Code = "", string? Title = null, string? Detail = null)
{
    /// <summary>What else the problem says, such as the <c>reason</c> of a suspension.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? More { get; set; }

    /// <summary>How long to wait before asking again, where the node said so.</summary>
    [JsonIgnore]
    public TimeSpan? RetryAfter { get; init; }

    public override string ToString() => Detail ?? Title ?? $"HTTP {Status}";
}

/// <summary>What came back: the value, or the problem.</summary>
/// <param name="Value">Null where there is a problem, or where the node said "nothing there" (204).</param>
/// <param name="ETag">As sent, quotes included; for <c>If-Match</c>.</param>
public readonly record struct Reply<T>(T? Value, Problem? Problem = null, string? ETag = null)
{
    [MemberNotNullWhen(false, nameof(Problem))]
    public bool Done => Problem is null;

    /// <exception cref="ProblemException">The node answered with a problem.</exception>
    public T OrThrow() => Done ? Value! : throw new ProblemException(Problem);
}

/// <summary>A problem where the caller had no use for anything but success.</summary>
public sealed class ProblemException(Problem problem) : Exception(problem.ToString())
{
    public Problem Problem { get; } = problem;
}

/// <summary>An answer without content.</summary>
public sealed record Nothing
{
    internal static Nothing Value { get; } = new();
}
